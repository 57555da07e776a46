import type { Clock } from '../clock/clock.ts';
import { NonceCounts } from './http-authentication.ts';
import type { HttpClient, HttpConnection, HttpExchange } from './http-exchange.ts';
import { HttpFile } from './http-file.ts';
import { HttpSocket } from './http-socket.ts';
import { HttpWire } from './http-wire.ts';
import { httpsClient } from './https-client.ts';
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

interface ServerConnectionOptions {
  readonly server: FileRequest;
  readonly persistence: 'keep-alive' | 'close';
  readonly link: Link;
  readonly onDrop: () => void;
}

class HttpServerConnection implements HttpConnection {
  readonly socket: HttpSocket;
  readonly #server: FileRequest;
  readonly #client: HttpClient;
  readonly #onDrop: () => void;

  constructor({ server, persistence, link, onDrop }: ServerConnectionOptions) {
    this.#server = server;
    this.#onDrop = onDrop;
    this.socket = new HttpSocket(server, link);
    this.#client =
      server.protocol === 'https'
        ? httpsClient(this.socket, persistence)
        : new HttpWire(this.socket, persistence);
  }

  serves({ protocol, host, port, localAddress, tls }: FileRequest): boolean {
    const server = this.#server;
    return (
      !this.#client.busy &&
      server.host === host &&
      server.port === port &&
      server.protocol === protocol &&
      server.localAddress === localAddress &&
      server.tls?.verify === tls?.verify &&
      // A phone that has got its certificate shows it from then on.
      server.tls?.client?.certificate === tls?.client?.certificate
    );
  }

  send(exchange: HttpExchange): void {
    this.#client.send(exchange);
  }

  drop(): void {
    this.#onDrop();
    this.#client.destroy();
    this.socket.destroy();
  }
}
