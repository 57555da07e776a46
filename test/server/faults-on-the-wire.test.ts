import { describe, expect, onTestFinished, test } from 'vitest';
import type { Clock } from '../../src/clock/clock.ts';
import { SystemClock } from '../../src/clock/system-clock.ts';
import { VirtualClock } from '../../src/clock/virtual-clock.ts';
import { startEmbeddedServers } from '../../src/scenario/embedded-servers.ts';
import type { FaultRule } from '../../src/server/faults.schema.ts';
import { type FileStore, memoryStore } from '../../src/server/file-store.ts';
import type { ServedRequest } from '../../src/server/served-request.ts';
import { tftpTransport } from '../../src/transport/tftp.ts';
import { encodeReadRequest } from '../../src/transport/tftp-packet.ts';
import { TransportError } from '../../src/transport/transport.ts';
import { SwiftClock } from '../scenario/swift-clock.ts';
import { countedBytes, noSignal, tftpRequest } from '../transport/file-request.ts';
import { UdpPeer } from '../transport/udp-peer.ts';
import { FtpDialogue } from './ftp-dialogue.ts';

// What the phone's own doors do not show: other clients, and what becomes of the server.

const whole = countedBytes(10_000);
const all = { match: '**' } as const;

interface Spoilt {
  readonly rules: readonly FaultRule[];
  readonly store?: FileStore;
  readonly clock?: Clock;
}

async function serve({ rules, store = memoryStore({ 'a.bin': whole }), clock = new SystemClock() }: Spoilt) {
  const served: ServedRequest[] = [];
  const servers = await startEmbeddedServers({
    clock,
    store,
    listen: '127.0.0.1',
    ports: { tftp: 0, ftp: 0, http: 0 },
    faults: { seed: '1', rules },
    onRequest: (request) => served.push(request),
  });
  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= servers.close();
    return closed;
  };
  onTestFinished(close);
  const { tftp = 0, ftp = 0, http = 0 } = servers.ports;
  return { tftp, ftp, http, served, close };
}

describe('TFTP with blocks of 1,400 bytes, eight in a window', () => {
  const fetchUnder = async (rule: FaultRule) => {
    const { tftp } = await serve({ rules: [rule] });
    // A window that breaks off is acknowledged after a second: a tenth of one, here.
    const clock = new SwiftClock(10);
    const transport = tftpTransport({ clock, blksize: 1_400, windowsize: 8, tsize: true });
    const chunks: Uint8Array[] = [];
    try {
      const request = tftpRequest(tftp, { path: 'a.bin', limits: { totalMs: 3_000 } });
      for await (const chunk of transport.fetch(request, noSignal())) chunks.push(chunk);
      return ['whole', Buffer.concat(chunks).equals(whole)];
    } catch (error) {
      if (!(error instanceof TransportError)) throw error;
      return [error.code, Buffer.concat(chunks).length];
    } finally {
      transport.close();
    }
  };

  const cases: [rule: FaultRule, end: string, bytes: number | boolean][] = [
    [{ ...all, fault: 'truncate', afterBytes: 3_000 }, 'TRUNCATED', 2_800],
    [{ ...all, fault: 'truncate', afterBytes: 9_999 }, 'TRUNCATED', 9_800],
    [{ ...all, fault: 'truncate', afterBytes: 10_000 }, 'whole', true],
    // Agreed on, then gone before the first block.
    [{ ...all, fault: 'truncate', afterBytes: 1_000 }, 'PROTOCOL', 0],
    [{ ...all, fault: 'stall', afterBytes: 3_000 }, 'TIMEOUT', 2_800],
    [{ ...all, fault: 'reset', afterBytes: 3_000 }, 'TIMEOUT', 2_800],
    [{ ...all, fault: 'bandwidth', bytesPerSecond: 200_000 }, 'whole', true],
    [{ ...all, fault: 'bandwidth', bytesPerSecond: 1_024 }, 'TIMEOUT', 0],
  ];
  test.concurrent.for(cases)('%o', async ([rule, end, bytes]) => {
    expect(await fetchUnder(rule)).toEqual([end, bytes]);
  });
});

