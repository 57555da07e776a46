import type { ShareProgress } from '../fleet/share-run.ts';
import { type LiveMoment, liveLines } from '../report/fleet/live-line.ts';
import type { Io } from './io.ts';

/** Says how far a fleet is, every so often: a plain line on stderr. */
export function fleetView(io: Io, everyMs: number): (progress: ShareProgress) => void {
  let nextMs = io.clock.now() + everyMs;
  let before: LiveMoment | undefined;
  return ({ atMs, glance, phones }) => {
    if (io.clock.now() < nextMs) return;
    nextMs = io.clock.now() + everyMs;
    const now = { atMs, glance };
    io.err(`${liveLines({ now, phones, ...(before && { before }) }).join('; ')}\n`);
    before = now;
  };
}
