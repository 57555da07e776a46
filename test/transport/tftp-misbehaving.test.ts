import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SystemClock } from '../../src/clock/system-clock.ts';
import { VirtualClock } from '../../src/clock/virtual-clock.ts';
import { tftpTransport } from '../../src/transport/tftp.ts';
import type { AskedOptions } from '../../src/transport/tftp-options.ts';
import { encodeReadRequest, type TftpPacket } from '../../src/transport/tftp-packet.ts';
import type { FileRequest, TransferEvent, Transport } from '../../src/transport/transport.ts';
import type { Sender } from '../../src/transport/udp-socket.ts';
import { countedBytes, noSignal, receiveAll, tftpRequest } from './file-request.ts';
import { acknowledgements, UdpPeer } from './udp-peer.ts';

const BLOCK = countedBytes(512);
const request: TftpPacket = { type: 'read', path: '1230SIP.cfg', mode: 'octet', options: new Map() };
const unknownTransfer: TftpPacket = { type: 'error', code: 5, message: 'unknown transfer identifier' };

/** Where requests go. */
let listener: UdpPeer;
/** The server's own port for the transfer. */
let server: UdpPeer;
let transports: Transport[];

beforeEach(async () => {
  listener = await UdpPeer.open();
  server = await UdpPeer.open();
  transports = [];
});
afterEach(async () => {
  for (const transport of transports) transport.close();
  await Promise.all([listener.close(), server.close()]);
});

/** A transfer that has sent its request: who asks, and the file, or why not. */
async function begin(
  options: AskedOptions = {},
  rest: Parameters<typeof tftpRequest>[1] = {},
  signal = noSignal(),
) {
  const transport = tftpTransport({ clock: new SystemClock(), ...options });
  transports.push(transport);
  const file = receiveAll(transport.fetch(tftpRequest(listener.port, rest), signal));
  const failure = file.then(
    () => 'arrived',
    (error: unknown) => error,
  );
  return { phone: (await listener.next()).from, file, failure };
}

describe('who is heard', () => {
  test('the first answer fixes the port; a second transfer of the same file gets ERROR 5 and changes nothing', async () => {
    const { phone, file } = await begin();
    const second = await UdpPeer.open();
    await server.data(1, BLOCK, phone);
    await server.next();
    await second.data(1, 'other bytes', phone);
    expect(await second.nextPacket()).toEqual(unknownTransfer);
    await server.data(2, 'end', phone);
    expect((await file).toString('latin1')).toBe(`${BLOCK.toString('latin1')}end`);
    await second.close();
  });

  test('the first answer counts only from the address asked', async () => {
    const { phone, file } = await begin();
    const stranger = await UdpPeer.open('127.0.0.2');
    await stranger.data(1, 'forged', phone);
    expect(await stranger.nextPacket()).toEqual(unknownTransfer);
    await server.data(1, 'true', phone);
    expect((await file).toString()).toBe('true');
    await stranger.close();
  });

  test('a stranger on the right port of another address is not heard in the middle either', async () => {
    const { phone, file } = await begin();
    await server.data(1, BLOCK, phone);
    await server.next();
    const stranger = await UdpPeer.open('127.0.0.2', server.port);
    await stranger.data(2, 'forged', phone);
    await stranger.error(0, 'forged too', phone);
    expect(await stranger.nextPacket()).toEqual(unknownTransfer);
    await server.data(2, 'true', phone);
    expect((await file).subarray(512).toString()).toBe('true');
    expect(stranger.received).toEqual([unknownTransfer]);
    await stranger.close();
  });

  test('an ERROR of a stranger is not answered: two who answer errors would never stop', async () => {
    const { phone, file } = await begin();
    const stranger = await UdpPeer.open();
    await server.data(1, BLOCK, phone);
    await server.next();
    await stranger.error(5, 'who are you', phone);
    await stranger.data(9, 'x', phone);
    expect(await stranger.nextPacket()).toEqual(unknownTransfer);
    await server.data(2, '', phone);
    await file;
    expect(stranger.received).toEqual([unknownTransfer]);
    await stranger.close();
  });

  test('a late block of an older transfer is no answer to a request', async () => {
    const { phone, file } = await begin();
    const older = await UdpPeer.open();
    await older.data(2, 'late', phone);
    expect(await older.nextPacket()).toEqual(unknownTransfer);
    await server.data(1, 'new', phone);
    expect((await file).toString()).toBe('new');
    await older.close();
  });

  test('a server that answers from the port of the request', async () => {
    const { phone, file } = await begin();
    await listener.data(1, 'same port', phone);
    expect((await file).toString()).toBe('same port');
  });
});

