import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../src/clock/random.ts';
import { VirtualClock } from '../../src/clock/virtual-clock.ts';
import type { Protocol } from '../../src/provisioning/words.ts';
import { type FileStore, memoryStore } from '../../src/server/file-store.ts';
import { type LoopbackOptions, loopbackTransport } from '../../src/server/loopback.ts';
import {
  type FileRequest,
  type TransferEvent,
  type TransferLimits,
  TransportError,
} from '../../src/transport/transport.ts';

const START_MS = 1_709_535_600_000;
const limits: TransferLimits = { connectMs: 10_000, idleMs: 30_000, totalMs: 120_000, sizeBytes: 1 << 26 };

function zeros(sizeBytes: number): FileStore {
  return memoryStore({ file: new Uint8Array(sizeBytes) });
}

interface Told {
  /** Bytes handed over, and when, in ms since the request. */
  readonly chunks: (readonly [atMs: number, bytes: number])[];
  readonly end: 'whole' | TransportError['code'];
  readonly endMs: number;
  readonly detail?: string;
  readonly events: TransferEvent[];
}

/** Fetches one file under virtual time, and tells everything that happened and when. */
async function story(
  options: Partial<Omit<LoopbackOptions, 'clock'>>,
  request: Partial<FileRequest> = {},
  powerCutMs?: number,
): Promise<Told> {
  const clock = new VirtualClock(START_MS);
  const transport = loopbackTransport({ store: zeros(1), ...options, clock });
  const power = new AbortController();
  if (powerCutMs !== undefined) clock.setTimeout(() => power.abort(), powerCutMs);
  const told = follow(
    clock,
    transport.fetch({ ...defaults, ...request, onEvent: (e) => events.push(e) }, power.signal),
  );
  const events: TransferEvent[] = [];
  await clock.runFor(10_000_000);
  return { ...(await told), events };
}

const defaults: FileRequest = {
  protocol: 'http',
  host: '10.0.0.1',
  port: 80,
  path: 'file',
  userAgent: '',
  retriesOf503: 0,
  limits,
};

async function follow(clock: VirtualClock, file: AsyncIterable<Uint8Array>): Promise<Omit<Told, 'events'>> {
  const chunks: [number, number][] = [];
  const sinceStart = () => Math.round((clock.now() - START_MS) * 1000) / 1000;
  try {
    for await (const chunk of file) chunks.push([sinceStart(), chunk.length]);
    return { chunks, end: 'whole', endMs: sinceStart() };
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    return { chunks, end: error.code, endMs: sinceStart(), detail: error.detail };
  }
}

describe('the time a file takes', () => {
  const cases: [
    title: string,
    protocol: Protocol,
    sizeBytes: number,
    options: Partial<LoopbackOptions>,
    ms: number,
  ][] = [
    ['TFTP: an empty file is one block', 'tftp', 0, {}, 1],
    ['TFTP: 511 bytes are one block', 'tftp', 511, {}, 1],
    ['TFTP: 512 bytes are two', 'tftp', 512, {}, 2],
    ['TFTP: 513 bytes are two', 'tftp', 513, {}, 2],
    ['TFTP: a round trip a block', 'tftp', 100_000, { rttMs: 10 }, 1960],
    ['TFTP: firmware at 14 ms takes 112 s', 'tftp', 4_101_541, { rttMs: 14 }, 8011 * 14],
    ['TFTP: bandwidth comes on top', 'tftp', 1_024, { rttMs: 10, bandwidth: { tftp: 1_024 } }, 1_030],
    ['FTP: eight round trips', 'ftp', 100_000, { rttMs: 10 }, 80],
    ['HTTP: two round trips', 'http', 100_000, { rttMs: 10 }, 20],
    ['HTTPS: three round trips', 'https', 100_000, { rttMs: 10 }, 30],
    ['HTTP: and the bytes', 'http', 100_000, { rttMs: 10, bandwidth: { http: 50_000 } }, 2_020],
    [
      "another protocol's bandwidth does not count",
      'http',
      100_000,
      { rttMs: 10, bandwidth: { ftp: 1 } },
      20,
    ],
    ['no round trip, no time', 'ftp', 100_000, { rttMs: 0 }, 0],
  ];
  test.for(cases)('%s', async ([, protocol, sizeBytes, options, ms]) => {
    const { end, endMs, chunks } = await story({ store: zeros(sizeBytes), ...options }, { protocol });
    expect({ end, endMs, bytes: chunks.reduce((sum, [, bytes]) => sum + bytes, 0) }).toEqual({
      end: 'whole',
      endMs: ms,
      bytes: sizeBytes,
    });
  });

  test('a second file on an HTTP connection saves the first round trip, until close', async () => {
    const clock = new VirtualClock(START_MS);
    const transport = loopbackTransport({ clock, store: zeros(1), rttMs: 10 });
    const ends: number[] = [];
    const run = (async () => {
      for (const close of [false, true, false]) {
        for await (const _ of transport.fetch(defaults, new AbortController().signal));
        if (close) transport.close();
        ends.push(clock.now() - START_MS);
      }
    })();
    await clock.runFor(1_000);
    await run;
    expect(ends).toEqual([20, 30, 50]);
  });
});

