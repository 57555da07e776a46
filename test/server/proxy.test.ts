import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { seededRandom } from '../../src/clock/random.ts';
import { SystemClock } from '../../src/clock/system-clock.ts';
import type { Protocol } from '../../src/provisioning/words.ts';
import { startEmbeddedServers } from '../../src/scenario/embedded-servers.ts';
import { memoryStore } from '../../src/server/file-store.ts';
import type { ProxyFaults } from '../../src/server/proxy/proxy-faults.ts';
import { type ProxiedSession, startProxy } from '../../src/server/proxy.ts';
import { ftpTransport } from '../../src/transport/ftp.ts';
import { httpTransport } from '../../src/transport/http.ts';
import { tftpTransport } from '../../src/transport/tftp.ts';
import { SwiftClock } from '../scenario/swift-clock.ts';
import { countedBytes, noSignal, receiveAll, tftpRequest } from '../transport/file-request.ts';

const HOST = '127.0.0.1';
const clock = new SystemClock();
const body = countedBytes(20_000);

/** A proxy in front of `port`, and what it tells of its connections. */
async function proxyTo(port: number, protocol: Protocol, faults: Partial<ProxyFaults>) {
  const told: ProxiedSession[] = [];
  let onTold = () => {};
  const proxy = await startProxy({
    protocol,
    server: { host: HOST, port },
    listen: HOST,
    port: 0,
    faults: { latencyMs: 0, jitterMs: 0, drop: 0, blackouts: [], ...faults },
    random: seededRandom('seed'),
    clock,
    startedMs: clock.now(),
    onEnd: (session) => {
      told.push(session);
      onTold();
    },
  });
  onTestFinished(() => proxy.close());
  const ended = async (): Promise<ProxiedSession> => {
    while (told[0] === undefined) {
      await new Promise<void>((resolve) => {
        onTold = resolve;
      });
    }
    return told[0];
  };
  return { ...proxy, ended };
}

/** A server that does one thing with whoever comes. */
async function serverThat(meets: (socket: Socket) => void) {
  const server = createServer((socket) => meets(socket.on('error', () => {}))).listen(0, HOST);
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a port');
  return { server, port: address.port };
}

/** What a phone hears of a server that does one thing with it, by way of a proxy. */
async function heardOf(
  protocol: Protocol,
  faults: Partial<ProxyFaults>,
  meets: (server: Socket, phone: Socket) => void,
) {
  const { port } = await serverThat((server) => meets(server, phone));
  const proxy = await proxyTo(port, protocol, faults);
  const phone = connect(proxy.port, HOST).on('error', () => {});
  phone.write('GET /a.bin HTTP/1.1\r\n\r\n');
  let heard = '';
  phone.setEncoding('latin1').on('data', (text) => {
    heard += text;
  });
  await new Promise((closed) => phone.once('close', closed));
  return { heard, proxy };
}

/** A file over a protocol, by way of a proxy. */
async function fetchBy(door: keyof typeof doors, faults: Partial<ProxyFaults>) {
  const { protocol, pace, open } = doors[door];
  const servers = await startEmbeddedServers({
    clock: pace,
    store: memoryStore({ 'a.bin': body }),
    listen: HOST,
    ports: { [protocol]: 0 },
  });
  onTestFinished(() => servers.close());
  const proxy = await proxyTo(servers.ports[protocol] ?? 0, protocol, faults);
  const transport = open();
  const startedMs = clock.now();
  const request = tftpRequest(proxy.port, { protocol, path: 'a.bin' });
  const received = await receiveAll(transport.fetch(request, noSignal()));
  const tookMs = clock.now() - startedMs;
  transport.close();
  return { isWhole: received.equals(body), tookMs, proxy };
}

/** What is lost over TFTP is sent again after seconds, by phone and server: a hundredth of them here. */
const swift = new SwiftClock(100);

const ftp = (mode: 'epsv' | 'port') => ({
  ...({ protocol: 'ftp', pace: clock } as const),
  open: () => ftpTransport({ clock, mode, session: 'file' }),
});
const doors = {
  tftp: { protocol: 'tftp', pace: swift, open: () => tftpTransport({ clock: swift }) },
  ftp: ftp('epsv'),
  'active ftp': ftp('port'),
  http: {
    ...({ protocol: 'http', pace: clock } as const),
    open: () => httpTransport({ clock, connection: 'file', retryAfter: 'ignore' }),
  },
} as const;

