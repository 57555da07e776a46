import { Client } from 'undici';
import type { Clock } from '../clock/clock.ts';
import { NonceCounts } from './http-authentication.ts';
import type { HttpConnection } from './http-exchange.ts';
import { HttpFile } from './http-file.ts';
import { HttpSocket, SocketFailure } from './http-socket.ts';
import { directLink, type Link } from './link.ts';
import type { FileRequest, Transport } from './transport.ts';

export interface HttpTransportOptions {
  readonly clock: Clock;
  /** One connection a server until `close`, or one a file (`Connection: close`). */
  readonly connection: 'check' | 'file';
  /** Nothing but the network if not given. */
  readonly link?: Link;
  /** What becomes of the Retry-After of a 503; honoured up to 60 s. */
  readonly retryAfter: 'ignore' | 'honour';
}

/**
 * HTTP and HTTPS as the phone speaks them: GET with `Host`, `User-Agent`, `Connection` and, when asked,
 * `Authorization`; no redirects, no cookies, no decompression. One transport is one check of one phone, which
 * fetches one file at a time.
 */
export function httpTransport(options: HttpTransportOptions): Transport {
  const { clock, retryAfter, link = directLink } = options;
  const persistence = options.connection === 'check' ? 'keep-alive' : 'close';
  const connections = new Set<HttpServerConnection>();
  const nonceCounts = new NonceCounts();

  function connectionFor(request: FileRequest): HttpConnection {
    for (const connection of connections) if (connection.serves(request)) return connection;
    const connection = new HttpServerConnection({
      server: request,
      persistence,
      link,
      onDrop: () => connections.delete(connection),
    });
    connections.add(connection);
    return connection;
  }

  return {
    fetch(request, signal) {
      const connect = () => connectionFor(request);
      return new HttpFile({ clock, request, signal, connect, persistence, retryAfter, nonceCounts }).chunks;
    },
    close() {
      for (const connection of connections) connection.drop();
    },
  };
}

/** undici is told no true origin: `HttpSocket` knows where to connect, and sends the head. */
const ORIGIN = new URL('http://phone.invalid');
/**
 * undici closes an idle connection by itself; a phone that writes its image for minutes keeps it until the
 * server ends it.
 */
const KEPT_IDLE_MAX_MS = 600_000;
/**
 * Given to every connection that ends: undici would make errors with stack traces, which cost as much as half
 * a request.
 */
const DROPPED = new SocketFailure('ABORTED', 'ended by the phone');

interface ServerConnectionOptions {
  readonly server: FileRequest;
  readonly persistence: 'keep-alive' | 'close';
  readonly link: Link;
  readonly onDrop: () => void;
}

class HttpServerConnection implements HttpConnection {
  readonly socket: HttpSocket;
  readonly #server: FileRequest;
  readonly #client: Client;
  readonly #reset: boolean;
  readonly #onDrop: () => void;

  constructor({ server, persistence, link, onDrop }: ServerConnectionOptions) {
    this.#server = server;
    this.#reset = persistence === 'close';
    this.#onDrop = onDrop;
    this.socket = new HttpSocket(server, link);
    this.#client = new Client(ORIGIN, {
      connect: this.socket.connect,
      // The limits are the phone's own and run by its clock.
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: KEPT_IDLE_MAX_MS,
      keepAliveMaxTimeout: KEPT_IDLE_MAX_MS,
      keepAliveTimeoutThreshold: 0,
    });
  }

  serves({ protocol, host, port, localAddress, tls }: FileRequest): boolean {
    const server = this.#server;
    return (
      server.host === host &&
      server.port === port &&
      server.protocol === protocol &&
      server.localAddress === localAddress &&
      server.tls?.verify === tls?.verify &&
      // A phone that has got its certificate shows it from then on.
      server.tls?.client?.certificate === tls?.client?.certificate
    );
  }

  send(target: string, exchange: Parameters<Client['dispatch']>[1]): void {
    this.#client.dispatch({ method: 'GET', path: target, reset: this.#reset }, exchange);
  }

  drop(): void {
    this.#onDrop();
    void this.#client.destroy(DROPPED);
    this.socket.destroy();
  }
}
