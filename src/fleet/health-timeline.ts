import { SECOND_MS } from '../clock/durations.ts';
import type { ThreadMoment } from '../clock/thread-health.ts';
import type { HealthOverTime } from '../report/fleet/result.ts';

/** How a worker fared for a while. */
export interface WorkerMoment extends ThreadMoment {
  /** The latest that a phone began. */
  readonly latestStartMs: number;
}

/** A picture shows no more. When there are more, each is joined with its neighbour. */
const STRETCHES_MAX = 240;

/** How a worker fared over its time, in stretches of a second or more; of each the worst is kept. */
export class HealthTimeline {
  #stretchMs = SECOND_MS;
  #stretches: WorkerMoment[] = [];

  /** What was seen until then, from the start of the run, since what was seen before. */
  add(untilMs: number, moment: WorkerMoment): void {
    while (this.#placeOf(untilMs) >= STRETCHES_MAX) this.#join();
    const place = this.#placeOf(untilMs);
    const last = this.#stretches.length - 1;
    if (place <= last) this.#stretches[last] = worst(this.#stretches[last] ?? moment, moment);
    // A worker that stood still was not looked at meanwhile: all that time was such.
    while (this.#stretches.length <= place) this.#stretches.push(moment);
  }

  overTime(): HealthOverTime {
    const all = this.#stretches;
    return {
      stretchMs: this.#stretchMs,
      loopDelayMs: all.map(({ loopDelayMs }) => rounded(loopDelayMs, 10)),
      latestStartMs: all.map(({ latestStartMs }) => rounded(latestStartMs, 10)),
      busyShare: all.map(({ busyShare }) => rounded(busyShare, 1_000)),
    };
  }

  /** A look that comes a little late ends the stretch all the same. */
  #placeOf(untilMs: number): number {
    return Math.max(0, Math.round(untilMs / this.#stretchMs) - 1);
  }

  #join(): void {
    this.#stretchMs *= 2;
    this.#stretches = this.#stretches.flatMap((one, place, all) =>
      place % 2 === 0 ? [worst(one, all[place + 1] ?? one)] : [],
    );
  }
}

function worst(a: WorkerMoment, b: WorkerMoment): WorkerMoment {
  return {
    loopDelayMs: Math.max(a.loopDelayMs, b.loopDelayMs),
    latestStartMs: Math.max(a.latestStartMs, b.latestStartMs),
    busyShare: Math.max(a.busyShare, b.busyShare),
  };
}

function rounded(value: number, steps: number): number {
  return Math.round(value * steps) / steps;
}
