import type { Clock, Timer } from '../clock/clock.ts';

/** A phone that is yet to begin, and when, by the clock. */
export interface Arrival {
  readonly index: number;
  readonly dueMs: number;
}

/** Lets phones begin when they are due, with one timer for all. */
export class ArrivalQueue {
  readonly #clock: Clock;
  readonly #begin: (arrival: Arrival) => void;
  /** Latest first: the next is the last. */
  #waiting: Arrival[];
  #timer: Timer;

  constructor(clock: Clock, arrivals: readonly Arrival[], begin: (arrival: Arrival) => void) {
    this.#clock = clock;
    this.#begin = begin;
    this.#waiting = arrivals.toSorted((a, b) => b.dueMs - a.dueMs || b.index - a.index);
  }

  /** Begins those that are due, now and later. */
  open(): void {
    const next = this.#waiting.at(-1);
    if (next === undefined) return;
    this.#timer = this.#clock.setTimeout(() => this.#arrive(), next.dueMs - this.#clock.now());
  }

  /** Nobody begins any more; those who did not. */
  close(): readonly Arrival[] {
    this.#clock.clearTimeout(this.#timer);
    return this.#waiting.splice(0);
  }

  /** Those that are yet to be due come so many times as fast. */
  pace(factor: number): void {
    const now = this.#clock.now();
    const paced = (dueMs: number) => (dueMs <= now ? dueMs : now + Math.round((dueMs - now) / factor));
    this.#clock.clearTimeout(this.#timer);
    this.#waiting = this.#waiting.map(({ index, dueMs }) => ({ index, dueMs: paced(dueMs) }));
    this.open();
  }

  #arrive(): void {
    for (;;) {
      const next = this.#waiting.at(-1);
      if (next === undefined || next.dueMs > this.#clock.now()) break;
      this.#waiting.pop();
      this.#begin(next);
    }
    this.open();
  }
}
