import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, createSecureContext, type SecureContext, TLSSocket } from 'node:tls';
import type { TlsHandshake, TransferCode } from '../events/transfer-code.ts';
import { addressing } from './host-name.ts';
import type { Link } from './link.ts';
import { isLocalLimit } from './local-limit.ts';
import type { ConnectionMade, FileRequest, TlsSettings } from './transport.ts';

/** Why there is no connection, in the phone's words; the client hands it to the exchange that waits. */
export class SocketFailure extends Error {
  override readonly name = 'SocketFailure';
  readonly code: TransferCode;

  constructor(code: TransferCode, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.code = code;
  }
}

/**
 * Given to every connection that the phone ends: errors with stack traces of their own, as undici would make
 * them, cost as much as half a request.
 */
export const ENDED_BY_PHONE = new SocketFailure('ABORTED', 'ended by the phone');

/** How an attempt to connect ended. */
export type Connected = [error: Error, socket: null] | [error: null, socket: Socket];

/** As much as undici reads in one piece from a socket of its own. */
const READ_BYTES = 64 * 1024;

/**
 * The one socket a connection has at a time, from the phone's address to the server, and what was seen on it.
 */
export class HttpSocket {
  readonly #server: FileRequest;
  readonly #link: Link;
  #socket: Socket | undefined;
  #error: Error | undefined;
  /** The head of the next request, Latin-1. */
  head = '';
  #made: Omit<ConnectionMade, 'ms'> | undefined;
  /** Complete answers on this socket so far. After the first a server may close it at any moment. */
  answers = 0;

  constructor(server: FileRequest, link: Link) {
    this.#server = server;
    this.#link = link;
  }

