import { SystemClock } from '../../../src/clock/system-clock.ts';
import type { FlagValue } from '../../../src/fleet/fleet-flags.ts';
import { readFleet } from '../../../src/fleet/read-fleet.ts';
import { runFleet } from '../../../src/fleet/run-fleet.ts';
import type { FleetFigures } from '../../../src/report/fleet/figures.ts';
import { sayProblem } from '../../../src/scenario/scenario-problem.ts';
import type { RunningPeer } from '../peer.ts';
import { MAC_BASE } from './boot-tree.ts';
import { type RequestCounts, RequestFold } from './request-fold.ts';

/** What a storm of boots came to. */
export interface Storm {
  readonly requests: RequestCounts;
  readonly figures: FleetFigures;
  /** Of the process that ran the phones. */
  readonly cpuMs: number;
  readonly tookMs: number;
}

/**
 * Boots so many phones at once, each from an address of its own, and waits for the last. `user`: with the
 * password, as in a URL.
 */
export async function bootAllAtOnce(
  { protocol, host, port }: RunningPeer,
  phones: number,
  user?: string,
): Promise<Storm> {
  const flags: FlagValue[] = [
    { flag: '--count', path: ['fleet', 'count'], value: phones },
    { flag: '--mac-base', path: ['fleet', 'macBase'], value: MAC_BASE },
    { flag: '--source-ips', path: ['fleet', 'sources'], value: '127.1.0.0/16' },
    { flag: '--protocols', path: ['fleet', 'protocols'], value: [protocol] },
    { flag: '--timings', path: ['timings'], value: 'none' },
  ];
  const reading = readFleet(
    { kind: 'server', url: `${protocol}://${user === undefined ? '' : `${user}@`}${host}:${port}/` },
    flags,
  );
  if ('problems' in reading) throw new Error(reading.problems.map(sayProblem).join('\n'));
  const fold = new RequestFold();
  const { figures, health } = await runFleet({
    plan: reading.plan,
    shard: { index: 0, of: 1 },
    workers: 1,
    trace: Array.from({ length: phones }, (_, index) => index),
    clock: new SystemClock(),
    onProgress: () => {},
    onFact: (entry) => fold.take(entry),
  }).done;
  return { requests: fold.counts(), figures, cpuMs: health.cpuMs, tookMs: health.tookMs };
}
