import { isIP } from 'node:net';
import type { Clock } from '../clock/clock.ts';
import type { TransferCode } from '../events/transfer-code.ts';
import { WAITS_MS } from '../transport/tftp-patience.ts';
import { type FileRequest, TransportError, type TransportErrorOptions } from '../transport/transport.ts';

/** One file through the loopback: its time, its limits, and the ways it can end early. */
export class LoopbackVisit {
  readonly request: FileRequest;
  readonly #signal: AbortSignal;
  readonly #clock: Clock;
  readonly #startedMs: number;
  /** Of the wait that is under way. */
  #endWait: ((reason: unknown) => void) | undefined;

  constructor(request: FileRequest, signal: AbortSignal, clock: Clock) {
    this.request = request;
    this.#signal = signal;
    this.#clock = clock;
    this.#startedMs = clock.now();
    signal.addEventListener('abort', this.#onAbort);
  }

  /** Nothing waits any longer. */
  end(): void {
    this.#signal.removeEventListener('abort', this.#onAbort);
  }

  /** Since the phone asked for the file. */
  get elapsedMs(): number {
    return this.#clock.now() - this.#startedMs;
  }

  /** Waits until `atMs` after the request; throws at the total limit, or when the phone ends it. */
  async until(atMs: number): Promise<void> {
    const { totalMs } = this.request.limits;
    await this.#pass(Math.min(atMs, totalMs));
    if (atMs > totalMs) {
      throw this.failure('TIMEOUT', `not complete after ${totalMs} ms`, { connection: 'out-of-time' });
    }
  }

  /** The phone's patience ends at `atMs`, unless the total limit is earlier. */
  async tooLate(atMs: number, detail: string, options?: TransportErrorOptions): Promise<never> {
    await this.until(atMs);
    throw this.failure('TIMEOUT', detail, options);
  }

  /** A connection stands, since `ms`. */
  tellConnected(ms: number): void {
    const { protocol, host, onConnected } = this.request;
    const tls = protocol === 'https' ? 'full' : 'none';
    onConnected?.({ ms, tls, lookedUp: isIP(host) === 0 });
  }

  /** The phone says once more what it said. */
  tellRepeated(what: 'request' | 'acknowledgement', why: string): void {
    this.request.onEvent?.({ type: 'repeated', what, why });
  }

  /** The phone asks once more, as its user. */
  tellChallenged(): void {
    this.request.onEvent?.({ type: 'challenged' });
  }

  /** TFTP: what was sent `times` times brought no answer in the wait that follows. */
  tellSilence(what: 'request' | 'acknowledgement', times: number): void {
    this.tellRepeated(what, `no answer for ${(WAITS_MS[times - 1] ?? 0) / 1000} s`);
  }

  /** There is no way to a server, or no server there. */
  unreachable(server: 'refusing' | 'unknown-host'): TransportError {
    return server === 'refusing'
      ? this.failure('UNREACHABLE', 'ECONNREFUSED', { connection: 'refused' })
      : this.failure('UNREACHABLE', 'ENOTFOUND', { connection: 'no-name' });
  }

  failure(code: TransferCode, detail: string, options?: TransportErrorOptions): TransportError {
    return new TransportError(code, this.request, detail, options);
  }

  readonly #onAbort = (): void => this.#endWait?.(this.#signal.reason);

  async #pass(untilMs: number): Promise<void> {
    const waitMs = untilMs - this.elapsedMs;
    try {
      this.#signal.throwIfAborted();
      if (waitMs > 0) await this.#wait(waitMs);
    } catch (reason) {
      throw this.failure('ABORTED', 'ended by the phone', { cause: reason });
    }
  }

  /** As `sleep` does, but it hears of an abort by the one listener of its visit. */
  #wait(ms: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = this.#clock.setTimeout(() => {
        this.#endWait = undefined;
        resolve();
      }, ms);
      this.#endWait = (reason) => {
        this.#clock.clearTimeout(timer);
        reject(reason);
      };
    });
  }
}