describe('chunks', () => {
  test('come as time passes, one a second on a slow link', async () => {
    const { chunks } = await story({ store: zeros(4_000), rttMs: 0, bandwidth: { http: 1_000 } });
    expect(chunks).toEqual([
      [1_000, 1_000],
      [2_000, 1_000],
      [3_000, 1_000],
      [4_000, 1_000],
    ]);
  });

  test('are at most 64, however long it takes: no timer a block', async () => {
    const { chunks } = await story({ store: zeros(4_101_541), rttMs: 14 }, { protocol: 'tftp' });
    expect(chunks.length).toBeLessThanOrEqual(64);
    expect(chunks.length).toBeGreaterThan(60);
  });

  test('hold the bytes of the file in order', async () => {
    const file = Uint8Array.from({ length: 200_000 }, (_, index) => index % 251);
    const clock = new VirtualClock(START_MS);
    const transport = loopbackTransport({ clock, store: memoryStore({ file }), rttMs: 0 });
    const received: Uint8Array[] = [];
    for await (const chunk of transport.fetch(defaults, new AbortController().signal)) received.push(chunk);
    expect(Buffer.concat(received).equals(file)).toBe(true);
  });
});

describe('how it ends otherwise', () => {
  type Ending = Omit<Told, 'events' | 'chunks'>;
  const slow = { store: zeros(10_000), rttMs: 0, bandwidth: { http: 1_000 } } as const;
  const users = new Map([['joe', 'secret']]);
  const cases: [string, Partial<LoopbackOptions>, Partial<FileRequest>, Ending][] = [
    [
      'no such file by TFTP',
      {},
      { protocol: 'tftp', path: 'x' },
      { end: 'NOT_FOUND', endMs: 1, detail: 'ERROR 1 "File not found"' },
    ],
    [
      'no such file by FTP',
      {},
      { protocol: 'ftp', path: 'x' },
      { end: 'NOT_FOUND', endMs: 8, detail: 'RETR: 550 No such file' },
    ],
    ['no such file by HTTP', {}, { path: 'x' }, { end: 'NOT_FOUND', endMs: 2, detail: 'HTTP 404' }],
    [
      'HTTP without credentials where they are asked for',
      { users },
      {},
      { end: 'ACCESS_DENIED', endMs: 2, detail: 'HTTP 401' },
    ],
    [
      'a wrong password, after one more request',
      { users },
      { user: 'joe', password: 'x' },
      { end: 'ACCESS_DENIED', endMs: 3, detail: 'HTTP 401' },
    ],
    [
      'an unknown FTP user',
      { users },
      { protocol: 'ftp', user: 'x' },
      { end: 'ACCESS_DENIED', endMs: 8, detail: 'PASS: 530 Login incorrect' },
    ],
    [
      'the right password, when asked for it',
      { users },
      { user: 'joe', password: 'secret' },
      { end: 'whole', endMs: 3 },
    ],
    ['FTP as anonymous', { users }, { protocol: 'ftp' }, { end: 'whole', endMs: 8 }],
    ['TFTP asks nobody', { users }, { protocol: 'tftp' }, { end: 'whole', endMs: 1 }],
    [
      'done exactly at the total limit is done',
      slow,
      { limits: { ...limits, totalMs: 10_000 } },
      { end: 'whole', endMs: 10_000 },
    ],
    [
      'a millisecond less is a TIMEOUT, at the limit',
      slow,
      { limits: { ...limits, totalMs: 9_999 } },
      { end: 'TIMEOUT', endMs: 9_999, detail: 'not complete after 9999 ms' },
    ],
    [
      'firmware by TFTP at 75 ms misses 600 s',
      { store: zeros(4_101_541), rttMs: 75 },
      { protocol: 'tftp', limits: { ...limits, totalMs: 600_000 } },
      { end: 'TIMEOUT', endMs: 600_000, detail: 'not complete after 600000 ms' },
    ],
    [
      'firmware by TFTP at 74 ms does not',
      { store: zeros(4_101_541), rttMs: 74 },
      { protocol: 'tftp', limits: { ...limits, totalMs: 600_000 } },
      { end: 'whole', endMs: 8011 * 74 },
    ],
    [
      'as large as allowed',
      slow,
      { limits: { ...limits, sizeBytes: 10_000 } },
      { end: 'whole', endMs: 10_000 },
    ],
    [
      'too large, seen with the first byte too many',
      slow,
      { limits: { ...limits, sizeBytes: 2_999 } },
      { end: 'TOO_LARGE', endMs: 3_000, detail: 'more than 2999 bytes' },
    ],
    [
      'a round trip longer than the connection limit',
      { rttMs: 10_001 },
      {},
      { end: 'TIMEOUT', endMs: 10_000, detail: 'no connection' },
    ],
    [
      'nobody listens',
      { serverAt: () => 'refusing' },
      {},
      { end: 'UNREACHABLE', endMs: 1, detail: 'ECONNREFUSED' },
    ],
    [
      'nobody listens on UDP, which shows at the second request',
      { serverAt: () => 'refusing' },
      { protocol: 'tftp' },
      { end: 'UNREACHABLE', endMs: 1_001, detail: 'ECONNREFUSED' },
    ],
    [
      'an unknown host',
      { serverAt: () => 'unknown-host' },
      {},
      { end: 'UNREACHABLE', endMs: 0, detail: 'ENOTFOUND' },
    ],
    [
      'a silent server',
      { serverAt: () => 'silent' },
      {},
      { end: 'TIMEOUT', endMs: 30_001, detail: 'no answer' },
    ],
    [
      'a silent TFTP server',
      { serverAt: () => 'silent' },
      { protocol: 'tftp' },
      { end: 'TIMEOUT', endMs: 31_000, detail: 'no answer to 6 requests' },
    ],
    [
      'a file that shrinks meanwhile',
      { store: shrinking() },
      {},
      { end: 'TRUNCATED', endMs: 2, detail: 'the file changed meanwhile' },
    ],
  ];
  test.for(cases)('%s', async ([, options, request, expected]) => {
    const { chunks: _, events: __, ...ending } = await story(options, request);
    expect(ending).toEqual(expected);
  });

  test('what came before a TIMEOUT was handed over', async () => {
    const { chunks } = await story(slow, { limits: { ...limits, totalMs: 2_500 } });
    expect(chunks).toEqual([
      [1_000, 1_000],
      [2_000, 1_000],
    ]);
  });

  test.for([0, 1, 500, 1_000, 5_432])('power cut after %d ms ends it there', async (powerCutMs) => {
    const { chunks, ...told } = await story(slow, {}, powerCutMs);
    expect(told).toMatchObject({ end: 'ABORTED', endMs: powerCutMs, detail: 'ended by the phone' });
    expect(chunks.length).toBeLessThanOrEqual(Math.floor(powerCutMs / 1_000));
  });

  test('no timer is left behind by a power cut', async () => {
    const clock = new VirtualClock(START_MS);
    const transport = loopbackTransport({ ...slow, clock });
    const power = new AbortController();
    const told = follow(clock, transport.fetch(defaults, power.signal));
    await clock.runFor(100);
    power.abort(new Error('power cut'));
    await told;
    expect(clock.pendingTimers).toBe(0);
  });
});

