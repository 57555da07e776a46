import type { Clock, Timer } from '../../src/clock/clock.ts';
import { SystemClock } from '../../src/clock/system-clock.ts';

/** The host's time, which leaps over every wait during which nothing outside is under way. */
export class LeapingClock implements Clock {
  readonly #system = new SystemClock();
  #leaptMs = 0;
  #holds = 0;
  /** The waits that were leapt over. */
  readonly leaps: number[] = [];

  now(): number {
    return this.#system.now() + this.#leaptMs;
  }

  setTimeout(run: () => void, ms: number): Timer {
    if (this.#holds > 0) return this.#system.setTimeout(run, ms);
    this.leaps.push(ms);
    this.#leaptMs += ms;
    return this.#system.setTimeout(run, 0);
  }

  clearTimeout(timer: Timer): void {
    this.#system.clearTimeout(timer);
  }

  hold(): () => void {
    this.#holds++;
    return () => {
      this.#holds--;
    };
  }

  get holds(): number {
    return this.#holds;
  }
}