describe('duplicates', () => {
  test("every block twice: each is acknowledged once (no sorcerer's apprentice)", async () => {
    const { phone, file } = await begin();
    for (let block = 1; block <= 20; block++) {
      const payload = block === 20 ? Buffer.from('end') : BLOCK;
      await server.data(block, payload, phone);
      await server.next();
      if (block < 20) await server.data(block, payload, phone);
    }
    expect(await file).toHaveLength(19 * 512 + 3);
    expect(server.received).toEqual(acknowledgements(...Array.from({ length: 20 }, (_, i) => i + 1)));
  });

  test('the last block again gets the last acknowledgement again', async () => {
    const { phone, file } = await begin();
    await server.data(1, 'all', phone);
    await file;
    for (let again = 0; again < 2; again++) await server.data(1, 'all', phone);
    for (let received = 0; received < 3; received++) await server.next();
    expect(server.received).toEqual(acknowledgements(1, 1, 1));
  });

  test('an earlier block after the end is not answered', async () => {
    const { phone, file } = await begin();
    await server.data(1, BLOCK, phone);
    await server.data(2, 'end', phone);
    await file;
    await server.data(1, BLOCK, phone);
    await server.data(2, 'end', phone);
    for (let received = 0; received < 3; received++) await server.next();
    expect(server.received).toEqual(acknowledgements(1, 2, 2));
  });

  test('the last block again and again gets an answer five times at most', async () => {
    const { phone, file } = await begin();
    await server.data(1, 'all', phone);
    await file;
    for (let again = 0; again < 10; again++) await server.data(1, 'all', phone);
    const stranger = await UdpPeer.open();
    await stranger.data(1, 'x', phone);
    await stranger.next();
    expect(server.received).toEqual(acknowledgements(1, 1, 1, 1, 1, 1));
    await stranger.close();
  });

  test('a closed transport answers nothing any more', async () => {
    const { phone, file } = await begin();
    await server.data(1, 'all', phone);
    await file;
    await server.next();
    for (const transport of transports) transport.close();
    await server.data(1, 'all', phone);
    const next = await begin();
    await server.data(1, 'new', next.phone);
    await next.file;
    await server.next();
    expect(server.received).toEqual(acknowledgements(1, 1));
  });

  test('an OACK twice is acknowledged once', async () => {
    const { phone, file } = await begin({ tsize: true });
    await server.agree({ tsize: '3' }, phone);
    await server.next();
    await server.agree({ tsize: '3' }, phone);
    await server.data(1, 'abc', phone);
    await file;
    await server.next();
    expect(server.received).toEqual(acknowledgements(0, 1));
  });
});

