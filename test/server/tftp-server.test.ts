import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SystemClock } from '../../src/clock/system-clock.ts';
import { VirtualClock } from '../../src/clock/virtual-clock.ts';
import { directoryStore, type FileStore, memoryStore } from '../../src/server/file-store.ts';
import type { RunningServer, ServedRequest } from '../../src/server/served-request.ts';
import { startTftpServer } from '../../src/server/tftp-server.ts';
import { encodeReadRequest, type TftpPacket } from '../../src/transport/tftp-packet.ts';
import type { Sender } from '../../src/transport/udp-socket.ts';
import { countedBytes } from '../transport/file-request.ts';
import { UdpPeer } from '../transport/udp-peer.ts';

const FILE = countedBytes(1100);
const files = { '1230SIP.cfg': FILE, empty: '', 'folder/two-blocks': countedBytes(1024) };

let clock: VirtualClock;
let phone: UdpPeer;
let servers: RunningServer[];
let served: ServedRequest[];
let onServed: () => void;

beforeEach(async () => {
  clock = new VirtualClock(0);
  phone = await UdpPeer.open();
  servers = [];
  served = [];
  onServed = () => {};
});
afterEach(async () => {
  await phone.close();
  await Promise.all(servers.map((server) => server.close()));
});

async function serve(store: FileStore = memoryStore(files), listen = '127.0.0.1') {
  const onRequest = (request: ServedRequest) => {
    served.push(request);
    onServed();
  };
  const server = await startTftpServer({ store, clock, listen, port: 0, onRequest });
  servers.push(server);
  return server;
}

/** Resolves when the next request is told. */
function nextServed(): Promise<void> {
  return new Promise((resolve) => {
    onServed = resolve;
  });
}

function read(path: string, options: Readonly<Record<string, string>> = {}): Buffer {
  const packet = encodeReadRequest(path, new Map(Object.entries(options)));
  if (typeof packet === 'string') throw new Error(packet);
  return packet;
}

/** Sends a request, and gives the answer and where it came from. */
async function ask(packet: Buffer, server: RunningServer) {
  await phone.send(packet, { address: '127.0.0.1', port: server.port });
  return phone.next();
}

const MARK: TftpPacket = { type: 'error', code: 2, message: 'this server takes no files' };

/** Makes the server answer MARK after all that it has to say to what was sent to `transfer` before. */
async function mark(transfer: Sender, server: RunningServer): Promise<void> {
  const stranger = await UdpPeer.open();
  await stranger.acknowledge(1, transfer);
  await stranger.next();
  await stranger.close();
  const write = Buffer.from('\0\x02mark\0octet\0', 'latin1');
  await phone.send(write, { address: '127.0.0.1', port: server.port });
}

function data(block: number, payload: Uint8Array): TftpPacket {
  return { type: 'data', block, payload };
}

const peer = () => `127.0.0.1:${phone.port}`;

describe('a file, block by block', () => {
  test('each acknowledgement brings the next block, from a port of its own; told at the end', async () => {
    const server = await serve();
    const { packet, from } = await ask(read('1230SIP.cfg'), server);
    expect(packet).toEqual(data(1, FILE.subarray(0, 512)));
    expect(from.port).not.toBe(server.port);
    await phone.acknowledge(1, from);
    expect(await phone.next()).toEqual({
      packet: data(2, FILE.subarray(512, 1024)),
      from: expect.objectContaining(from),
    });
    await phone.acknowledge(2, from);
    expect(await phone.nextPacket()).toEqual(data(3, FILE.subarray(1024)));
    expect(served).toEqual([]);
    const told = nextServed();
    await phone.acknowledge(3, from);
    await told;
    expect(served).toEqual([
      { protocol: 'tftp', peer: peer(), path: '1230SIP.cfg', result: 'sent', bytes: 1100, ms: 0 },
    ]);
  });

  test('a file of whole blocks ends with an empty one', async () => {
    const { from } = await ask(read('folder/two-blocks'), await serve());
    await phone.acknowledge(1, from);
    await phone.next();
    await phone.acknowledge(2, from);
    expect(await phone.nextPacket()).toEqual(data(3, Buffer.alloc(0)));
  });

  test('an empty file is one empty block', async () => {
    expect((await ask(read('empty'), await serve())).packet).toEqual(data(1, Buffer.alloc(0)));
  });

  test('a leading slash is the root', async () => {
    expect((await ask(read('/empty'), await serve())).packet).toEqual(data(1, Buffer.alloc(0)));
  });
});