  connect(connected: (...result: Connected) => void): void {
    const secure = this.#server.protocol === 'https';
    this.#error = undefined;
    this.answers = 0;
    let socket: Socket;
    try {
      socket = secure ? tlsSocketTo(this.#server) : connectTcp(addressOf(this.#server));
    } catch (error) {
      // Roots that are no PEM, a local address that is none.
      const cause = error instanceof Error ? error : new Error(String(error));
      connected(this.#whyNotMade(cause, secure ? 'tls' : 'tcp'), null);
      return;
    }
    const connection = this.#link.take(socket);
    let phase: 'tcp' | 'tls' | 'connected' = 'tcp';
    socket.once('connect', () => {
      if (secure) phase = 'tls';
    });
    socket.once(secure ? 'secureConnect' : 'connect', () => {
      connection.stands(roundTripsOf(socket), () => {
        phase = 'connected';
        this.#made = { tls: handshakeOf(socket), lookedUp: isIP(this.#server.host) === 0 };
        connected(null, socket);
      });
    });
    socket.on('error', (error) => {
      if (phase !== 'connected') connected(this.#whyNotMade(error, phase), null);
      // The system's errors and OpenSSL's; undici ends sockets with errors of its own.
      else if ('syscall' in error || 'library' in error) this.#error ??= error;
    });
    this.#socket = socket;
  }

  #whyNotMade(error: NodeJS.ErrnoException & { reason?: string }, phase: 'tcp' | 'tls'): SocketFailure {
    const code = error.code ?? '';
    const failure = (...[word, detail]: CodeAndDetail) => new SocketFailure(word, detail, { cause: error });
    if (isLocalLimit(error)) return failure('LOCAL_LIMIT', error.message || code);
    if (code === 'ETIMEDOUT') return failure('TIMEOUT', error.message || code);
    // Nobody listening is ECONNREFUSED. A connection that was taken and closed at once is heard of here or
    // when it stands, as it happens.
    if (closings.has(code)) return failure('BUSY', closedUnanswered(this.#server.protocol, 'handshake'));
    if (phase === 'tcp') return failure('UNREACHABLE', error.message || code);
    return failure('TLS', tlsDetail(error));
  }

  /**
   * What the system or OpenSSL said about this socket. undici takes a reset for the end of a body that has no
   * length; libuv does so, too, with a reset that comes together with the last bytes.
   */
  get error(): Error | undefined {
    return this.#error;
  }

  /** The connection that was made since this was last asked; it is told once. */
  takeMade(): Omit<ConnectionMade, 'ms'> | undefined {
    const made = this.#made;
    this.#made = undefined;
    return made;
  }

  get bytesRead(): number {
    return this.#socket?.bytesRead ?? 0;
  }

  get closedByServer(): boolean {
    return this.#error !== undefined || this.#socket?.readableEnded === true;
  }

  /** Ends an attempt to connect, too. */
  destroy(): void {
    this.#socket?.destroy();
  }
}

/** TCP's one, TLS 1.3's one, the two of earlier versions: RFC 8446 section 2, RFC 5246 section 7.3. */
function roundTripsOf(socket: Socket): number {
  if (!(socket instanceof TLSSocket)) return 1;
  return socket.getProtocol() === 'TLSv1.3' ? 2 : 3;
}

function handshakeOf(socket: Socket): TlsHandshake {
  if (!(socket instanceof TLSSocket)) return 'none';
  return socket.isSessionReused() ? 'resumed' : 'full';
}

function addressOf({ host, port, localAddress }: FileRequest) {
  return { host, port, highWaterMark: READ_BYTES, ...addressing(localAddress) };
}

function tlsSocketTo(server: FileRequest): Socket {
  const { host, tls = PLATFORM_ROOTS } = server;
  return connectTls({
    ...addressOf(server),
    // RFC 6066: a server name is a name; an address is compared with the certificate's IP entries all the
    // same.
    ...(isIP(host) === 0 ? { servername: host } : {}),
    secureContext: secureContextOf(tls),
    rejectUnauthorized: tls.verify === 'verify',
    ALPNProtocols: ['http/1.1'],
  });
}

const PLATFORM_ROOTS: TlsSettings = { ca: [], verify: 'verify' };
/** Reading the roots costs more than a handshake, and ten thousand phones have the same. */
const secureContexts = new WeakMap<TlsSettings, SecureContext>();

function secureContextOf(tls: TlsSettings): SecureContext {
  const known = secureContexts.get(tls);
  if (known !== undefined) return known;
  const context = createSecureContext({
    ...(tls.ca.length === 0 ? {} : { ca: [...tls.ca] }),
    ...(tls.client === undefined ? {} : { cert: tls.client.certificate, key: tls.client.key }),
  });
  secureContexts.set(tls, context);
  return context;
}

const closings: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE']);

/**
 * What is said of a connection that the server took and closed without a word. To plain HTTP on its port a
 * server that speaks TLS does so, too, and some do it to a version of TLS that they do not know.
 */
export function closedUnanswered(protocol: FileRequest['protocol'], phase: 'handshake' | 'asked'): string {
  const closed = 'the server closed the connection without an answer';
  if (protocol === 'http') return `${closed}, or it speaks TLS`;
  return phase === 'handshake' ? `${closed}, or it does not speak the TLS of the phone` : closed;
}

export type CodeAndDetail = readonly [code: TransferCode, detail: string];

/** Of an error on a connection that stands, where it tells more than that the connection is no more. */
export function whatSystemSaid(error: NodeJS.ErrnoException): CodeAndDetail | undefined {
  if (isLocalLimit(error)) return ['LOCAL_LIMIT', error.message];
  if (error.code !== 'ETIMEDOUT') return undefined;
  return ['TIMEOUT', 'the server no longer acknowledges (ETIMEDOUT)'];
}

/**
 * `self-signed certificate (DEPTH_ZERO_SELF_SIGNED_CERT)`: OpenSSL's own message would begin with an address
 * in memory, and Node's ends with advice about flags of Node.
 */
export function tlsDetail({ code, reason, message }: NodeJS.ErrnoException & { reason?: string }): string {
  return `TLS: ${reason ?? message.replace(/;.*/s, '')} (${code})`;
}
