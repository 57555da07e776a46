import type { Clock, Timer } from '../clock/clock.ts';
import type { ConnectionEnd, TransferCode } from '../events/transfer-code.ts';
import type { ChunkQueue } from './chunk-queue.ts';
import { AnswerFault, type AnswerHeaders, tellOpened } from './http-answer.ts';
import {
  type CodeAndDetail,
  closedUnanswered,
  type HttpSocket,
  SocketFailure,
  tlsDetail,
  whatSystemSaid,
} from './http-socket.ts';
import { isLocalLimit } from './local-limit.ts';
import { type FileRequest, TransportError } from './transport.ts';

/** A connection to one server, as far as an exchange needs it. */
export interface HttpConnection {
  readonly socket: HttpSocket;
  /** Sends the request. */
  send(exchange: HttpExchange): void;
  /** Ends it for good; the next file opens another. */
  drop(): void;
}

/** What speaks HTTP on a connection's socket: has it made, writes its `head`, and reads the answer. */
export interface HttpClient {
  /** An exchange is under way, and another could not be sent. */
  readonly busy: boolean;
  send(exchange: HttpExchange): void;
  /** Ends the exchange under way; the socket is ended by its owner. */
  destroy(): void;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<AnswerHeaders>;
}

/** The brake on the bytes of an answer. */
interface BodyControl {
  pause(): void;
  resume(): void;
}

export interface ExchangeOptions {
  readonly clock: Clock;
  readonly connection: HttpConnection;
  readonly request: FileRequest;
  readonly signal: AbortSignal;
  /** The request's head, Latin-1, with the blank line that ends it. */
  readonly head: string;
  /** When the whole file must be there, by the clock. */
  readonly totalAt: number;
  /** Where the file goes, and no other answer. */
  readonly file: ChunkQueue;
}

/**
 * The page that comes with a refusal is read to its end, so that the connection can be used again; a larger
 * one is not.
 */
const REFUSAL_BYTES_MAX = 64 * 1024;

/**
 * One request on a connection and the answer to it, under the phone's limits. The client calls the `on...`
 * methods, which are those of undici's `dispatch`.
 */
export class HttpExchange {
  /**
   * The answer: at its head for a 200, whose bytes go to the file from then on, otherwise when its page is
   * over. `stale`: the server had closed the kept connection before it could see the request. Rejects with a
   * `TransportError`.
   */
  readonly answered: Promise<HttpAnswer | 'stale'>;
  #resolve: (answer: HttpAnswer | 'stale') => void = () => {};
  #reject: (failure: TransportError) => void = () => {};

  readonly #options: ExchangeOptions;
  readonly #release: () => void;
  readonly #onAbort: () => void;
  #timer: Timer;
  readonly #connectingAt: number;
  #heardAt = 0;
  #phase: 'connecting' | 'sent' | 'answered' | 'over' = 'connecting';
  #bytesReadBefore = 0;
  #answer: HttpAnswer | undefined;
  #bytesMax = 0;
  #receivedBytes = 0;
  #braked: BodyControl | undefined;