describe('options', () => {
  const cases: [title: string, asked: Record<string, string>, agreed: Record<string, string>][] = [
    ['blksize as asked', { blksize: '1432' }, { blksize: '1432' }],
    ['blksize at most 65464', { blksize: '70000' }, { blksize: '65464' }],
    ['the size of the file', { tsize: '0' }, { tsize: '1100' }],
    ['timeout as asked', { timeout: '255' }, { timeout: '255' }],
    ['a window as asked', { windowsize: '16' }, { windowsize: '16' }],
    ['a window at most as large as we send', { windowsize: '65535' }, { windowsize: '64' }],
    ['only what it knows', { rollover: '1', tsize: '0', multicast: '' }, { tsize: '1100' }],
    [
      'only what makes sense',
      { blksize: '7', windowsize: '0', timeout: '256', tsize: '0' },
      { tsize: '1100' },
    ],
    ['names in any case', { BLKSIZE: '600' }, { blksize: '600' }],
  ];

  test.for(cases)('agrees to %s', async ([, asked, agreed]) => {
    const { packet } = await ask(read('1230SIP.cfg', asked), await serve());
    expect(packet).toEqual({ type: 'agreement', options: new Map(Object.entries(agreed)) });
  });

  test('no option that makes sense: block 1 is the answer', async () => {
    const { packet } = await ask(read('1230SIP.cfg', { blksize: 'big', rollover: '0' }), await serve());
    expect(packet).toEqual(data(1, FILE.subarray(0, 512)));
  });

  test('the acknowledgement of the OACK brings block 1, of the size agreed', async () => {
    const { from } = await ask(read('1230SIP.cfg', { blksize: '1000' }), await serve());
    await phone.acknowledge(0, from);
    expect(await phone.nextPacket()).toEqual(data(1, FILE.subarray(0, 1000)));
  });

  test('a timeout of 3 s is the time after which a block is sent again', async () => {
    const { from } = await ask(read('1230SIP.cfg', { timeout: '3' }), await serve());
    await phone.acknowledge(0, from);
    await phone.next();
    await clock.runFor(2_999);
    expect(phone.received).toHaveLength(2);
    await clock.runFor(1);
    expect(await phone.nextPacket()).toEqual(data(1, FILE.subarray(0, 512)));
  });
});

describe('windows', () => {
  const block = (number: number) => data(number, FILE.subarray((number - 1) * 100, number * 100));

  async function beginWindow(server: RunningServer) {
    const { from } = await ask(read('1230SIP.cfg', { blksize: '100', windowsize: '4' }), server);
    await phone.acknowledge(0, from);
    for (let number = 1; number <= 4; number++) expect(await phone.nextPacket()).toEqual(block(number));
    return from;
  }

  const cases: [title: string, acknowledged: number[], next: number[]][] = [
    ['a whole window brings the next', [4], [5, 6, 7, 8]],
    ['a part of it brings the rest and more', [2], [3, 4, 5, 6]],
    ['a gap at its beginning brings it again, once', [0, 0], [1, 2, 3, 4]],
    ['a number from nowhere brings nothing', [9, 65535, 4], [5, 6, 7, 8]],
    ['the last one is short', [4, 8], [5, 6, 7, 8, 9, 10, 11, 12]],
  ];

  test.for(cases)('acknowledged: %s', async ([, acknowledged, next]) => {
    const server = await serve();
    const from = await beginWindow(server);
    for (const number of acknowledged) await phone.acknowledge(number, from);
    await mark(from, server);
    for (const number of next) expect(await phone.nextPacket()).toEqual(block(number));
    expect(await phone.nextPacket()).toEqual(MARK);
  });
});

