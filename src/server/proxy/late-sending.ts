import type { Socket } from 'node:net';
import type { Clock, Timer } from '../../clock/clock.ts';

interface LateSendingOptions {
  /** Pauses while too much waits. */
  readonly from: Socket;
  readonly to: Socket;
  readonly clock: Clock;
  readonly onSent: (bytes: number) => void;
}

interface Due {
  readonly atMs: number;
  readonly what: Buffer | Ending;
}

/** `leave`: its sender is gone altogether. */
type Ending = 'end' | 'reset' | 'leave';

/** So much may wait; then its sender has to. Ours: with a second of latency it is 32 Mbit/s. */
const WAITING_BYTES_MAX = 4 * 1024 * 1024;

/** One direction of a connection: what comes is sent on after its delay, in its order. */
export class LateSending {
  readonly #from: Socket;
  readonly #to: Socket;
  readonly #clock: Clock;
  readonly #onSent: (bytes: number) => void;
  readonly #waiting: Due[] = [];
  #waitingBytes = 0;
  #isOver: boolean = false;
  #timer: Timer;

  constructor({ from, to, clock, onSent }: LateSendingOptions) {
    this.#from = from;
    this.#to = to;
    this.#clock = clock;
    this.#onSent = onSent;
    to.on('drain', () => this.#relieve());
    to.once('close', () => clock.clearTimeout(this.#timer));
  }

  push(chunk: Buffer, delayMs: number): void {
    this.#waitingBytes += chunk.length;
    this.#line(chunk, delayMs);
    if (this.#waitingBytes > WAITING_BYTES_MAX) this.#from.pause();
  }

  /** No more comes: its end is sent on behind all that waits. */
  end(): void {
    this.#isOver = true;
    this.#line('end', 0);
  }

  /** Its sender broke off: that is sent on behind all that waits, and after its delay, not at one with it. */
  reset(delayMs: number): void {
    this.#isOver = true;
    this.#line('reset', delayMs);
  }

  /** Its sender is gone: behind its end or its reset, or else at once, so is whom it spoke to. */
  leave(): void {
    if (this.#isOver) this.#line('leave', 0);
    else this.#to.destroy();
  }

  #line(what: Due['what'], delayMs: number): void {
    const before = this.#waiting.at(-1)?.atMs ?? 0;
    this.#waiting.push({ what, atMs: Math.max(before, this.#clock.now() + delayMs) });
    if (this.#waiting.length === 1) this.#sendWhatIsDue();
  }

  #sendWhatIsDue(): void {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      const leftMs = next.atMs - this.#clock.now();
      if (leftMs > 0) {
        this.#timer = this.#clock.setTimeout(() => this.#sendWhatIsDue(), leftMs);
        break;
      }
      this.#waiting.shift();
      this.#send(next.what);
    }
    this.#relieve();
  }

  #send(what: Due['what']): void {
    if (this.#to.destroyed) return;
    if (typeof what === 'string') {
      this.#finish(what);
      return;
    }
    this.#waitingBytes -= what.length;
    this.#onSent(what.length);
    if (!this.#to.write(what)) this.#from.pause();
  }

  #finish(ending: Ending): void {
    if (ending === 'end') this.#to.end();
    else if (ending === 'leave') this.#to.destroySoon();
    // Where nobody answers yet there is nobody to be reset.
    else if (this.#to.connecting) this.#to.destroy();
    else this.#to.resetAndDestroy();
  }

  #relieve(): void {
    if (this.#waitingBytes <= WAITING_BYTES_MAX && !this.#to.writableNeedDrain) this.#from.resume();
  }
}