test('TFTP: a slow block comes when its last byte is due, and no repeated request hastens it', async () => {
  const clock = new VirtualClock(0);
  const { tftp } = await serve({
    rules: [{ ...all, fault: 'bandwidth', bytesPerSecond: 1_024 }],
    clock,
  });
  const phone = await UdpPeer.open();
  onTestFinished(() => phone.close());
  const request = encodeReadRequest('a.bin', new Map());
  if (typeof request === 'string') throw new Error(request);
  const server = { address: '127.0.0.1', port: tftp };
  await phone.send(request, server);
  await phone.send(request, server);
  // An answer to what came after says that both were read.
  await phone.send(Buffer.from([0, 4, 0, 0]), server);
  expect((await phone.next()).packet).toMatchObject({ type: 'error', code: 4 });
  await clock.runFor(499);
  const due = phone.next();
  await clock.runFor(1);
  const { packet, from } = await due;
  expect([clock.now(), packet]).toMatchObject([500, { type: 'data', block: 1 }]);
  await phone.acknowledge(1, from);
});

describe('a server that goes down', () => {
  test('leaves nobody waiting for an answer that was put off', async () => {
    const { tftp, ftp, http, close, served } = await serve({
      rules: [{ ...all, fault: 'latency', ms: 3_600_000 }],
    });
    const phone = await UdpPeer.open();
    onTestFinished(() => phone.close());
    const request = encodeReadRequest('a.bin', new Map());
    if (typeof request === 'string') throw new Error(request);
    await phone.send(request, { address: '127.0.0.1', port: tftp });
    await phone.send(Buffer.from([0, 4, 0, 0]), { address: '127.0.0.1', port: tftp });
    await phone.next();
    const dialogue = await FtpDialogue.loggedIn(ftp);
    await dialogue.data();
    const retrieved = dialogue.say('RETR a.bin');
    const fetched = fetch(`http://127.0.0.1:${http}/a.bin`).then(
      () => 'answered',
      () => 'broken off',
    );
    // Both are under way when a second session, opened after them, was greeted.
    await FtpDialogue.loggedIn(ftp);
    await fetch(`http://127.0.0.1:${http}/`, { method: 'POST' });
    await close();
    expect([await retrieved, await fetched]).toEqual(['421 Server is shutting down.', 'broken off']);
    expect(served.filter(({ path }) => path.endsWith('a.bin')).map(({ result }) => result)).toContain(
      'aborted',
    );
  });
});

test('FTP: 421 ends the session, any other reply does not', async () => {
  const { ftp } = await serve({
    rules: [
      { match: 'busy', fault: 'status', status: 503 },
      { match: 'ill', fault: 'status', status: 500 },
    ],
  });
  const dialogue = await FtpDialogue.loggedIn(ftp);
  expect(await dialogue.say('RETR ill')).toBe('450 Requested action not taken.');
  expect(await dialogue.say('NOOP')).toBe('200 OK.');
  expect(await dialogue.say('RETR busy')).toBe('421 Service not available.');
  expect(await dialogue.reply()).toBe('');
});

test('HTTP: a status of its own has its name, and one without a name is said all the same', async () => {
  const { http } = await serve({
    rules: [
      { match: 'busy', fault: 'status', status: 503 },
      { match: 'odd', fault: 'status', status: 599 },
    ],
  });
  const said = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${http}/${path}`);
    return [response.status, await response.text()];
  };
  expect(await said('busy')).toEqual([503, '503 Service Unavailable\n']);
  expect(await said('odd')).toEqual([599, '599 Unknown\n']);
});

test('a tree that cannot be read is refused, and the server goes on', async () => {
  const denied = Object.assign(new Error('EACCES'), { code: 'EACCES' });
  const store: FileStore = {
    find: (path) => {
      throw path.includes('denied') ? denied : new Error('EIO');
    },
  };
  const { tftp, ftp, http } = await serve({ rules: [], store });
  const transport = tftpTransport({ clock: new SystemClock() });
  const overTftp = (path: string) =>
    transport
      .fetch(tftpRequest(tftp, { path }), noSignal())
      [Symbol.asyncIterator]()
      .next()
      .catch((error) => error.detail);
  const dialogue = await FtpDialogue.loggedIn(ftp);
  const overHttp = async (path: string) => (await fetch(`http://127.0.0.1:${http}/${path}`)).status;
  expect([
    await overTftp('denied'),
    await overTftp('ill'),
    await dialogue.say('RETR denied'),
    await dialogue.say('RETR ill'),
    await overHttp('denied'),
    await overHttp('ill'),
  ]).toEqual([
    'ERROR 2 "Access violation"',
    'ERROR 0 "Not defined"',
    '550 No such file.',
    '451 The file could not be read.',
    403,
    500,
  ]);
  transport.close();
});