describe('acknowledgements lost and doubled', () => {
  test('a silence of 1 s: the block again; six times in all, then the request is told as timed out', async () => {
    await ask(read('1230SIP.cfg'), await serve());
    await clock.runFor(60_000);
    for (let again = 1; again < 6; again++) await phone.next();
    expect(phone.received).toEqual(Array(6).fill(data(1, FILE.subarray(0, 512))));
    expect(served).toEqual([
      { protocol: 'tftp', peer: peer(), path: '1230SIP.cfg', result: 'timeout', bytes: 0, ms: 6_000 },
    ]);
    expect(clock.pendingTimers).toBe(0);
  });

  test("every acknowledgement twice: each block is sent once (no sorcerer's apprentice)", async () => {
    const server = await serve();
    const { from } = await ask(read('1230SIP.cfg'), server);
    for (const number of [1, 1, 2, 2, 2]) await phone.acknowledge(number, from);
    await mark(from, server);
    for (let received = 0; received < 3; received++) await phone.next();
    expect(phone.received).toEqual([
      data(1, FILE.subarray(0, 512)),
      data(2, FILE.subarray(512, 1024)),
      data(3, FILE.subarray(1024)),
      MARK,
    ]);
  });

  test('the request again: the same block again, from the same port, and one request told', async () => {
    const server = await serve();
    const first = await ask(read('1230SIP.cfg'), server);
    const second = await ask(read('1230SIP.cfg'), server);
    expect(second).toEqual(first);
    const told = nextServed();
    await phone.error(0, 'enough', first.from);
    await told;
    expect(served).toMatchObject([{ path: '1230SIP.cfg', result: 'aborted: ERROR 0 "enough"' }]);
  });

  test('another file from the same port: the first is ended', async () => {
    const server = await serve();
    await ask(read('1230SIP.cfg'), server);
    await phone.send(read('empty'), { address: '127.0.0.1', port: server.port });
    const answers = [await phone.nextPacket(), await phone.nextPacket()];
    expect(answers).toContainEqual(data(1, Buffer.alloc(0)));
    expect(answers).toContainEqual({
      type: 'error',
      code: 0,
      message: 'another file was asked for from the same port',
    });
    expect(served).toMatchObject([{ path: '1230SIP.cfg', result: 'aborted' }]);
  });

  test('a packet from another port gets ERROR 5 and changes nothing', async () => {
    const { from } = await ask(read('1230SIP.cfg'), await serve());
    const stranger = await UdpPeer.open();
    await stranger.acknowledge(1, from);
    expect(await stranger.nextPacket()).toEqual({
      type: 'error',
      code: 5,
      message: 'unknown transfer identifier',
    });
    await stranger.error(0, 'stop', from);
    await phone.acknowledge(1, from);
    expect(await phone.nextPacket()).toEqual(data(2, FILE.subarray(512, 1024)));
    await stranger.close();
  });
});

describe('what is not served', () => {
  const packets: [title: string, packet: Buffer, code: number, message: string, told: string | undefined][] =
    [
      ['a file that is not there', read('nowhere.cfg'), 1, 'File not found', 'ERROR 1'],
      ['a name that climbs out', read('../../etc/passwd'), 1, 'File not found', 'ERROR 1'],
      [
        'netascii',
        Buffer.from('\0\x01empty\0netascii\0', 'latin1'),
        0,
        'mode netascii is not served, only octet',
        'ERROR 0',
      ],
      [
        'a write request',
        Buffer.from('\0\x02new\0octet\0', 'latin1'),
        2,
        'this server takes no files',
        'ERROR 2',
      ],
      [
        'an acknowledgement to the listening port',
        Buffer.from([0, 4, 0, 1]),
        4,
        'expected a read request',
        undefined,
      ],
      [
        'a request without its end',
        Buffer.from('\0\x01empty\0oct', 'latin1'),
        4,
        'expected a read request',
        undefined,
      ],
      ['nothing', Buffer.alloc(0), 4, 'expected a read request', undefined],
    ];

  test.for(packets)('%s', async ([, packet, code, message, told]) => {
    const { packet: answer } = await ask(packet, await serve());
    expect(answer).toEqual({ type: 'error', code, message });
    expect(served.map(({ result }) => result)).toEqual(told === undefined ? [] : [told]);
  });

  test('an ERROR to the listening port is not answered', async () => {
    const server = await serve();
    await phone.error(0, 'is this port open?', { address: '127.0.0.1', port: server.port });
    expect((await ask(read('empty'), server)).packet).toEqual(data(1, Buffer.alloc(0)));
    expect(phone.received).toHaveLength(1);
  });
});

