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
  /** Undefined: no more comes. */
  readonly chunk: Buffer | undefined;
}

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
    this.#line(undefined, 0);
  }

  #line(chunk: Buffer | undefined, delayMs: number): void {
    const before = this.#waiting.at(-1)?.atMs ?? 0;
    this.#waiting.push({ chunk, atMs: Math.max(before, this.#clock.now() + delayMs) });
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
      this.#send(next.chunk);
    }
    this.#relieve();
  }

  #send(chunk: Buffer | undefined): void {
    if (this.#to.destroyed) return;
    if (chunk === undefined) {
      this.#to.end();
      return;
    }
    this.#waitingBytes -= chunk.length;
    this.#onSent(chunk.length);
    if (!this.#to.write(chunk)) this.#from.pause();
  }

  #relieve(): void {
    if (this.#waitingBytes <= WAITING_BYTES_MAX && !this.#to.writableNeedDrain) this.#from.resume();
  }
}
