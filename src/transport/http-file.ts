import { type Clock, sleep } from '../clock/clock.ts';
import type { TransferCode } from '../events/transfer-code.ts';
import { ChunkQueue, type ChunkSource } from './chunk-queue.ts';
import { authorizationFor, chooseChallenge, cnonceFor, type NonceCounts } from './http-authentication.ts';
import { type HttpAnswer, type HttpConnection, HttpExchange } from './http-exchange.ts';
import { encodePath, type FileRequest, TransportError } from './transport.ts';

/**
 * Assumed: a 503 is asked again after a second. The manual gives the number of tries (HTTP_RETRY_NUMBER, M44
 * p64), no pause.
 */
export const REPEAT_AFTER_MS = 1_000;
const RETRY_AFTER_MAX_MS = 60_000;

export interface HttpFileOptions {
  readonly clock: Clock;
  readonly request: FileRequest;
  readonly signal: AbortSignal;
  /** The kept connection to the server, or a new one. */
  readonly connect: () => HttpConnection;
  /** The value of the `Connection` header. */
  readonly persistence: 'keep-alive' | 'close';
  readonly retryAfter: 'ignore' | 'honour';
  /** Of all files of a transport. */
  readonly nonceCounts: NonceCounts;
}

/** One file over as many requests as it takes: again after a 503, once more with credentials after a 401. */
export class HttpFile implements ChunkSource {
  readonly chunks = new ChunkQueue(this);
  readonly #options: HttpFileOptions;
  readonly #target: string;
  #totalAt = 0;
  #exchange: HttpExchange | undefined;
  #authorization: (() => string) | undefined;
  #busyAnswers = 0;
  #retryAfter: 'untold' | 'told' = 'untold';
  #abandoned = false;

  constructor(options: HttpFileOptions) {
    this.#options = options;
    this.#target = `/${encodePath(options.request.path)}`;
  }

  start(): void {
    const { clock, request } = this.#options;
    this.#totalAt = clock.now() + request.limits.totalMs;
    this.#open().catch((error) => this.chunks.fail(error));
  }

  resume(): void {
    this.#exchange?.resume();
  }

  abandon(): void {
    this.#abandoned = true;
    this.#exchange?.abandon();
  }

  /** Asks until the server sends the file, whose bytes then go their own way to `chunks`. */
  async #open(): Promise<void> {
    const { request, signal } = this.#options;
    // The junk byte of a User-Agent may be any other; these would make another request of it.
    if (/[\r\n\0]/.test(`${request.userAgent}${request.user ?? ''}${request.host}`)) {
      throw new TransportError('PROTOCOL', request, 'CR, LF or NUL in a name or the User-Agent: not sent');
    }
    for (;;) {
      if (signal.aborted || this.#abandoned) throw this.#aborted(signal.reason);
      const answer = await this.#ask();
      // Not an attempt: the server never saw it.
      if (answer === 'stale') continue;
      if (answer.status === 200) return;
      if (answer.status === 503) await this.#waitToRepeat(answer);
      else if (answer.status === 401 && this.#authorization === undefined) this.#authenticate(answer);
      else throw refusal(request, answer);
    }
  }

  #ask(): Promise<HttpAnswer | 'stale'> {
    const { clock, request, signal, connect, persistence } = this.#options;
    const connection = connect();
    const authorization = this.#authorization?.();
    const head = headOf(request, { target: this.#target, persistence, authorization });
    this.#exchange = new HttpExchange({
      clock,
      connection,
      request,
      signal,
      head,
      totalAt: this.#totalAt,
      file: this.chunks,
    });
    connection.send(this.#exchange);
    return this.#exchange.answered;
  }

  #authenticate(answer: HttpAnswer): void {
    const { request } = this.#options;
    const { user, password = '' } = request;
    if (user === undefined)
      throw new TransportError('ACCESS_DENIED', request, 'HTTP 401, and no user is given');
    const challenge = chooseChallenge(answer.headers['www-authenticate']);
    if (challenge === undefined) {
      throw new TransportError('ACCESS_DENIED', request, 'HTTP 401 without a Basic or Digest challenge');
    }
    this.#authorization = () => {
      const count = this.#options.nonceCounts.next(challenge);
      const cnonce = cnonceFor(challenge, count);
      return authorizationFor(challenge, { user, password, target: this.#target, count, cnonce });
    };
    request.onEvent?.({ type: 'challenged' });
  }

  async #waitToRepeat(answer: HttpAnswer): Promise<void> {
    const { clock, request, signal } = this.#options;
    const waitMs = this.#pauseMs(answer.headers['retry-after']);
    const repeatsMax =
      request.retriesOf503 === 'until-total' ? Number.POSITIVE_INFINITY : request.retriesOf503;
    this.#busyAnswers++;
    if (this.#busyAnswers > repeatsMax || clock.now() + waitMs >= this.#totalAt) {
      throw new TransportError('BUSY', request, `HTTP 503 to ${this.#busyAnswers} requests`);
    }
    await sleep(clock, waitMs, signal).catch((cause) => {
      throw this.#aborted(cause);
    });
    request.onEvent?.({ type: 'repeated', what: 'request', why: 'HTTP 503' });
  }