  constructor(options: ExchangeOptions) {
    const { clock, signal } = options;
    this.#options = options;
    this.answered = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.#release = clock.hold();
    this.#onAbort = () => this.#fail('ABORTED', 'ended by the phone', signal.reason);
    signal.addEventListener('abort', this.#onAbort);
    this.#connectingAt = clock.now();
    this.#watch(this.#connectingAt);
  }

  /** The file has room again. */
  resume(): void {
    const control = this.#braked;
    this.#braked = undefined;
    this.#heardAt = this.#options.clock.now();
    control?.resume();
  }

  /** Ends it where it stands, and the connection with it if the answer is not complete. */
  abandon(): void {
    this.#fail('ABORTED', 'ended by the phone');
  }

  onRequestStart(): void {
    const { clock, connection, head } = this.#options;
    // The client writes the head in the same call, right after this.
    connection.socket.head = head;
    this.#bytesReadBefore = connection.socket.bytesRead;
    this.#heardAt = clock.now();
    this.#phase = 'sent';
    this.#tellConnection();
  }

  /** Of a connection that was made for this request. */
  #tellConnection(): void {
    const { connection, request } = this.#options;
    const made = connection.socket.takeMade();
    if (made === undefined) return;
    request.onConnected?.({ ms: this.#heardAt - this.#connectingAt, ...made });
  }

  onResponseStart(_control: BodyControl, status: number, headers: HttpAnswer['headers']): void {
    // An exchange that is over may still be heard of; 102 and 103 announce an answer and are none.
    if (this.#phase !== 'sent' || status < 200) return;
    const answer = { status, headers };
    this.#heardAt = this.#options.clock.now();
    this.#phase = 'answered';
    this.#answer = answer;
    this.#bytesMax = REFUSAL_BYTES_MAX;
    if (status === 200) {
      this.#bytesMax = this.#options.request.limits.sizeBytes;
      tellOpened(this.#options.request, headers);
      this.#resolve(answer);
    }
    const announced = headers['content-length'];
    if (Number(announced) > this.#bytesMax) this.#failTooLarge(`${announced}`);
  }

  onResponseData(control: BodyControl, chunk: Uint8Array): void {
    if (this.#phase !== 'answered') return;
    this.#heardAt = this.#options.clock.now();
    this.#receivedBytes += chunk.length;
    if (this.#receivedBytes > this.#bytesMax) {
      this.#failTooLarge(`at least ${this.#receivedBytes}`);
    } else if (this.#answer?.status === 200) {
      const { file } = this.#options;
      file.push(chunk);
      if (file.full) {
        this.#braked = control;
        control.pause();
      }
    }
  }

  onResponseEnd(): void {
    if (this.#phase !== 'answered') return;
    const { connection, file } = this.#options;
    const { error } = connection.socket;
    if (error !== undefined) {
      const reset = ['TRUNCATED', `connection reset after ${this.#receivedBytes} bytes`] as const;
      this.#fail(...(whatSystemSaid(error) ?? reset), error);
      return;
    }
    connection.socket.answers++;
    // All of it is here, however slowly it is read: the connection is the next file's.
    this.resume();
    this.#end();
    if (this.#answer?.status === 200) file.end();
    else if (this.#answer !== undefined) this.#resolve(this.#answer);
  }

  onResponseError(_control: BodyControl | undefined, error: Error): void {
    if (this.#phase === 'over') return;
    const { socket } = this.#options.connection;
    const silent = this.#phase === 'sent' && socket.bytesRead === this.#bytesReadBefore;
    const unanswered = silent || this.#phase === 'connecting';
    // What the system said comes before what the client made of it.
    const cause = socket.error ?? error;
    if (socket.answers > 0 && socket.closedByServer && !isLocalLimit(cause) && unanswered) {
      this.#end();
      this.#resolve('stale');
      return;
    }
    this.#fail(...this.#whatBroke(cause, unanswered), cause);
  }

  #whatBroke(error: NodeJS.ErrnoException, unanswered: boolean): CodeAndDetail {
    if (error instanceof SocketFailure) return [error.code, error.message];
    const said = whatSystemSaid(error);
    if (said !== undefined) return said;
    const code = error.code ?? '';
    // With TLS 1.3 a server that wants a client certificate says so after the handshake.
    if (code.startsWith('ERR_SSL_')) return ['TLS', tlsDetail(error)];
    if (code === 'UND_ERR_HEADERS_OVERFLOW') return ['PROTOCOL', 'the head of the answer is too long'];
    if (this.#options.connection.socket.closedByServer) {
      // Taken and closed without a word is what overloaded servers do (FTP: no banner), hence BUSY;
      // UNREACHABLE is for connections that were never made.
      return unanswered
        ? ['BUSY', closedUnanswered(this.#options.request.protocol, 'asked')]
        : ['TRUNCATED', `connection closed after ${this.#receivedBytes} bytes${this.#ofAnnounced()}`];
    }
    if (error instanceof AnswerFault) return ['PROTOCOL', error.message];
    // What undici says of anything but the bytes is about itself.
    const parsed = error.name === 'HTTPParserError';
    return ['PROTOCOL', parsed ? `not an HTTP answer: ${error.message}` : 'not an HTTP answer'];
  }

  #ofAnnounced(): string {
    const announced = this.#answer?.headers['content-length'];
    return announced === undefined ? '' : ` of ${announced}`;
  }

  #failTooLarge(size: string): void {
    this.#fail('TOO_LARGE', `${size} bytes; at most ${this.#bytesMax} are taken`);
  }

  /** A refusal stands, whatever became of its page. */
  #fail(code: TransferCode, detail: string, cause?: unknown, end?: ConnectionEnd): void {
    if (this.#phase === 'over') return;
    const { request, connection, file } = this.#options;
    // Of all that ends an exchange only a connection closed without a word is BUSY.
    const how = code === 'BUSY' ? 'no-banner' : end;
    const failure = new TransportError(code, request, detail, { cause, connection: how });
    this.#end();
    connection.drop();
    if (this.#answer === undefined) this.#reject(failure);
    else if (this.#answer.status === 200) file.fail(failure);
    else this.#resolve(this.#answer);
  }

  #end(): void {
    const { clock, signal } = this.#options;
    this.#phase = 'over';
    clock.clearTimeout(this.#timer);
    signal.removeEventListener('abort', this.#onAbort);
    this.#release();
  }

  /**
   * One timer for all limits, armed again only when it fires: a limit that begins later cannot end before it
   * wakes.
   */
  #watch(now: number): void {
    const { clock, request } = this.#options;
    const { connectMs, idleMs } = request.limits;
    const waitMs = Math.min(this.#due(now).at - now, connectMs, idleMs);
    this.#timer = clock.setTimeout(() => this.#onTimer(), waitMs);
  }

  #onTimer(): void {
    const now = this.#options.clock.now();
    const { at, detail, connection } = this.#due(now);
    if (now >= at) this.#fail('TIMEOUT', detail, undefined, connection);
    else this.#watch(now);
  }

  #due(now: number): { at: number; detail: string; connection?: ConnectionEnd } {
    const { request, totalAt } = this.#options;
    const { connectMs, idleMs, totalMs } = request.limits;
    // While the phone itself has bytes to read, the silence is not the server's.
    const heardAt = this.#braked === undefined ? this.#heardAt : now;
    const next =
      this.#phase === 'connecting'
        ? {
            at: this.#connectingAt + connectMs,
            detail: `no connection within ${connectMs} ms`,
            connection: 'not-made' as const,
          }
        : { at: heardAt + idleMs, detail: `silent for ${idleMs} ms` };
    if (next.at < totalAt) return next;
    return { at: totalAt, detail: `not complete within ${totalMs} ms`, connection: 'out-of-time' };
  }
}