describe('windows', () => {
  const four: AskedOptions = { windowsize: 4, blksize: 8 };
  const blockOf = (block: number) => Buffer.from(`block ${String(block).padStart(2)}`);
  const agreed = { windowsize: '4', blksize: '8' };

  /** Sends these blocks, and checks that after them the phone says this. */
  async function exchange(phone: Sender, blocks: readonly number[], acknowledged: number) {
    for (const block of blocks) await server.data(block, blockOf(block), phone);
    expect(await server.nextPacket()).toEqual({ type: 'acknowledgement', block: acknowledged });
  }

  async function beginWindow() {
    const begun = await begin(four);
    await server.agree(agreed, begun.phone);
    expect(await server.nextPacket()).toEqual({ type: 'acknowledgement', block: 0 });
    return begun;
  }

  const blocksUpTo = (last: number) =>
    Buffer.concat(Array.from({ length: last }, (_, i) => blockOf(i + 1))).toString();

  const cases: [title: string, exchanges: [sent: number[], acknowledged: number][]][] = [
    [
      'in order: one acknowledgement a window',
      [
        [[1, 2, 3, 4], 4],
        [[5, 6, 7, 8], 8],
      ],
    ],
    [
      'a block lost in the middle: goes on after the last in order, told once',
      [
        [[1, 2, 4], 2],
        [[3, 4, 5, 6], 6],
      ],
    ],
    [
      'the first of a window lost',
      [
        [[1, 2, 3, 4], 4],
        [[6, 7, 8], 4],
        [[5, 6, 7, 8], 8],
      ],
    ],
    [
      'one gap after the other, each told',
      [
        [[1, 3, 4], 1],
        [[2, 4, 5], 2],
        [[3, 4, 5, 6], 6],
      ],
    ],
    [
      'two blocks swapped',
      [
        [[2, 1], 0],
        [[1, 2, 3, 4], 4],
      ],
    ],
    [
      'a window in reverse',
      [
        [[4, 3, 2, 1], 0],
        [[1, 2, 3, 4], 4],
      ],
    ],
    [
      'blocks of the last window come late',
      [
        [[1, 2, 3, 4], 4],
        [[3, 4, 5, 6, 7, 8], 8],
      ],
    ],
    [
      'every block twice',
      [
        [[1, 1, 2, 2, 3, 3, 4, 4], 4],
        [[5, 5, 6, 6, 7, 7, 8], 8],
      ],
    ],
  ];

  test.for(cases)('%s', async ([, exchanges]) => {
    const { phone, file } = await beginWindow();
    for (const [blocks, acknowledged] of exchanges) await exchange(phone, blocks, acknowledged);
    const last = exchanges.at(-1)?.[1] ?? 0;
    await server.data(last + 1, 'end', phone);
    expect((await file).toString()).toBe(`${blocksUpTo(last)}end`);
    expect(await server.nextPacket()).toEqual({ type: 'acknowledgement', block: last + 1 });
    expect(server.received).toHaveLength(exchanges.length + 2);
  });

  test('an end in the middle of a window is acknowledged at once', async () => {
    const { phone, file } = await beginWindow();
    await server.data(1, blockOf(1), phone);
    await server.data(2, 'end', phone);
    expect((await file).toString()).toBe('block  1end');
    expect(await server.nextPacket()).toEqual({ type: 'acknowledgement', block: 2 });
  });
});

describe('options', () => {
  const offers: [title: string, asked: AskedOptions, offered: Record<string, string>, detail: string][] = [
    ['nobody asked for', {}, { tsize: '3' }, 'OACK refused: option "tsize" was not asked for'],
    [
      'a larger block',
      { blksize: 1024 },
      { blksize: '1432' },
      'OACK refused: blksize is 1432; expected 8 to 1024',
    ],
    ['words', { tsize: true }, { tsize: 'three' }, 'OACK refused: tsize is "three"; expected a number'],
  ];

  test.for(offers)(
    'an OACK with an option of %s is refused with ERROR 8',
    async ([, asked, offered, detail]) => {
      const { phone, failure } = await begin(asked);
      await server.agree(offered, phone);
      expect(await server.nextPacket()).toEqual({ type: 'error', code: 8, message: detail });
      expect(await failure).toMatchObject({ code: 'PROTOCOL', detail });
    },
  );

  test('asks in the order blksize, tsize, timeout, windowsize', async () => {
    await begin({ blksize: 1024, windowsize: 4, tsize: true, timeoutS: 3 });
    expect(listener.received).toEqual([
      {
        ...request,
        options: new Map([
          ['blksize', '1024'],
          ['tsize', '0'],
          ['timeout', '3'],
          ['windowsize', '4'],
        ]),
      },
    ]);
  });

  test('a server that takes no notice sends blocks of 512, one at a time', async () => {
    const { phone, file } = await begin({ blksize: 1024, windowsize: 4 });
    await server.data(1, BLOCK, phone);
    expect(await server.nextPacket()).toEqual({ type: 'acknowledgement', block: 1 });
    await server.data(2, 'end', phone);
    expect(await file).toHaveLength(515);
  });

  test('fewer bytes than announced are no file', async () => {
    const { phone, failure } = await begin({ tsize: true });
    await server.agree({ tsize: '1000' }, phone);
    await server.next();
    await server.data(1, 'short', phone);
    const detail = '5 bytes came of 1000 announced';
    expect(await server.nextPacket()).toEqual({ type: 'error', code: 0, message: detail });
    expect(await failure).toMatchObject({ code: 'TRUNCATED', detail });
  });
});

