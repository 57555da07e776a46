import { type Clock, sleep } from '../clock/clock.ts';
import type { TransferCode } from '../events/transfer-code.ts';
import { WAITS_MS } from '../transport/tftp-patience.ts';
import { type FileRequest, TransportError } from '../transport/transport.ts';
import type { Pace } from './loopback-pace.ts';

/** What stands where a phone asks: a server, or one of the ways in which there is none. */
export type LoopbackServer = 'serving' | 'refusing' | 'silent' | 'unknown-host';

/** One request through the loopback: its time, its limits, and the ways it can end early. */
export class LoopbackVisit {
  readonly request: FileRequest;
  readonly #signal: AbortSignal;
  readonly #clock: Clock;
  readonly #startedMs: number;

  constructor(request: FileRequest, signal: AbortSignal, clock: Clock) {
    this.request = request;
    this.#signal = signal;
    this.#clock = clock;
    this.#startedMs = clock.now();
  }

  /** Waits until `atMs` after the request; throws at the total limit, or when the phone ends it. */
  async until(atMs: number): Promise<void> {
    const { totalMs } = this.request.limits;
    await this.#pass(Math.min(atMs, totalMs));
    if (atMs > totalMs) throw this.failure('TIMEOUT', `not complete after ${totalMs} ms`);
  }

  /** Comes back once connected to a server that answers; else throws what a phone would see, in its time. */
  async reach(server: LoopbackServer, pace: Pace): Promise<void> {
    const { protocol, limits } = this.request;
    if (server === 'unknown-host') throw this.failure('UNREACHABLE', 'ENOTFOUND');
    if (protocol === 'tftp') {
      if (server === 'silent') await this.#repeatRequest();
    } else {
      if (pace.connectedMs > limits.connectMs) await this.#tooLate(limits.connectMs, 'no connection');
      await this.until(pace.connectedMs);
      if (server === 'silent') await this.#tooLate(pace.connectedMs + limits.idleMs, 'no answer');
    }
    if (server === 'refusing') {
      await this.until(pace.answeredMs);
      throw this.failure('UNREACHABLE', 'ECONNREFUSED');
    }
  }

  failure(code: TransferCode, detail: string, options?: ErrorOptions): TransportError {
    return new TransportError(code, this.request, detail, options);
  }

  async #repeatRequest(): Promise<never> {
    let waitedMs = 0;
    for (const [index, waitMs] of WAITS_MS.entries()) {
      waitedMs += waitMs;
      await this.until(waitedMs);
      if (index < WAITS_MS.length - 1) {
        this.request.onEvent?.({
          type: 'repeated',
          what: 'request',
          why: `no answer for ${waitMs / 1000} s`,
        });
      }
    }
    throw this.failure('TIMEOUT', `no answer to ${WAITS_MS.length} requests`);
  }

  async #tooLate(atMs: number, detail: string): Promise<never> {
    await this.until(atMs);
    throw this.failure('TIMEOUT', detail);
  }

  async #pass(untilMs: number): Promise<void> {
    const waitMs = this.#startedMs + untilMs - this.#clock.now();
    try {
      this.#signal.throwIfAborted();
      if (waitMs > 0) await sleep(this.#clock, waitMs, this.#signal);
    } catch (reason) {
      throw this.failure('ABORTED', 'ended by the phone', { cause: reason });
    }
  }
}
