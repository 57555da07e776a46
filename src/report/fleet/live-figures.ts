import type { Protocol } from '../../provisioning/words.ts';
import type { Cause } from './cause.ts';
import type { Distribution } from './distribution.ts';
import type { JobKind } from './figures.ts';
import type { FileKind } from './file-kind.ts';
import type { FileSums } from './file-sums.ts';
import type { JobSums } from './job-sums.ts';

/**
 * The figures of a worker's phones while they run, row by row, for whoever watches: plain data that adds up.
 * As in the result, `jobs` and `files` have nothing that was due or asked for before the measuring began.
 */
export interface LiveFigures {
  /** Files on their way. */
  readonly sessions: readonly (readonly [Protocol, number])[];
  readonly jobs: readonly LiveJobs[];
  readonly files: readonly LiveFiles[];
}

/** Boots, or checks of one kind, of phones of one protocol. */
export interface LiveJobs {
  readonly protocol: Protocol;
  readonly kind: JobKind;
  readonly due: number;
  readonly done: number;
  readonly failed: number;
  /** Of those that were done: from when it was due to its end. */
  readonly latency: LiveTimes;
}

/** Files of one kind over one protocol. */
export interface LiveFiles {
  readonly protocol: Protocol;
  readonly kind: FileKind;
  readonly asked: number;
  readonly repeatedRequests: number;
  readonly challenged: number;
  readonly received: number;
  readonly left: number;
  readonly failed: number;
  readonly bytes: number;
  readonly causes: readonly (readonly [Cause, number])[];
  /** From the request to the last byte. */
  readonly service: LiveTimes;
}

/** How long something took, in buckets. */
export interface LiveTimes {
  readonly count: number;
  readonly sumUs: number;
  /** How many took no longer than each of `boundsUs`. */
  readonly upTo: readonly number[];
}

const SHORTEST_US = 1_000;
const DECADES = 7;
const STEPS = [1, 1.5, 2, 3, 5, 7];

/** From 1 ms to some two hours, in microseconds. */
export const boundsUs: readonly number[] = Array.from({ length: DECADES }, (_, decade) =>
  STEPS.map((step) => step * SHORTEST_US * 10 ** decade),
).flat();

export function liveJobs(protocol: Protocol, kind: JobKind, jobs: JobSums): LiveJobs {
  const { due, done, failed, latency } = jobs;
  return { protocol, kind, due, done, failed, latency: timesOf(latency) };
}

export function liveFiles(protocol: Protocol, kind: FileKind, files: FileSums): LiveFiles {
  const { asked, repeatedRequests, challenged, received, left, failed, bytes, causes, service } = files;
  const sent = { asked, repeatedRequests, challenged };
  const ended = { received, left, failed, bytes, causes: [...causes] };
  return { protocol, kind, ...sent, ...ended, service: timesOf(service) };
}

function timesOf(distribution: Distribution): LiveTimes {
  const { count, sumUs } = distribution;
  return { count, sumUs, upTo: distribution.countsUpTo(boundsUs) };
}
