import { once } from 'node:events';
import { connect, createServer } from 'node:net';
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

/** A file over a protocol, by way of a proxy. */
async function fetchBy(protocol: 'tftp' | 'ftp' | 'http', faults: Partial<ProxyFaults>) {
  const { pace, open } = doors[protocol];
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

const doors = {
  tftp: { pace: swift, open: () => tftpTransport({ clock: swift }) },
  ftp: { pace: clock, open: () => ftpTransport({ clock, mode: 'epsv', session: 'file' }) },
  http: { pace: clock, open: () => httpTransport({ clock, connection: 'file', retryAfter: 'ignore' }) },
};

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

test('where nobody listens the phone is reset, and the reason told', async () => {
  const gone = createServer().listen(0, HOST);
  await once(gone, 'listening');
  const address = gone.address();
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a port');
  await new Promise((closed) => gone.close(closed));
  const proxy = await proxyTo(address.port, 'http', {});
  const phone = connect(proxy.port, HOST);
  const [error] = await once(phone, 'error');
  expect(error).toMatchObject({ code: 'ECONNRESET' });
  expect(await proxy.ended()).toMatchObject({ result: 'ECONNREFUSED', toServerBytes: 0, toPhoneBytes: 0 });
});

test('a proxy that closes takes its connections with it', async () => {
  const quiet = createServer((socket) => socket.on('error', () => {}).resume()).listen(0, HOST);
  onTestFinished(() => void quiet.close());
  await once(quiet, 'listening');
  const address = quiet.address();
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a port');
  const proxy = await proxyTo(address.port, 'http', { latencyMs: 10_000 });
  const phone = connect(proxy.port, HOST);
  phone.write('GET /a.bin HTTP/1.1\r\n');
  await once(phone, 'connect');
  const reset = once(phone, 'error');
  await proxy.close();
  await reset;
});
