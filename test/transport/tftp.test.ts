import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SystemClock } from '../../src/clock/system-clock.ts';
import { memoryStore } from '../../src/server/file-store.ts';
import type { RunningServer } from '../../src/server/served-request.ts';
import { startTftpServer } from '../../src/server/tftp-server.ts';
import { tftpTransport } from '../../src/transport/tftp.ts';
import type { AskedOptions } from '../../src/transport/tftp-options.ts';
import { type TransferEvent, TransportError } from '../../src/transport/transport.ts';
import { countedBytes, noSignal, receiveAll, tftpRequest } from './file-request.ts';

const clock = new SystemClock();
const sizes = [0, 1, 511, 512, 513, 1024, 100_000];
const files = Object.fromEntries(sizes.map((size) => [`${size}.bin`, countedBytes(size)]));

let server: RunningServer;

beforeAll(async () => {
  const store = memoryStore({ ...files, 'folder/sub folder/Ünïcode.cfg': 'here' });
  server = await startTftpServer({
    store,
    clock,
    listen: '127.0.0.1',
    port: 0,
  });
});
afterAll(() => server.close());

const ways: [title: string, options: AskedOptions][] = [
  ['RFC 1350 alone', {}],
  ['blksize 1432', { blksize: 1432 }],
  ['blksize 8', { blksize: 8 }],
  ['windowsize 7', { windowsize: 7 }],
  ['every option at once', { blksize: 1024, windowsize: 16, tsize: true, timeoutS: 3 }],
];

describe.for(ways)('with %s', ([, options]) => {
  const transport = tftpTransport({ clock, ...options });
  afterAll(() => transport.close());

  test.for(sizes)('a file of %i bytes arrives byte for byte', async (size) => {
    const received = await receiveAll(
      transport.fetch(tftpRequest(server.port, { path: `${size}.bin` }), noSignal()),
    );
    expect(received.equals(countedBytes(size))).toBe(true);
  });
});

test('40 MB arrive byte for byte: the block number goes round', async () => {
  const bytes = countedBytes(40_000_000);
  const large = await startTftpServer({
    store: memoryStore({ big: bytes }),
    clock,
    listen: '127.0.0.1',
    port: 0,
  });
  const transport = tftpTransport({ clock });
  const received = await receiveAll(transport.fetch(tftpRequest(large.port, { path: 'big' }), noSignal()));
  transport.close();
  await large.close();
  expect(received.equals(bytes)).toBe(true);
});

test('four times round the block numbers in windows of small blocks', async () => {
  const bytes = countedBytes(8 * 4 * 65536 + 3);
  const large = await startTftpServer({
    store: memoryStore({ big: bytes }),
    clock,
    listen: '127.0.0.1',
    port: 0,
  });
  const transport = tftpTransport({ clock, blksize: 8, windowsize: 60 });
  const received = await receiveAll(transport.fetch(tftpRequest(large.port, { path: 'big' }), noSignal()));
  transport.close();
  await large.close();
  expect(received.equals(bytes)).toBe(true);
});