describe('packets that make no sense', () => {
  const strange: [title: string, packet: Buffer][] = [
    ['an empty datagram', Buffer.alloc(0)],
    ['a block cut off in its number', Buffer.from([0, 3, 0])],
    ['an unknown opcode', Buffer.from([0, 9, 1, 2, 3])],
    ['a read request', Buffer.from('\0\x01a\0octet\0', 'latin1')],
    ['an acknowledgement', Buffer.from([0, 4, 0, 1])],
    ['the block after the next', Buffer.from([0, 3, 0, 3, 65])],
    ['a block from far ahead', Buffer.from([0, 3, 0, 200, 65])],
    ['an OACK in the middle', Buffer.from('\0\x06tsize\x009\0', 'latin1')],
  ];

  test.for(strange)('%s from the server is passed over', async ([, packet]) => {
    const { phone, file } = await begin();
    await server.data(1, BLOCK, phone);
    await server.next();
    await server.send(packet, phone);
    await server.data(2, 'end', phone);
    expect(await file).toHaveLength(515);
    await server.next();
    expect(server.received).toEqual(acknowledgements(1, 2));
  });

  test('a block larger than agreed ends it with ERROR 4', async () => {
    const { phone, failure } = await begin();
    await server.data(1, countedBytes(513), phone);
    const detail = 'a block of 513 bytes; expected at most 512';
    expect(await server.nextPacket()).toEqual({ type: 'error', code: 4, message: detail });
    expect(await failure).toMatchObject({ code: 'PROTOCOL', detail });
  });
});

describe('errors from the server', () => {
  const answers: [code: number, message: string, expected: string][] = [
    [0, 'disk on fire', 'PROTOCOL'],
    [1, 'File not found', 'NOT_FOUND'],
    [2, 'Access violation', 'ACCESS_DENIED'],
    [4, 'Illegal TFTP operation', 'PROTOCOL'],
    [8, 'no options please', 'PROTOCOL'],
    [99, 'what?', 'PROTOCOL'],
  ];

  test.for(answers)('ERROR %i "%s" in answer to the request is %s', async ([code, message, expected]) => {
    const { phone, failure } = await begin();
    await server.error(code, message, phone);
    expect(await failure).toMatchObject({ code: expected, detail: `ERROR ${code} "${message}"` });
  });

  test('ERROR 0 in the middle: the file ended before it should', async () => {
    const { phone, failure } = await begin();
    await server.data(1, BLOCK, phone);
    await server.next();
    await server.error(0, 'going down', phone);
    expect(await failure).toMatchObject({ code: 'TRUNCATED', detail: 'ERROR 0 "going down"' });
  });
});

describe('limits', () => {
  test('one byte more than the limit ends it with ERROR 3', async () => {
    const { phone, failure } = await begin({}, { limits: { sizeBytes: 1023 } });
    await server.data(1, BLOCK, phone);
    await server.next();
    await server.data(2, BLOCK, phone);
    expect(await server.nextPacket()).toEqual({ type: 'error', code: 3, message: 'more than 1023 bytes' });
    expect(await failure).toMatchObject({ code: 'TOO_LARGE', detail: 'more than 1023 bytes' });
  });

  test('a file of the limit arrives', async () => {
    const { phone, file } = await begin({}, { limits: { sizeBytes: 515 } });
    await server.data(1, BLOCK, phone);
    await server.data(2, 'end', phone);
    expect(await file).toHaveLength(515);
  });
});