describe('what is told', () => {
  test('HTTP and FTP say the size, TFTP without options does not', async () => {
    const content = expect.any(Uint8Array);
    expect((await story({ store: zeros(7) })).events).toEqual([
      { type: 'opened', sizeBytes: 7, modifiedMs: 0, content },
    ]);
    expect((await story({ store: zeros(7) }, { protocol: 'ftp' })).events).toEqual([
      { type: 'opened', sizeBytes: 7, content },
    ]);
    expect((await story({ store: zeros(7) }, { protocol: 'tftp' })).events).toEqual([
      { type: 'opened', content },
    ]);
  });

  test('nothing stands for the bytes of a file that may change', async () => {
    const { events } = await story({ store: shrinking() });
    expect(events).toEqual([{ type: 'opened', sizeBytes: 10, modifiedMs: 0 }]);
  });

  test('a TFTP request without answer is repeated five times', async () => {
    const { events } = await story({ serverAt: () => 'silent' }, { protocol: 'tftp' });
    const whys = [1, 2, 4, 8, 8].map((seconds) => `no answer for ${seconds} s`);
    expect(events).toEqual(whys.map((why) => ({ type: 'repeated', what: 'request', why })));
  });

  test('HTTP 401 is answered once with the user, whom FTP names at once', async () => {
    const users = new Map([['joe', 'secret']]);
    const types = async (more: Partial<FileRequest>) =>
      (await story({ store: zeros(7), users }, more)).events.map(({ type }) => type);
    expect(await types({ user: 'joe', password: 'secret' })).toEqual(['challenged', 'opened']);
    expect(await types({ user: 'joe', password: 'x' })).toEqual(['challenged']);
    expect(await types({ protocol: 'ftp', user: 'joe', password: 'secret' })).toEqual(['opened']);
    expect(await types({})).toEqual([]);
  });

  test('a server can come and go with time', async () => {
    const serverAt: LoopbackOptions['serverAt'] = (_, nowMs) => (nowMs > START_MS ? 'serving' : 'refusing');
    expect((await story({ serverAt })).end).toBe('UNREACHABLE');
  });
});

