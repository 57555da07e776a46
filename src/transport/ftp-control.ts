import { isIP } from 'node:net';
import { FTPContext, FTPError, type FTPResponse } from 'basic-ftp';
import type { Clock, Timer } from '../clock/clock.ts';
import { connectOptions, plainAddress } from './ftp-address.ts';
import { FtpFailure, type FtpReply, failureOfSocket, printable } from './ftp-failure.ts';
import type { Link, LinkedConnection } from './link.ts';
import type { FileRequest } from './transport.ts';

/** A server that talks without being asked is cut off here. */
const UNREAD_REPLIES_MAX = 16;
/** How long a server may take to close the connection after QUIT. Nobody waits for it. */
const FAREWELL_MAX_MS = 2_000;

/**
 * The control connection of one FTP session: commands out, replies in, one at a time. Ends by `quit` when all
 * is well, by `fail` otherwise. Rejects with `FtpFailure` alone.
 */
export class FtpControl {
  readonly #clock: Clock;
  readonly #context = new ReplyContext((response) => this.#hear(response));
  readonly #connection: LinkedConnection;
  readonly #replies: FtpReply[] = [];
  #resolve: ((reply: FtpReply) => void) | undefined;
  #reject: ((failure: FtpFailure) => void) | undefined;
  #connected: boolean = false;
  #lastVerb: string | undefined;
  #failure: FtpFailure | undefined;
  /** Runs from QUIT on. */
  #farewell: Timer | undefined;
  /** Set by whoever logged in; a kept session needs it only once. */
  loggedIn: boolean = false;
  /** Set once the server answered EPSV with a 5xx: it is not asked again in this session. */
  epsvRefused: boolean = false;

  constructor(clock: Clock, link: Link) {
    this.#clock = clock;
    this.#connection = link.take(this.#context.socket);
  }

  /** The other end's address: the only one that data may come from. */
  get remoteAddress(): string {
    return plainAddress(this.#context.socket.remoteAddress);
  }

  get localAddress(): string {
    return plainAddress(this.#context.socket.localAddress);
  }

  /** Whether the server took the connection and has said nothing yet. */
  get awaitsBanner(): boolean {
    return this.#connected && this.#lastVerb === undefined;
  }

  /** Whether a next file may be asked for: open, and nothing said that nobody asked for (a 421, mostly). */
  get usable(): boolean {
    return this.#failure === undefined && this.#replies.length === 0;
  }

  connect(request: FileRequest): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#reject = reject;
      if (this.#failure !== undefined) return reject(this.#failure);
      const beganMs = this.#clock.now();
      this.#context.socket.connect(connectOptions(request.host, request.port, request.localAddress), () => {
        this.#connection.stands(1, () => {
          this.#connected = true;
          const ms = this.#clock.now() - beganMs;
          request.onConnected?.({ ms, tls: 'none', lookedUp: isIP(request.host) === 0 });
          resolve();
        });
      });
    });
  }

  /** Sends one command and waits for its first reply. */
  ask(command: string): Promise<FtpReply> {
    this.#lastVerb = command.slice(0, 4).trimEnd();
    if (this.#failure === undefined) this.#context.send(command);
    return this.reply();
  }

  /** The next reply, whichever it is. */
  reply(): Promise<FtpReply> {
    const reply = this.#replies.shift();
    if (reply !== undefined) return Promise.resolve(reply);
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  /**
   * Says goodbye and leaves the rest to the background: no caller waits for a 221. The server closes first,
   * so that TIME-WAIT is its own and phones by the thousand do not use up this machine's ports.
   */
  quit(): void {
    if (this.#failure !== undefined) return;
    this.#farewell = this.#clock.setTimeout(() => this.#context.close(), FAREWELL_MAX_MS);
    this.#context.send('QUIT');
  }

  /** Drops the connection without a word, as a phone does that lost its power. */
  fail(failure: FtpFailure): void {
    this.#context.closeWithError(failure);
  }

  #hear(response: Error | FTPResponse): void {
    if (response instanceof Error && !(response instanceof FTPError)) this.#end(response);
    else if (this.#resolve !== undefined) this.#answer(this.#resolve, response);
    else if (this.#replies.push(response) > UNREAD_REPLIES_MAX) {
      this.fail(new FtpFailure('PROTOCOL', 'more replies than commands'));
    }
  }

  #answer(resolve: (reply: FtpReply) => void, reply: FtpReply): void {
    this.#resolve = undefined;
    this.#reject = undefined;
    resolve(reply);
  }

  #end(error: Error): void {
    if (this.#farewell !== undefined) {
      this.#clock.clearTimeout(this.#farewell);
      return;
    }
    this.#failure = error instanceof FtpFailure ? error : failureOfSocket(error, this.#endedTooEarly(error));
    this.#resolve = undefined;
    this.#reject?.(this.#failure);
  }

  #endedTooEarly(error: NodeJS.ErrnoException) {
    // A door slammed at once is a reset before we see that it was open; a closed one is ECONNREFUSED.
    const connected = this.#connected || error.code === 'ECONNRESET';
    if (!connected) return { code: 'UNREACHABLE', detail: 'no connection' } as const;
    if (this.#lastVerb === undefined) {
      return { code: 'BUSY', detail: 'no banner', connection: 'no-banner' } as const;
    }
    const detail = `connection closed after ${this.#lastVerb}`;
    return { code: this.#lastVerb === 'RETR' ? 'TRUNCATED' : 'PROTOCOL', detail } as const;
  }
}

const REPLY_LINE_LENGTH_MAX = 4_096;

/** The library's context, with three of its habits changed. */
class ReplyContext extends FTPContext {
  #unfinishedLine = '';
  #greeted: boolean = false;
  readonly #hear: (response: Error | FTPResponse) => void;

  constructor(hear: (response: Error | FTPResponse) => void) {
    super();
    this.#hear = hear;
  }

  /** To one listener for the whole session: the library's tasks take a stack trace each. */
  protected override _passToHandler(response: Error | FTPResponse): void {
    this.#hear(response);
  }

  /** Hands on whole lines only: the library loses a reply that comes in two segments. */
  protected override _onControlSocketData(chunk: string): void {
    const text = this.#unfinishedLine + chunk;
    const end = text.lastIndexOf('\n') + 1;
    this.#unfinishedLine = text.slice(end);
    if (this.#unfinishedLine.length > REPLY_LINE_LENGTH_MAX) {
      this.closeWithError(
        new FtpFailure('PROTOCOL', `a line of more than ${REPLY_LINE_LENGTH_MAX} characters`),
      );
    } else if (end > 0) {
      if (!this.#greeted) this.#greet(text);
      super._onControlSocketData(text.slice(0, end));
    }
  }

  #greet(text: string): void {
    this.#greeted = true;
    if (/^\d{3}[ -]/.test(text)) return;
    const said = printable(text.slice(0, text.indexOf('\n')));
    this.closeWithError(new FtpFailure('PROTOCOL', `not an FTP server: "${said}"`));
  }

  /** Without the library's QUIT, which goes out on broken connections and after a power cut, too. */
  override _closeControlSocket(): void {
    this._closeSocket(this._socket);
  }
}