describe('the phone ends it', () => {
  test('before it began: nothing is sent', async () => {
    const transport = tftpTransport({ clock: new SystemClock() });
    const fetching = receiveAll(transport.fetch(tftpRequest(listener.port), AbortSignal.abort('power')));
    await expect(fetching).rejects.toMatchObject({ code: 'ABORTED', cause: 'power' });
    expect(listener.received).toEqual([]);
  });

  test('before the first answer', async () => {
    const abort = new AbortController();
    const { failure } = await begin({}, {}, abort.signal);
    abort.abort('power');
    expect(await failure).toMatchObject({ code: 'ABORTED', detail: 'ended by the phone', cause: 'power' });
  });

  test('in the middle: the server gets ERROR 0', async () => {
    const abort = new AbortController();
    const { phone, failure } = await begin({}, {}, abort.signal);
    await server.data(1, BLOCK, phone);
    await server.next();
    abort.abort('power');
    expect(await failure).toMatchObject({ code: 'ABORTED' });
    expect(await server.nextPacket()).toEqual({ type: 'error', code: 0, message: 'ended by the phone' });
  });

  const words: [title: string, options: AskedOptions, answer: (phone: Sender) => Promise<void>][] = [
    ['at the first block', {}, (phone) => server.data(1, BLOCK, phone)],
    ['at the OACK', { tsize: true }, (phone) => server.agree({ tsize: '9' }, phone)],
  ];

  test.for(words)('from within the word that it was opened, %s', async ([, options, answer]) => {
    const abort = new AbortController();
    const { phone, failure } = await begin(options, { onEvent: () => abort.abort('power') }, abort.signal);
    await answer(phone);
    expect(await failure).toMatchObject({ code: 'ABORTED' });
    expect(await server.nextPacket()).toEqual({ type: 'error', code: 0, message: 'ended by the phone' });
  });

  test('a reader that stops reading: the server gets ERROR 0', async () => {
    const transport = tftpTransport({ clock: new SystemClock() });
    const reading = (async () => {
      for await (const chunk of transport.fetch(tftpRequest(listener.port), noSignal())) return chunk.length;
      return 0;
    })();
    const phone = (await listener.next()).from;
    for (let block = 1; block <= 32; block++) {
      await server.data(block, BLOCK, phone);
      await server.next();
    }
    expect(await reading).toBe(16 * 1024);
    expect(await server.nextPacket()).toEqual({ type: 'error', code: 0, message: 'no longer wanted' });
  });

  test('a slow reader: the server waits for its acknowledgement, and the file is whole', async () => {
    const transport = tftpTransport({ clock: new VirtualClock(0) });
    const chunks = transport.fetch(tftpRequest(listener.port), noSignal())[Symbol.asyncIterator]();
    const first = chunks.next();
    const phone = (await listener.next()).from;
    const waitingBlocks = 32 + 8 * 32;
    for (let block = 1; block < waitingBlocks; block++) {
      await server.data(block, BLOCK, phone);
      await server.next();
    }
    await server.data(waitingBlocks, BLOCK, phone);
    await server.data(waitingBlocks, BLOCK, phone);
    const stranger = await UdpPeer.open();
    await stranger.data(1, 'x', phone);
    await stranger.next();
    expect(server.received).toHaveLength(waitingBlocks - 1);
    await first;
    await chunks.next();
    expect(await server.nextPacket()).toEqual({ type: 'acknowledgement', block: waitingBlocks });
    await chunks.return?.();
    await stranger.close();
  });
});

