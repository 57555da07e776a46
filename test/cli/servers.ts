import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { SystemClock } from '../../src/clock/system-clock.ts';
import type { Protocol } from '../../src/provisioning/words.ts';
import { type EmbeddedServers, startEmbeddedServers } from '../../src/scenario/embedded-servers.ts';
import { memoryStore } from '../../src/server/file-store.ts';

// Servers that phones of other processes ask. Each is gone after its test.

const HOST = '127.0.0.1';

/** Our own servers of a tree that is held in memory, on free ports. */
export async function serveTree(
  files: Readonly<Record<string, Uint8Array | string>>,
): Promise<Readonly<Record<'tftp' | 'ftp' | 'http', string>>> {
  const servers: EmbeddedServers = await startEmbeddedServers({
    clock: new SystemClock(),
    store: memoryStore(files),
    listen: HOST,
    ports: { tftp: 0, ftp: 0, http: 0 },
  });
  onTestFinished(() => servers.close());
  const url = (protocol: Protocol) => `${protocol}://${HOST}:${servers.ports[protocol]}`;
  return { tftp: url('tftp'), ftp: url('ftp'), http: url('http') };
}

/** An HTTP server that answers as it is told, by what is asked for and how often it was. */
export async function answerHttp(
  answer: (path: string, nth: number) => readonly [status: number, body: string],
): Promise<string> {
  const asked = new Map<string, number>();
  const server = createServer((request: IncomingMessage, response) => {
    const path = request.url ?? '';
    const nth = (asked.get(path) ?? 0) + 1;
    asked.set(path, nth);
    const [status, body] = answer(path, nth);
    response.writeHead(status).end(body);
  });
  server.listen(0, HOST);
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://${HOST}:${portOf(server.address())}`;
}

/** Servers that take what they are sent and never say a word. */
export async function stayQuiet(): Promise<Readonly<Record<'tftp' | 'ftp' | 'http', string>>> {
  const udp = createSocket('udp4');
  udp.bind(0, HOST);
  const sockets = new Set<Socket>();
  const tcp = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).resume();
  });
  tcp.listen(0, HOST);
  await Promise.all([once(udp, 'listening'), once(tcp, 'listening')]);
  onTestFinished(() => {
    udp.close();
    for (const socket of sockets) socket.destroy();
    tcp.close();
  });
  const port = portOf(tcp.address());
  return {
    tftp: `tftp://${HOST}:${udp.address().port}`,
    ftp: `ftp://${HOST}:${port}`,
    http: `http://${HOST}:${port}`,
  };
}

/** A port of the loopback at which nothing listens: one that was free a moment ago. */
export async function unusedPort(): Promise<number> {
  const server = createTcpServer().listen(0, HOST);
  await once(server, 'listening');
  const port = portOf(server.address());
  server.close();
  await once(server, 'close');
  return port;
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('A server on a port has one');
  return address.port;
}
