import { Client } from 'undici';
import type { HttpClient } from './http-exchange.ts';
import { ENDED_BY_PHONE, type HttpSocket } from './http-socket.ts';

/**
 * undici is told neither a true origin nor a true path: `HttpSocket` knows where to connect, and each request
 * brings its own head.
 */
const ORIGIN = new URL('http://phone.invalid');
/**
 * undici closes an idle connection by itself; a phone that writes its image for minutes keeps it until the
 * server ends it.
 */
const KEPT_IDLE_MAX_MS = 600_000;

/** GET over TLS, by undici, with our own heads on our own socket. */
export function httpsClient(socket: HttpSocket, persistence: 'keep-alive' | 'close'): HttpClient {
  const client = new Client(ORIGIN, {
    connect: (_options, connected) =>
      socket.connect((...result) => {
        const [, connection] = result;
        if (connection !== null) {
          // undici puts its own headers first, in lower case, and refuses the junk byte that phones were seen
          // to send; it writes each head in one piece, so ours is sent in its place.
          const { write } = connection;
          connection.write = () => write.call(connection, socket.head, 'latin1');
        }
        connected(...result);
      }),
    // The limits are the phone's own and run by its clock.
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: KEPT_IDLE_MAX_MS,
    keepAliveMaxTimeout: KEPT_IDLE_MAX_MS,
    keepAliveTimeoutThreshold: 0,
  });
  return {
    // undici sends one after the other.
    busy: false,
    send: (exchange) => {
      client.dispatch({ method: 'GET', path: '/', reset: persistence === 'close' }, exchange);
    },
    destroy: () => void client.destroy(ENDED_BY_PHONE),
  };
}
