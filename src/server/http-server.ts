import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { Server as TlsServer } from 'node:tls';
import type { Clock } from '../clock/clock.ts';
import type { FileStore } from './file-store.ts';
import { decideHttpReply, type HttpReplyOptions } from './http-reply.ts';
import { sendHttpReply } from './http-send.ts';
import { listenTcp } from './listen-tcp.ts';
import { faultless } from './phone-faults.ts';
import { type ResetConnection, resetTcp, resetUnderTls } from './reset-connection.ts';
import { onPurpose, type RunningServer, type ServedRequestListener } from './served-request.ts';
import type { ServerFaults } from './server-faults.ts';

export interface HttpServerOptions {
  readonly store: FileStore;
  readonly clock: Clock;
  /** Address to listen on. */
  readonly listen: string;
  /** 0: a free one. */
  readonly port: number;
  /** PEM; with it the server speaks HTTPS. */
  readonly tls?: { readonly certificate: string; readonly key: string };
  /** Passwords by user name, asked for (Basic) only with `protect`. */
  readonly users?: ReadonlyMap<string, string>;
  readonly protect?: boolean;
  readonly onRequest?: ServedRequestListener;
  /** What goes wrong on purpose; nothing if not given. */
  readonly faults?: ServerFaults;
}

/** How long a connection may be idle between two files, as with nginx. */
const KEPT_IDLE_MAX_MS = 75_000;
/** How long a client may take none of the bytes. */
const STALLED_MAX_MS = 60_000;

/** Serves a tree for reading over HTTP or HTTPS. Rejects when the port or the certificate cannot be had. */
export async function startHttpServer(options: HttpServerOptions): Promise<RunningServer> {
  // Observed: phones put a control byte into their User-Agent. nginx takes it; Node does so only with its
  // lenient parser.
  const settings = { insecureHTTPParser: true, keepAliveTimeout: KEPT_IDLE_MAX_MS };
  const { tls, listen: host, port } = options;
  const server =
    tls === undefined
      ? createServer(settings)
      : createTlsServer({ ...settings, cert: tls.certificate, key: tls.key });
  server.setTimeout(STALLED_MAX_MS);
  const protocol = tls === undefined ? 'http' : 'https';
  const { store, users, protect = false, faults = faultless } = options;
  const serving: Serving = {
    options,
    deciding: { store, protocol, protect, faults, ...(users && { users }) },
    resetConnection: server instanceof TlsServer ? resetUnderTls(server) : resetTcp,
  };
  server.on('request', (request, response) => serve(serving, request, response));

  const listensOn = await listenTcp(server, { host, port, backlog: 1024 });
  return {
    port: listensOn,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Serving {
  readonly options: HttpServerOptions;
  readonly deciding: HttpReplyOptions;
  readonly resetConnection: ResetConnection;
}

function serve(serving: Serving, request: IncomingMessage, response: ServerResponse): void {
  const { options, deciding, resetConnection } = serving;
  const { clock, onRequest } = options;
  const startedAt = clock.now();
  const peer = `${request.socket.remoteAddress}:${request.socket.remotePort}`;
  const reply = decideHttpReply(request, deciding);
  const sent = { bytes: 0 };
  const send = () => sendHttpReply({ reply, request, response, clock, resetConnection, sent });
  if (reply.answer.latencyMs === 0) send();
  else withhold(reply.answer.latencyMs, { request, response, clock, send });
  if (onRequest === undefined) return;
  response.once('close', () => {
    const result = reply.status === 200 ? 'sent' : String(reply.status);
    onRequest({
      protocol: deciding.protocol,
      peer,
      path: request.url ?? '',
      result: response.writableFinished ? result : 'aborted',
      bytes: sent.bytes,
      ms: clock.now() - startedAt,
      ...onPurpose(reply.answer),
    });
  });
}

/** Says nothing for so long, or for good, and lets the connection stand meanwhile. */
function withhold(
  latencyMs: number,
  held: {
    readonly request: IncomingMessage;
    readonly response: ServerResponse;
    readonly clock: Clock;
    readonly send: () => void;
  },
): void {
  const { request, response, clock, send } = held;
  request.socket.setTimeout(0);
  if (latencyMs === Number.POSITIVE_INFINITY) return;
  const timer = clock.setTimeout(() => {
    request.socket.setTimeout(STALLED_MAX_MS);
    send();
  }, latencyMs);
  response.once('close', () => clock.clearTimeout(timer));
}
