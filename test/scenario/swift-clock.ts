import type { Clock, Timer } from '../../src/clock/clock.ts';
import { SystemClock } from '../../src/clock/system-clock.ts';

/** The host's time, so many times as fast: real sockets under it wait their real limits in a moment. */
export class SwiftClock implements Clock {
  readonly #system = new SystemClock();
  readonly #startedAt = this.#system.now();
  readonly #times: number;

  constructor(times: number) {
    this.#times = times;
  }

  now(): number {
    return this.#startedAt + (this.#system.now() - this.#startedAt) * this.#times;
  }

  setTimeout(run: () => void, ms: number): Timer {
    return this.#system.setTimeout(run, ms / this.#times);
  }

  clearTimeout(timer: Timer): void {
    this.#system.clearTimeout(timer);
  }

  hold(): () => void {
    return this.#system.hold();
  }
}