describe('one transport', () => {
  const transport = tftpTransport({ clock, tsize: true });
  afterAll(() => transport.close());

  test('a name with folders, a space and letters beyond ASCII', async () => {
    const request = tftpRequest(server.port, { path: 'folder/sub folder/Ünïcode.cfg' });
    expect((await receiveAll(transport.fetch(request, noSignal()))).toString()).toBe('here');
  });

  test('a hundred files at a time', async () => {
    const fetches = Array.from({ length: 100 }, () =>
      receiveAll(transport.fetch(tftpRequest(server.port, { path: '1024.bin' }), noSignal())),
    );
    const received = await Promise.all(fetches);
    expect(received.every((bytes) => bytes.equals(countedBytes(1024)))).toBe(true);
  });

  test('a new local port for each file, of the address asked for', async () => {
    const peers: string[] = [];
    const store = memoryStore(files);
    const watched = await startTftpServer({
      store,
      clock,
      listen: '127.0.0.1',
      port: 0,
      onRequest: ({ peer }) => peers.push(peer),
    });
    const request = tftpRequest(watched.port, { path: '1.bin', localAddress: '127.66.7.8' });
    for (let i = 0; i < 5; i++) await receiveAll(transport.fetch(request, noSignal()));
    await watched.close();
    expect(peers.map((peer) => peer.split(':')[0])).toEqual(Array(5).fill('127.66.7.8'));
    expect(new Set(peers).size).toBe(5);
  });

  test('says how large the file will be', async () => {
    const events: TransferEvent[] = [];
    const request = tftpRequest(server.port, { path: '513.bin', onEvent: (event) => events.push(event) });
    await receiveAll(transport.fetch(request, noSignal()));
    expect(events).toEqual([{ type: 'opened', sizeBytes: 513 }]);
  });

  test('a host by name', async () => {
    const request = tftpRequest(server.port, { host: 'localhost', path: '513.bin' });
    const ipv4 = await startTftpServer({ store: memoryStore(files), clock, listen: '::', port: 0 });
    const bytes = await receiveAll(transport.fetch({ ...request, port: ipv4.port }, noSignal()));
    await ipv4.close();
    expect(bytes).toEqual(countedBytes(513));
  });

  test('a file that is not there', async () => {
    const fetching = receiveAll(
      transport.fetch(tftpRequest(server.port, { path: 'nowhere.cfg' }), noSignal()),
    );
    await expect(fetching).rejects.toMatchObject({
      code: 'NOT_FOUND',
      detail: 'ERROR 1 "File not found"',
      message: `tftp://127.0.0.1:${server.port}/nowhere.cfg: ERROR 1 "File not found"`,
    });
  });

  test('a file that is announced larger than the limit is not begun', async () => {
    const limits = { sizeBytes: 99_999 };
    const request = tftpRequest(server.port, { path: '100000.bin', limits });
    const chunks: Uint8Array[] = [];
    const reading = (async () => {
      for await (const chunk of transport.fetch(request, noSignal())) chunks.push(chunk);
    })();
    await expect(reading).rejects.toMatchObject({ code: 'TOO_LARGE', detail: 'more than 99999 bytes' });
    expect(chunks).toEqual([]);
  });

  test('a file of exactly the limit', async () => {
    const request = tftpRequest(server.port, { path: '100000.bin', limits: { sizeBytes: 100_000 } });
    expect(await receiveAll(transport.fetch(request, noSignal()))).toHaveLength(100_000);
  });

  test('an unknown host', async () => {
    const request = tftpRequest(server.port, { host: 'no-such-host.invalid' });
    await expect(receiveAll(transport.fetch(request, noSignal()))).rejects.toMatchObject({
      code: 'UNREACHABLE',
      detail: 'unknown host no-such-host.invalid',
    });
  });

  test('a local address that is not ours', async () => {
    const request = tftpRequest(server.port, { path: '1.bin', localAddress: '192.0.2.1' });
    await expect(receiveAll(transport.fetch(request, noSignal()))).rejects.toMatchObject({
      code: 'LOCAL_LIMIT',
      detail: 'the system says EADDRNOTAVAIL',
    });
  });

  test("a local address of another family than the server's", async () => {
    const request = tftpRequest(server.port, { path: '1.bin', localAddress: '::1' });
    await expect(receiveAll(transport.fetch(request, noSignal()))).rejects.toMatchObject({
      code: 'LOCAL_LIMIT',
      detail: 'the system says EINVAL',
    });
  });

  test('a name that TFTP cannot carry', async () => {
    const request = tftpRequest(server.port, { path: 'a\0b' });
    await expect(receiveAll(transport.fetch(request, noSignal()))).rejects.toMatchObject({
      code: 'PROTOCOL',
      detail: 'the name holds a NUL byte, which TFTP cannot carry',
    });
  });

  test('nothing but TransportError leaves, with the request in it', async () => {
    const request = tftpRequest(server.port, { path: 'nowhere' });
    const failure: unknown = await receiveAll(transport.fetch(request, noSignal())).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(TransportError);
    expect(failure).toHaveProperty('request', request);
  });
});

test('over IPv6, also when the address is not written in its shortest form', async () => {
  const store = memoryStore({ a: 'over six' });
  const six = await startTftpServer({ store, clock, listen: '::1', port: 0 });
  const transport = tftpTransport({ clock });
  const request = tftpRequest(six.port, { host: '0:0:0:0:0:0:0:1', path: 'a' });
  const received = await receiveAll(transport.fetch(request, noSignal()));
  transport.close();
  await six.close();
  expect(received.toString()).toBe('over six');
});
