import type { Clock, Timer } from '../clock/clock.ts';

/**
 * Assumed: a phone sends a request or an acknowledgement at most six times and waits so long after each. The
 * series starts anew with each new block. No manual gives TFTP waits.
 */
export const WAITS_MS: readonly number[] = [1_000, 2_000, 4_000, 8_000, 8_000, 8_000];

/** Whom a `Patience` tells. */
export interface PatienceListener {
  /** Nothing came for `waitedMs`: send again. A longer wait has begun. */
  onSilence(waitedMs: number): void;
  /** The last wait is over too. */
  onSilencesUsedUp(): void;
  /** The time limit of the whole transfer is reached. */
  onTimeUp(): void;
}

/**
 * How long a transfer waits: the series of waits, and the limit over all. Begins with `listen` or `rest`. One
 * timer serves both and every block, and is not touched while blocks come: it may ring early and is then set
 * to what is left.
 */
export class Patience {
  readonly #clock: Clock;
  readonly #listener: PatienceListener;
  readonly #endsAtMs: number;
  #silences = 0;
  #silentUntilMs = Number.POSITIVE_INFINITY;
  #timer: Timer;
  #timerDueMs = Number.POSITIVE_INFINITY;

  constructor(clock: Clock, totalMs: number, listener: PatienceListener) {
    this.#clock = clock;
    this.#listener = listener;
    this.#endsAtMs = clock.now() + totalMs;
  }

  /** Begins the series of waits, anew if it runs. */
  listen(): void {
    this.#silences = 0;
    this.#listenFor(WAITS_MS[0] ?? 0);
  }

  /** The server owes us nothing just now; only the limit over all goes on. */
  rest(): void {
    this.#silentUntilMs = Number.POSITIVE_INFINITY;
    this.#keepTimer();
  }

  end(): void {
    this.#clock.clearTimeout(this.#timer);
    this.#silentUntilMs = Number.POSITIVE_INFINITY;
    this.#timerDueMs = Number.NEGATIVE_INFINITY;
  }

  #listenFor(waitMs: number): void {
    this.#silentUntilMs = this.#clock.now() + waitMs;
    if (this.#silentUntilMs < this.#timerDueMs) this.#keepTimer();
  }

  /** Sets the timer if none rings in time. */
  #keepTimer(): void {
    const dueMs = Math.min(this.#silentUntilMs, this.#endsAtMs);
    if (dueMs >= this.#timerDueMs) return;
    this.#clock.clearTimeout(this.#timer);
    this.#timerDueMs = dueMs;
    this.#timer = this.#clock.setTimeout(this.#onTimer, Math.max(1, dueMs - this.#clock.now()));
  }

  readonly #onTimer = (): void => {
    const now = this.#clock.now();
    this.#timerDueMs = Number.POSITIVE_INFINITY;
    if (now >= this.#endsAtMs) this.#listener.onTimeUp();
    else if (now >= this.#silentUntilMs) this.#onSilence();
    this.#keepTimer();
  };

  #onSilence(): void {
    const waitedMs = WAITS_MS[this.#silences] ?? 0;
    const nextWaitMs = WAITS_MS[++this.#silences];
    if (nextWaitMs === undefined) {
      this.#listener.onSilencesUsedUp();
    } else {
      this.#listenFor(nextWaitMs);
      this.#listener.onSilence(waitedMs);
    }
  }
}
