import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';

/** What the server does with the n-th request (from 1, over all connections). Nothing: it stays silent. */
export type Script = (socket: Socket, n: number, head: string) => void;

/** A server that says whatever a test wants and keeps what it heard, byte for byte as Latin-1. */
export interface RawHttpServer {
  readonly port: number;
  readonly heads: string[];
  readonly connections: Socket[];
  close(): Promise<void>;
}

export async function rawHttpServer(
  script: Script,
  { host = '127.0.0.1', tls }: { host?: string; tls?: TlsOptions } = {},
): Promise<RawHttpServer> {
  const heads: string[] = [];
  const connections: Socket[] = [];
  const serve = (socket: Socket) => {
    connections.push(socket);
    let heard = '';
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      heard += bytes.toString('latin1');
      for (let end = heard.indexOf('\r\n\r\n'); end >= 0; end = heard.indexOf('\r\n\r\n')) {
        const head = heard.slice(0, end + 4);
        heard = heard.slice(end + 4);
        heads.push(head);
        script(socket, heads.length, head);
      }
    });
  };
  const server: Server = tls === undefined ? createServer(serve) : createTlsServer(tls, serve);
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a port');
  return {
    port: address.port,
    heads,
    connections,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** An answer with a body and its length. */
export function answer(status: number, body = '', headers: readonly string[] = []): string {
  return [`HTTP/1.1 ${status} Whatever`, ...headers, `Content-Length: ${body.length}`, '', body].join('\r\n');
}