describe('silence, in a time that waits for nobody', () => {
  /** As `begin`, in virtual time. */
  async function beginVirtual(rest: Partial<FileRequest> = {}, options: AskedOptions = {}) {
    const clock = new VirtualClock(0);
    const events: [atMs: number, event: TransferEvent][] = [];
    const transport = tftpTransport({ clock, ...options });
    transports.push(transport);
    const onEvent = (event: TransferEvent) => events.push([clock.now(), event]);
    const file = receiveAll(transport.fetch(tftpRequest(listener.port, { onEvent, ...rest }), noSignal()));
    const failure = file.then(
      () => ({ arrivedAtMs: clock.now() }),
      (error: unknown) => ({ error, failedAtMs: clock.now() }),
    );
    return { clock, events, file, failure, phone: (await listener.next()).from };
  }

  test('a server that never answers is asked six times in 31 s, and once whether its port is open', async () => {
    const { clock, events, failure } = await beginVirtual();
    await clock.runFor(40_000);
    expect(await failure).toMatchObject({
      failedAtMs: 31_000,
      error: { code: 'TIMEOUT', detail: 'no answer to the request, sent 6 times' },
    });
    expect(events).toEqual([
      [1_000, { type: 'repeated', what: 'request', why: 'no answer for 1 s' }],
      [3_000, { type: 'repeated', what: 'request', why: 'no answer for 2 s' }],
      [7_000, { type: 'repeated', what: 'request', why: 'no answer for 4 s' }],
      [15_000, { type: 'repeated', what: 'request', why: 'no answer for 8 s' }],
      [23_000, { type: 'repeated', what: 'request', why: 'no answer for 8 s' }],
    ]);
    for (let received = 1; received < 7; received++) await listener.next();
    const requests = listener.received.filter(({ type }) => type === 'read');
    expect(requests).toEqual(Array(6).fill(request));
    expect(listener.received.filter(({ type }) => type !== 'read')).toEqual([
      { type: 'error', code: 0, message: 'is this port open?' },
    ]);
    expect([clock.pendingTimers, clock.openHolds]).toEqual([0, 0]);
  });

  test('ended from within the word that the request was repeated: nothing more is sent', async () => {
    const abort = new AbortController();
    const clock = new VirtualClock(0);
    const transport = tftpTransport({ clock });
    const onEvent = () => abort.abort('power');
    const file = receiveAll(transport.fetch(tftpRequest(listener.port, { onEvent }), abort.signal));
    const failure = file.catch((error: unknown) => error);
    await listener.next();
    await clock.runFor(60_000);
    expect(await failure).toMatchObject({ code: 'ABORTED' });
    expect(listener.received).toEqual([request]);
  });

  test('an answer to the second request is as good', async () => {
    const { clock, file, phone } = await beginVirtual();
    await clock.runFor(1_000);
    await server.data(1, 'late', phone);
    expect((await file).toString()).toBe('late');
    expect(clock.openHolds).toBe(0);
  });

  test('a server that falls silent in the middle gets the acknowledgement six times, then ERROR 0', async () => {
    const { clock, failure, phone } = await beginVirtual();
    await clock.runFor(500);
    await server.data(1, BLOCK, phone);
    await server.next();
    await clock.runFor(40_000);
    const detail = 'no answer to the acknowledgement at byte 512, sent 6 times';
    expect(await failure).toMatchObject({ failedAtMs: 31_500, error: { code: 'TIMEOUT', detail } });
    for (let i = 0; i < 6; i++) await server.next();
    expect(server.received).toEqual([
      ...acknowledgements(1, 1, 1, 1, 1, 1),
      { type: 'error', code: 0, message: detail },
    ]);
  });

  test('an acknowledgement lost: the block again is not answered, the next silence repeats it, and it goes on', async () => {
    const { clock, file, phone } = await beginVirtual();
    await server.data(1, BLOCK, phone);
    await server.next();
    await server.data(1, BLOCK, phone);
    await clock.runFor(1_000);
    expect(await server.nextPacket()).toEqual({ type: 'acknowledgement', block: 1 });
    await server.data(2, 'end', phone);
    expect(await file).toHaveLength(515);
    await server.next();
    expect(server.received).toEqual(acknowledgements(1, 1, 2));
  });

  test('a window whose end is lost: the silence says how far it came', async () => {
    const { clock, file, phone } = await beginVirtual({}, { windowsize: 4 });
    await server.agree({ windowsize: '4' }, phone);
    await server.next();
    await server.data(1, BLOCK, phone);
    await server.data(2, BLOCK, phone);
    await server.data(1, BLOCK, phone);
    const stranger = await UdpPeer.open();
    await stranger.data(1, 'x', phone);
    await stranger.next();
    await clock.runFor(1_000);
    expect(await server.nextPacket()).toEqual({ type: 'acknowledgement', block: 2 });
    await server.data(3, 'end', phone);
    expect(await file).toHaveLength(1027);
    await stranger.close();
  });

  test('a server that sends for ever, a block at a time, is ended by the limit over all', async () => {
    const { clock, failure, phone } = await beginVirtual({
      limits: { connectMs: 10_000, idleMs: 30_000, totalMs: 2_500, sizeBytes: 1_000_000 },
    });
    for (let block = 1; block <= 3; block++) {
      await server.data(block, BLOCK, phone);
      await server.next();
      await clock.runFor(900);
    }
    expect(await failure).toMatchObject({
      failedAtMs: 2_500,
      error: {
        code: 'TIMEOUT',
        detail: '1536 bytes came within the limit of 2.5 s',
        connection: 'out-of-time',
      },
    });
  });
});

test('a closed port is found out at the first silence', async () => {
  const closed = await UdpPeer.open();
  await closed.close();
  const clock = new VirtualClock(0);
  const transport = tftpTransport({ clock });
  const fetches = Array.from({ length: 3 }, () =>
    receiveAll(transport.fetch(tftpRequest(closed.port), noSignal())).catch((error: unknown) => error),
  );
  await clock.runFor(1_000);
  const expected = {
    code: 'UNREACHABLE',
    detail: `connection refused: nothing listens on UDP port ${closed.port}`,
  };
  expect(await Promise.all(fetches)).toMatchObject([expected, expected, expected]);
  expect([clock.pendingTimers, clock.openHolds]).toEqual([0, 0]);
});

test('a request is the one RFC 1350 knows, byte for byte', async () => {
  await begin();
  expect(listener.received).toEqual([request]);
  expect(encodeReadRequest('1230SIP.cfg', new Map())).toHaveLength(20);
});