  #pauseMs(retryAfter: string | string[] | undefined): number {
    if (retryAfter === undefined) return REPEAT_AFTER_MS;
    if (this.#options.retryAfter === 'honour')
      return retryAfterMs(String(retryAfter), this.#options.clock.now());
    if (this.#retryAfter === 'untold') {
      this.#retryAfter = 'told';
      const asked = `The server answers 503 with Retry-After: ${printable(retryAfter)}`;
      const message = `${asked}; the phone asks again after ${REPEAT_AFTER_MS} ms.`;
      this.#options.request.onEvent?.({ type: 'told', code: 'RETRY_AFTER_IGNORED', message });
    }
    return REPEAT_AFTER_MS;
  }

  #aborted(cause: unknown): TransportError {
    return new TransportError('ABORTED', this.#options.request, 'ended by the phone', { cause });
  }
}

/** Assumed: these headers, in this order and no more. Of a real phone only the User-Agent was seen. */
function headOf(
  request: FileRequest,
  more: { target: string; persistence: string; authorization: string | undefined },
): string {
  const lines = [
    `GET ${more.target} HTTP/1.1`,
    `Host: ${hostOf(request)}`,
    `User-Agent: ${request.userAgent}`,
    `Connection: ${more.persistence}`,
  ];
  if (more.authorization !== undefined) lines.push(`Authorization: ${more.authorization}`);
  return `${lines.join('\r\n')}\r\n\r\n`;
}

function hostOf({ protocol, host, port }: FileRequest): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return port === (protocol === 'https' ? 443 : 80) ? name : `${name}:${port}`;
}

/** RFC 9110, 10.2.3: seconds or a date. What is neither is as good as absent. */
function retryAfterMs(value: string, nowMs: number): number {
  const ms = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - nowMs;
  return Number.isNaN(ms) ? REPEAT_AFTER_MS : Math.min(Math.max(ms, 0), RETRY_AFTER_MAX_MS);
}

/**
 * What an answer means that is neither the file nor worth another try. The phone follows no redirect: it is
 * an answer like any other it does not understand.
 */
export function refusal(request: FileRequest, { status, headers }: HttpAnswer): TransportError {
  const { location } = headers;
  const code = codeOfStatus(status);
  const where = code === 'PROTOCOL' && location !== undefined ? ` (to ${printable(location)})` : '';
  return new TransportError(code, request, `HTTP ${status}${where}`);
}

/** What a status that brings no file means in the end; a 503 is asked again first. */
export function codeOfStatus(status: number): TransferCode {
  if (status === 404 || status === 410) return 'NOT_FOUND';
  if (status === 401 || status === 403) return 'ACCESS_DENIED';
  return status === 503 ? 'BUSY' : 'PROTOCOL';
}

/** What a server said, short enough for a line and without credentials. */
function printable(value: string | string[]): string {
  return String(value)
    .replace(/\/\/[^/@]*@/, '//')
    .slice(0, 200);
}
