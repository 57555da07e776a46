import { formatDuration } from '../clock/durations.ts';
import type { ShareProgress } from '../fleet/share-run.ts';
import type { Io } from './io.ts';

/** Says how far a fleet is, every so often: a plain line on stderr. */
export function fleetView(io: Io, everyMs: number): (progress: ShareProgress) => void {
  let nextMs = io.clock.now() + everyMs;
  return (progress) => {
    if (io.clock.now() < nextMs) return;
    nextMs = io.clock.now() + everyMs;
    io.err(`${sayProgress(progress)}\n`);
  };
}

function sayProgress({ phones, begun, left, requests, failures, atMs }: ShareProgress): string {
  const under = begun - left;
  const failed = failures === 0 ? '' : `, ${failures} failed`;
  return `${formatDuration(atMs)}: ${left} of ${phones} phones done, ${Math.max(0, under)} under way, ${requests} requests${failed}`;
}