describe('a folder of the disk', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'deskphone-tftp-'));
    mkdirSync(join(folder, 'root'));
    writeFileSync(join(folder, 'secret'), 'secret');
    writeFileSync(join(folder, 'root', 'inside'), 'inside');
    symlinkSync(join(folder, 'secret'), join(folder, 'root', 'link-out'));
    symlinkSync('inside', join(folder, 'root', 'link-in'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const paths: [path: string, expected: TftpPacket][] = [
    ['inside', data(1, Buffer.from('inside'))],
    ['link-in', data(1, Buffer.from('inside'))],
    ['link-out', { type: 'error', code: 1, message: 'File not found' }],
    ['../secret', { type: 'error', code: 1, message: 'File not found' }],
    ['..\\secret', { type: 'error', code: 1, message: 'File not found' }],
    ['.', { type: 'error', code: 1, message: 'File not found' }],
  ];

  test.for(paths)('asked for %s', async ([path, expected]) => {
    expect((await ask(read(path), await serve(directoryStore(join(folder, 'root'))))).packet).toEqual(
      expected,
    );
  });
});

describe('a file that changes while it is sent', () => {
  const changing: [title: string, read: (offset: number, length: number) => Uint8Array][] = [
    ['becomes shorter', (offset, length) => FILE.subarray(offset, Math.min(offset + length, 600))],
    [
      'cannot be read any more',
      (offset, length) => {
        if (offset > 0) throw new Error('EIO');
        return FILE.subarray(offset, offset + length);
      },
    ],
  ];

  test.for(changing)(
    '%s: the phone is told, and gets no short block that looks like an end',
    async ([, read_]) => {
      const store: FileStore = { find: () => ({ sizeBytes: 1100, modifiedMs: 0, read: read_ }) };
      const { from } = await ask(read('any'), await serve(store));
      await phone.acknowledge(1, from);
      expect(await phone.nextPacket()).toEqual({
        type: 'error',
        code: 0,
        message: 'the file changed while it was sent',
      });
      expect(served).toMatchObject([{ result: 'aborted: the file changed', bytes: 512 }]);
    },
  );
});

describe('its life', () => {
  test('close ends running transfers with ERROR 0, tells them, and frees the port', async () => {
    const server = await serve();
    const { from } = await ask(read('1230SIP.cfg'), server);
    await phone.acknowledge(1, from);
    await phone.next();
    await server.close();
    servers = [];
    expect(await phone.nextPacket()).toEqual({ type: 'error', code: 0, message: 'the server is going down' });
    expect(served).toEqual([
      { protocol: 'tftp', peer: peer(), path: '1230SIP.cfg', result: 'aborted', bytes: 512, ms: 0 },
    ]);
    expect(clock.pendingTimers).toBe(0);
    const again = await startTftpServer({
      store: memoryStore({}),
      clock,
      listen: '127.0.0.1',
      port: server.port,
    });
    expect(again.port).toBe(server.port);
    await again.close();
  });

  test('a port that is taken is an error of the start', async () => {
    const { port } = await serve();
    const second = startTftpServer({
      store: memoryStore({}),
      clock: new SystemClock(),
      listen: '127.0.0.1',
      port,
    });
    await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
