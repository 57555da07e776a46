import type { Clock, Timer } from '../clock/clock.ts';

interface Due {
  readonly atMs: number;
  readonly arrive: () => void;
}

/** What one socket is to hear later, in its order; one timer for all of it. */
export class LateArrivals {
  readonly #clock: Clock;
  #due: Due[] = [];
  #timer: Timer;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(atMs: number, arrive: () => void): void {
    this.#due.push({ atMs, arrive });
    if (this.#due.length === 1) this.#wait(atMs);
  }

  /** Nothing arrives any more. */
  end(): void {
    this.#due = [];
    this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #wait(atMs: number): void {
    this.#timer = this.#clock.setTimeout(this.#letArrive, atMs - this.#clock.now());
  }

  readonly #letArrive = (): void => {
    this.#timer = undefined;
    const [first] = this.#due;
    if (first === undefined) return;
    // Node's timers may ring a fraction of a millisecond early.
    if (first.atMs <= this.#clock.now()) {
      this.#due.shift();
      first.arrive();
    }
    const [next] = this.#due;
    // Whoever heard of the last one may have brought more, and with it the timer.
    if (next !== undefined && this.#timer === undefined) this.#wait(next.atMs);
  };
}