/** A file that is shorter than it said. */
function shrinking(): FileStore {
  return { find: () => ({ sizeBytes: 10, modifiedMs: 0, read: () => new Uint8Array(3) }) };
}

describe('a link to the server', () => {
  const KILOBYTE = 1024;
  const rttMs = 40;
  const cases: [title: string, protocol: Protocol, options: Partial<LoopbackOptions>, ms: number][] = [
    ['TFTP: a round trip a block', 'tftp', { rttMs }, 3 * 40],
    ['FTP: one a command, and two connections', 'ftp', { rttMs }, 8 * 40],
    ['HTTP: one for the connection, one for the request', 'http', { rttMs }, 2 * 40],
    ['HTTPS: one more for the handshake', 'https', { rttMs }, 3 * 40],
    ['TFTP: what arrives is limited', 'tftp', { rttMs, bytesPerSecond: 2 * KILOBYTE }, 3 * 40 + 500],
    ['HTTP: what arrives is limited', 'http', { rttMs, bytesPerSecond: 2 * KILOBYTE }, 2 * 40 + 500],
    [
      'HTTP: a server that is slower than the link is as slow',
      'http',
      { rttMs, bytesPerSecond: 2 * KILOBYTE, bandwidth: { http: KILOBYTE } },
      2 * 40 + 1000,
    ],
  ];
  test.for(cases)('%s', async ([, protocol, options, ms]) => {
    const { end, endMs } = await story({ store: zeros(KILOBYTE), ...options }, { protocol });
    expect([end, endMs]).toEqual(['whole', ms]);
  });

  const times = async (seed: string, protocol: Protocol) => {
    const jitter = { ms: 10, random: seededRandom(seed) };
    const { endMs } = await story({ store: zeros(100 * KILOBYTE), rttMs, jitter }, { protocol });
    return endMs;
  };

  test.for(['tftp', 'ftp', 'http'] as const)(
    '%s: jitter lengthens each round trip, and the same seed as much',
    async (protocol) => {
      const trips = { tftp: 201, ftp: 8, http: 2 }[protocol];
      const [once, again, other] = [
        await times('a', protocol),
        await times('a', protocol),
        await times('b', protocol),
      ];
      expect(again).toBe(once);
      expect(other).not.toBe(once);
      for (const ms of [once, other]) {
        expect(ms).toBeGreaterThan(trips * rttMs);
        expect(ms).toBeLessThan(trips * (rttMs + 10));
      }
    },
  );
});