test('a server that is made slower by 50 ms is slower by 50 ms', async () => {
  const { isWhole, tookMs, proxy } = await fetchBy('http', { latencyMs: 50 });
  expect(isWhole).toBe(true);
  expect(tookMs).toBeGreaterThanOrEqual(50);
  expect(await proxy.ended()).toMatchObject({
    protocol: 'http',
    number: 1,
    result: 'passed',
    faults: ['latency'],
  });
});

test('a file comes whole over TFTP where one packet of five is lost', async () => {
  const { isWhole } = await fetchBy('tftp', { drop: 0.2 });
  expect(isWhole).toBe(true);
});

test('the data connections of FTP go through the proxy too, and are counted', async () => {
  const { isWhole, proxy } = await fetchBy('ftp', { jitterMs: 2 });
  expect(isWhole).toBe(true);
  const { toPhoneBytes, faults, result } = await proxy.ended();
  expect({ faults, result }).toEqual({ faults: ['jitter'], result: 'passed' });
  expect(toPhoneBytes).toBeGreaterThan(body.length);
});

test('nothing passes in a blackout, and all of it after', async () => {
  const { isWhole, tookMs, proxy } = await fetchBy('http', { blackouts: [{ atMs: 0, forMs: 300 }] });
  expect(isWhole).toBe(true);
  expect(tookMs).toBeGreaterThanOrEqual(200);
  expect((await proxy.ended()).faults).toEqual(['blackout']);
});

test('a file comes whole where a slow server opens the data connection', async () => {
  const { isWhole } = await fetchBy('active ftp', { latencyMs: 20 });
  expect(isWhole).toBe(true);
});

test('a slow server that answers and resets is heard before its reset', async () => {
  const answer = 'HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n';
  const { heard, proxy } = await heardOf('http', { latencyMs: 50 }, (server, phone) =>
    server.once('data', () => {
      // When this has come, the proxy has the answer.
      server.write(answer, () => phone.write('more'));
      server.once('data', () => server.resetAndDestroy());
    }),
  );
  expect(heard).toBe(answer);
  expect(await proxy.ended()).toMatchObject({ result: 'ECONNRESET', toPhoneBytes: answer.length });
});

const lastWords: [title: string, bytes: string][] = [
  ['without the end of its line', '421 Too many users\r\nbye'],
  ['longer than any line', `220 ${'x'.repeat(10_000)}`],
  ['of nothing', ''],
];
test.for(lastWords)('a dialogue of FTP passes to its last byte: %s', async ([, bytes]) => {
  const { heard } = await heardOf('ftp', { latencyMs: 5 }, (server) => server.resume().end(bytes));
  expect(heard).toBe(bytes);
});

test('a dialogue of FTP under TLS passes as it comes, line ends or not', async () => {
  // A record each way: a handshake, without a byte that ends a line.
  const [hello, helloBack] = [Buffer.from([0x16, 3, 1, 0, 1, 1]), Buffer.from([0x16, 3, 3, 0, 1, 2])];
  const { port } = await serverThat((server) =>
    server.once('data', () => {
      server.write('234 Go ahead.\r\n');
      server.once('data', (said) => server.write(Buffer.concat([said, helloBack])));
    }),
  );
  const proxy = await proxyTo(port, 'ftp', {});
  const phone = connect(proxy.port, HOST);
  phone.write('AUTH TLS\r\n');
  await once(phone, 'data');
  phone.write(hello);
  expect(await once(phone, 'data')).toEqual([Buffer.concat([hello, helloBack])]);
  phone.destroy();
});

test('where nobody listens the phone is reset, and the reason told', async () => {
  const { server, port } = await serverThat(() => {});
  await new Promise((closed) => server.close(closed));
  const proxy = await proxyTo(port, 'http', {});
  const phone = connect(proxy.port, HOST);
  const [error] = await once(phone, 'error');
  expect(error).toMatchObject({ code: 'ECONNRESET' });
  expect(await proxy.ended()).toMatchObject({ result: 'ECONNREFUSED', toServerBytes: 0, toPhoneBytes: 0 });
});

test('a proxy that closes takes its connections with it', async () => {
  const { port } = await serverThat((server) => server.resume());
  const proxy = await proxyTo(port, 'http', { latencyMs: 10_000 });
  const phone = connect(proxy.port, HOST);
  phone.write('GET /a.bin HTTP/1.1\r\n');
  await once(phone, 'connect');
  const reset = once(phone, 'error');
  await proxy.close();
  await reset;
});
