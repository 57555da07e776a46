import dgram from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { Clock } from '../../src/clock/clock.ts';
import { seededRandom } from '../../src/clock/random.ts';
import { SystemClock } from '../../src/clock/system-clock.ts';
import { makeSelfSignedCertificate } from '../../src/device/sign.ts';
import type { Protocol } from '../../src/provisioning/words.ts';
import type { FileStore } from '../../src/server/file-store.ts';
import { startFtpServer } from '../../src/server/ftp-server.ts';
import { startHttpServer } from '../../src/server/http-server.ts';
import { loopbackTransport } from '../../src/server/loopback.ts';
import { startProxy } from '../../src/server/proxy.ts';
import type { RunningServer, ServedRequest } from '../../src/server/served-request.ts';
import { startTftpServer } from '../../src/server/tftp-server.ts';
import { ftpTransport } from '../../src/transport/ftp.ts';
import { httpTransport } from '../../src/transport/http.ts';
import { directLink, type Link, SlowLink } from '../../src/transport/link.ts';
import { tftpTransport } from '../../src/transport/tftp.ts';
import type { TlsSettings, Transport } from '../../src/transport/transport.ts';

/** One way to a tree of files, with a real server behind it, and the places where there is none. */
export interface Door {
  readonly protocol: Protocol;
  readonly transport: Transport;
  readonly port: number;
  /** Nobody listens there. */
  readonly closedPort: number;
  /** Somebody listens there and never says a word. */
  readonly silentPort: number;
  readonly tls?: TlsSettings;
  /** The server's own word on a file sent once; it may come after the file. The loopback never tells. */
  told(path: string): Promise<ServedRequest>;
  close(): Promise<void>;
}

type OpenDoor = (clock: Clock, store: FileStore) => Promise<Door>;

/** Doors with sockets. */
export const networkDoors: readonly [name: string, open: OpenDoor][] = [
  ['tftp', tftpDoor],
  [
    'tftp, all options',
    (clock, store) => overUdp(tftpWithOptions(clock), (seen) => startTftpServer({ ...seen, clock, store })),
  ],
  ['ftp', ftp({ mode: 'epsv', session: 'file' })],
  ['ftp, one session a check', ftp({ mode: 'pasv', session: 'check' })],
  ['ftp, active', ftp({ mode: 'port', session: 'file' })],
  ['http', http('http', 'check')],
  ['http, one connection a file', http('http', 'file')],
  ['https', http('https', 'check')],
  ['tftp, through a proxy', proxied('tftp', tftpDoor)],
  ['ftp, through a proxy', proxied('ftp', ftp({ mode: 'epsv', session: 'file' }))],
  ['ftp with PASV, through a proxy', proxied('ftp', ftp({ mode: 'pasv', session: 'check' }))],
  ['ftp, active, through a proxy', proxied('ftp', ftp({ mode: 'port', session: 'file' }))],
  ['http, through a proxy', proxied('http', http('http', 'check'))],
  ['tftp, over a link', (clock, store) => tftpDoor(clock, store, slowLink(clock))],
  ['ftp, over a link', ftp({ mode: 'epsv', session: 'file' }, slowLink)],
  ['ftp, active, over a link', ftp({ mode: 'port', session: 'check' }, slowLink)],
  ['http, over a link', http('http', 'check', slowLink)],
  ['https, over a link', http('https', 'file', slowLink)],
];

/** Every door there is, by name. */
export const doors: readonly [name: string, open: OpenDoor][] = [
  ...networkDoors,
  ['loopback as tftp', loopback('tftp')],
  ['loopback as ftp', loopback('ftp')],
  ['loopback as http', loopback('http')],
];

/** Where a server listens and whom it tells. */
interface Seen {
  readonly listen: string;
  readonly port: number;
  readonly onRequest: (request: ServedRequest) => void;
}

type OpenLink = (clock: Clock) => Link;

function slowLink(clock: Clock): Link {
  return new SlowLink({ rttMs: 1, jitterMs: 0.5 }, clock, seededRandom('contract'));
}

function tftpDoor(clock: Clock, store: FileStore, link: Link = directLink): Promise<Door> {
  return overUdp(tftpTransport({ clock, link }), (seen) => startTftpServer({ ...seen, clock, store }));
}

