import type { ThreadHealth } from '../clock/thread-health.ts';
import type { FleetFigures } from '../report/fleet/figures.ts';
import type { HealthOverTime } from '../report/fleet/result.ts';
import { counted } from '../report/result-words.ts';

/** What one worker says of itself: whether it was the server that was slow, or the worker. */
export interface WorkerHealth extends ThreadHealth {
  readonly starts: Lateness;
  /** Most sockets it had open at once, as far as it looked: once a second. */
  readonly socketsMax: number;
  /** Absent: it is not done yet. */
  readonly overTime?: HealthOverTime;
}

/** How much later than planned phones began, in ms. */
export interface Lateness {
  readonly count: number;
  readonly meanMs: number;
  readonly maxMs: number;
  /** So many were later than the limit. */
  readonly late: number;
}

/** A start is late when it comes so much after its time: a phone's own boot loader varies by seconds. */
export const LATE_START_MS = 250;

/** Counts how late phones begin. */
export class LatenessFold {
  #count = 0;
  #sumMs = 0;
  #maxMs = 0;
  #late = 0;
  #latelyMs = 0;

  add(lateMs: number): void {
    this.#latelyMs = Math.max(this.#latelyMs, lateMs);
    this.#count++;
    this.#sumMs += lateMs;
    this.#maxMs = Math.max(this.#maxMs, lateMs);
    if (lateMs > LATE_START_MS) this.#late++;
  }

  /** The latest since it was asked last, in ms. */
  latelyMs(): number {
    const latelyMs = this.#latelyMs;
    this.#latelyMs = 0;
    return latelyMs;
  }

  lateness(): Lateness {
    const count = this.#count;
    return { count, meanMs: count === 0 ? 0 : this.#sumMs / count, maxMs: this.#maxMs, late: this.#late };
  }
}

/** What a whole run cost its machine. */
export interface GeneratorHealth {
  readonly workers: readonly WorkerHealth[];
  readonly cores: number;
  readonly tookMs: number;
  /** Of this process, all its threads. */
  readonly cpuMs: number;
  readonly rssMaxBytes: number;
}

/** Shares and delays beyond which a run says more about the generator than about the server. */
const LATE_STARTS_MAX = 0.01;
const LOOP_DELAY_P99_MAX_MS = 100;
const BUSY_MAX = 0.95;
/** Phones that follow each other are never late, however long the generator stands still. */
const STANDSTILL_MAX_MS = 2_000;

/** Why a run over sockets is invalid, in one sentence; undefined: the generator kept up. */
export function whyInvalid(
  { workers }: Pick<GeneratorHealth, 'workers'>,
  figures: Pick<FleetFigures, 'files'>,
): string | undefined {
  const limited = localLimits(figures);
  if (limited > 0) {
    return `${counted(limited, 'file')} ${limited === 1 ? 'was' : 'were'} not asked for, since this machine had no sockets, addresses or buffers left (deskphone doctor says what it has)`;
  }
  const starts = workers.reduce((sum, { starts: { count } }) => sum + count, 0);
  const late = workers.reduce((sum, { starts }) => sum + starts.late, 0);
  if (starts > 0 && late / starts > LATE_STARTS_MAX) {
    return `${late} of ${counted(starts, 'phone')} began more than ${LATE_START_MS} ms late: the generator could not keep up`;
  }
  const standstillMs = Math.max(...workers.map(({ loopDelayMs }) => loopDelayMs.max));
  if (standstillMs > STANDSTILL_MAX_MS) {
    return `a worker stood still for ${Math.round(standstillMs)} ms: latencies say so, and not the server`;
  }
  const slow = workers.find(
    ({ busyShare, loopDelayMs }) => busyShare > BUSY_MAX && loopDelayMs.p99 > LOOP_DELAY_P99_MAX_MS,
  );
  if (slow === undefined) return undefined;
  const { busyShare, loopDelayMs } = slow;
  const busy = Math.round(busyShare * 100);
  return `a worker was busy for ${busy}% of the time, and 1% of its turns came more than ${Math.round(loopDelayMs.p99)} ms late: the generator could not keep up`;
}

/** Files that failed for what this machine refused: EMFILE, EADDRNOTAVAIL, ENOBUFS. */
function localLimits({ files }: Pick<FleetFigures, 'files'>): number {
  const all = Object.values(files).flatMap((kinds) => Object.values(kinds));
  return all.reduce((sum, { causes }) => sum + (causes.LOCAL_LIMIT ?? 0), 0);
}
