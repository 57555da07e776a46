import type { Clock, Timer } from '../clock/clock.ts';
import type { ConnectionEnd } from '../events/transfer-code.ts';
import type { TransferLimits } from './transport.ts';

/** What was waited for in vain; `connection`: how that one went, if it says more. */
type OnExpired = (detail: string, connection?: ConnectionEnd) => void;

/** The patience of one transfer: one timer, set anew only when it fires too early or would fire too late. */
export class FtpDeadline {
  readonly #clock: Clock;
  readonly #limits: TransferLimits;
  readonly #onExpired: OnExpired;
  readonly #endsAt: number;
  #waitingFor = '';
  #waitingHow: ConnectionEnd | undefined;
  #waitMs = Number.POSITIVE_INFINITY;
  #waitEndsAt = Number.POSITIVE_INFINITY;
  #timer: Timer;
  #timerDue: number;

  constructor(clock: Clock, limits: TransferLimits, onExpired: OnExpired) {
    this.#clock = clock;
    this.#limits = limits;
    this.#onExpired = onExpired;
    this.#endsAt = clock.now() + limits.totalMs;
    this.#timerDue = this.#endsAt;
    this.#timer = clock.setTimeout(this.#check, limits.totalMs);
  }

  /** A connection is being made from now on. */
  connecting(what: string): void {
    this.#wait(`no ${what}`, this.#limits.connectMs, 'not-made');
  }

  /** The server's turn to say something, from now on. */
  silent(what: string): void {
    this.#wait(`no ${what}`, this.#limits.idleMs);
  }

  /** Our own turn: the server has nothing to do, only the limit of the whole transfer runs. */
  ourTurn(): void {
    this.#waitEndsAt = Number.POSITIVE_INFINITY;
  }

  stop(): void {
    this.#clock.clearTimeout(this.#timer);
  }

  #wait(waitingFor: string, waitMs: number, how?: ConnectionEnd): void {
    this.#waitingFor = waitingFor;
    this.#waitingHow = how;
    this.#waitMs = waitMs;
    this.#waitEndsAt = this.#clock.now() + waitMs;
    if (this.#waitEndsAt >= this.#timerDue) return;
    this.#clock.clearTimeout(this.#timer);
    this.#arm();
  }

  #arm(): void {
    this.#timerDue = Math.min(this.#endsAt, this.#waitEndsAt);
    this.#timer = this.#clock.setTimeout(this.#check, this.#timerDue - this.#clock.now());
  }

  readonly #check = (): void => {
    const now = this.#clock.now();
    if (now >= this.#endsAt) {
      this.#onExpired(`not complete after ${this.#limits.totalMs} ms`, 'out-of-time');
    } else if (now >= this.#waitEndsAt) {
      this.#onExpired(`${this.#waitingFor} in ${this.#waitMs} ms`, this.#waitingHow);
    } else {
      this.#arm();
    }
  };
}