/** A proxy that does nothing wrong is not noticed. */
function proxied(protocol: Protocol, openDoor: OpenDoor): OpenDoor {
  return async (clock, store) => {
    const door = await openDoor(clock, store);
    const proxy = await startProxy({
      protocol,
      server: { host: '127.0.0.1', port: door.port },
      listen: '127.0.0.1',
      port: 0,
      faults: { latencyMs: 0, jitterMs: 0, drop: 0, blackouts: [] },
      random: seededRandom('contract'),
      clock: new SystemClock(),
      startedMs: 0,
    });
    return {
      ...door,
      port: proxy.port,
      close: async () => {
        await proxy.close();
        await door.close();
      },
    };
  };
}

function tftpWithOptions(clock: Clock): Transport {
  return tftpTransport({ clock, blksize: 1_400, windowsize: 8, tsize: true });
}

async function overUdp(transport: Transport, start: (seen: Seen) => Promise<RunningServer>): Promise<Door> {
  const silent = dgram.createSocket('udp4').bind(0, '127.0.0.1');
  const closed = dgram.createSocket('udp4').bind(0, '127.0.0.1');
  await Promise.all([once(silent, 'listening'), once(closed, 'listening')]);
  const closedPort = closed.address().port;
  await new Promise<void>((resolve) => closed.close(resolve));
  const door = await open('tftp', transport, start);
  return {
    ...door,
    closedPort,
    silentPort: silent.address().port,
    close: async () => {
      await new Promise<void>((resolve) => silent.close(resolve));
      await door.close();
    },
  };
}

function ftp(
  options: Omit<Parameters<typeof ftpTransport>[0], 'clock'>,
  openLink: OpenLink = () => directLink,
): OpenDoor {
  return (clock, store) =>
    overTcp('ftp', ftpTransport({ clock, link: openLink(clock), ...options }), (seen) =>
      startFtpServer({ ...seen, clock, store, users: new Map(), anonymous: 'allowed' }),
    );
}

function http(
  protocol: 'http' | 'https',
  connection: 'check' | 'file',
  openLink: OpenLink = () => directLink,
): OpenDoor {
  return async (clock, store) => {
    const transport = httpTransport({ clock, link: openLink(clock), connection, retryAfter: 'ignore' });
    if (protocol === 'http') {
      return overTcp('http', transport, (seen) => startHttpServer({ ...seen, clock, store }));
    }
    const tls = makeSelfSignedCertificate({
      commonName: 'localhost',
      addresses: ['127.0.0.1'],
      notBefore: clock.now() - 86_400_000,
      days: 2,
    });
    const door = await overTcp('https', transport, (seen) => startHttpServer({ ...seen, clock, store, tls }));
    return { ...door, tls: { ca: [tls.certificate], verify: 'verify' } };
  };
}

async function overTcp(
  protocol: Protocol,
  transport: Transport,
  start: (seen: Seen) => Promise<RunningServer>,
): Promise<Door> {
  const visitors = new Set<Socket>();
  const silent = createServer((socket) => {
    visitors.add(socket);
    socket.on('error', () => {});
    socket.resume();
  });
  const closed = createServer();
  const [silentPort, closedPort] = await Promise.all([listen(silent), listen(closed)]);
  await new Promise((resolve) => closed.close(resolve));
  const door = await open(protocol, transport, start);
  return {
    ...door,
    silentPort,
    closedPort,
    close: async () => {
      for (const socket of visitors) socket.destroy();
      await new Promise((resolve) => silent.close(resolve));
      await door.close();
    },
  };
}

async function open(protocol: Protocol, transport: Transport, start: (seen: Seen) => Promise<RunningServer>) {
  const requests: ServedRequest[] = [];
  let onTold = () => {};
  const onRequest = (request: ServedRequest) => {
    requests.push(request);
    onTold();
  };
  const server = await start({ listen: '127.0.0.1', port: 0, onRequest });
  return {
    protocol,
    transport,
    port: server.port,
    told: async (path: string) => {
      for (;;) {
        const request = requests.find((told) => told.path.endsWith(path));
        if (request !== undefined) return request;
        await new Promise<void>((resolve) => {
          onTold = resolve;
        });
      }
    },
    close: async () => {
      transport.close();
      await server.close();
    },
  };
}

function loopback(protocol: Protocol): OpenDoor {
  const [port, closedPort, silentPort] = [21, 1, 2];
  return async (clock, store) => ({
    protocol,
    transport: loopbackTransport({
      clock,
      store,
      serverAt: (request) => {
        if (request.host.endsWith('.invalid')) return 'unknown-host';
        if (request.port === closedPort) return 'refusing';
        return request.port === silentPort ? 'silent' : 'serving';
      },
    }),
    port,
    closedPort,
    silentPort,
    told: () => Promise.reject(new Error('The loopback has no server that could tell')),
    close: async () => {},
  });
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a port');
  return address.port;
}
