import dgram from 'node:dgram';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { SystemClock } from '../../src/clock/system-clock.ts';
import { VirtualClock } from '../../src/clock/virtual-clock.ts';
import type { SntpCode } from '../../src/events/sntp-code.ts';
import { askTime, type SntpQuestion } from '../../src/network/sntp.ts';
import { SntpError } from '../../src/network/sntp-error.ts';
import { LeapingClock } from '../transport/leaping-clock.ts';
import { MARCH_2026, type NtpAnswer, NtpServer, ntpAnswer } from './ntp-server.ts';

const servers: NtpServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const never = new AbortController().signal;

async function serverThat(...open: Parameters<typeof NtpServer.open>): Promise<NtpServer> {
  const server = await NtpServer.open(...open);
  servers.push(server);
  return server;
}

/** Answers each question with these packets. */
function answering(...answers: readonly NtpAnswer[]): Promise<NtpServer> {
  return serverThat((question, from, socket) => {
    for (const answer of answers) socket.send(ntpAnswer(question, answer), from.port, from.address);
  });
}

function ask(port: number, more: Partial<SntpQuestion> = {}, signal: AbortSignal = never) {
  return askTime({ clock: new SystemClock(), server: '127.0.0.1', port, timeoutMs: 10_000, ...more }, signal);
}

async function failure(asking: Promise<unknown>): Promise<{ code: SntpCode; message: string }> {
  const error = await asking.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof SntpError)) throw new Error(`expected an SntpError, found ${String(error)}`);
  return { code: error.code, message: error.message };
}

const second = (count: bigint): bigint => count << 32n;
/** 2026-03-04T08:00:00Z. */
const MARCH_2026_MS = 1_772_611_200_000;

// Time stands still in a virtual clock that nobody runs, so that every number is exact.
const good: [title: string, nowMs: number, answer: NtpAnswer, offsetMs: number, roundTripMs: number][] = [
  ['a clock that is right', MARCH_2026_MS, {}, 0, 0],
  ['a clock a second behind', MARCH_2026_MS - 1_000, {}, 1_000, 0],
  ['a clock three quarters of a second ahead', MARCH_2026_MS + 750, {}, -750, 0],
  ['a phone that starts in 1970', 0, {}, MARCH_2026_MS, 0],
  [
    'half a second that the server took for itself',
    MARCH_2026_MS,
    { receivedAt: MARCH_2026, sentAt: MARCH_2026 + (1n << 31n) },
    250,
    0,
  ],
  [
    'the last second of the first era',
    Date.UTC(2036, 1, 7, 6, 28, 15),
    { receivedAt: second(0xffffffffn), sentAt: second(0xffffffffn) },
    0,
    0,
  ],
  [
    'a second of the second era, after 2036-02-07T06:28:16Z',
    Date.UTC(2036, 1, 7, 6, 28, 0),
    { receivedAt: second(14n), sentAt: second(14n) },
    30_000,
    0,
  ],
  [
    'the earliest time there is, in 1968',
    Date.UTC(1968, 0, 20, 3, 14, 8),
    { receivedAt: second(0x80000000n), sentAt: second(0x80000000n) },
    0,
    0,
  ],
  [
    'the latest, in 2104',
    Date.UTC(2104, 1, 26, 9, 42, 23),
    { receivedAt: second(0x7fffffffn), sentAt: second(0x7fffffffn) },
    0,
    0,
  ],
];

test.for(good)('measures %s', async ([, nowMs, answer, offsetMs, roundTripMs]) => {
  const { port } = await answering(answer);
  const clock = new VirtualClock(nowMs);
  expect(await ask(port, { clock })).toEqual({ offsetMs, roundTripMs, stratum: 2 });
  expect({ holds: clock.openHolds, timers: clock.pendingTimers }).toEqual({ holds: 0, timers: 0 });
});

test('takes the way there and back out of the offset', async () => {
  const clock = new VirtualClock(MARCH_2026_MS);
  const { port } = await serverThat(async (question, from, socket) => {
    // The answer is on its way for 300 ms of the phone's clock, of which the server itself took 100.
    await clock.runFor(300);
    const sentAt = MARCH_2026 + (1n << 32n) / 10n;
    socket.send(ntpAnswer(question, { sentAt }), from.port, from.address);
  });
  const { offsetMs, roundTripMs, stratum } = await ask(port, { clock });
  expect({ offsetMs: Math.round(offsetMs), roundTripMs: Math.round(roundTripMs), stratum }).toEqual({
    offsetMs: -100,
    roundTripMs: 200,
    stratum: 2,
  });
});

test('asks as a client of version 4 and says nothing but when', async () => {
  const server = await answering({});
  await ask(server.port, { clock: new VirtualClock(MARCH_2026_MS + 500) });
  const expected = Buffer.alloc(48);
  expected[0] = 0x23;
  expected.writeBigUInt64BE(MARCH_2026 + (1n << 31n), 40);
  expect(server.questions).toEqual([expected]);
});

test('asks in the second era of NTP too', async () => {
  const server = await answering({ receivedAt: second(14n), sentAt: second(14n) });
  await ask(server.port, { clock: new VirtualClock(Date.UTC(2036, 1, 7, 6, 28, 30)) });
  expect(server.questions[0]?.readBigUInt64BE(40)).toBe(second(14n));
});

test('asks from the address of the phone, over IPv6 too', async () => {
  const froms: string[] = [];
  const remember: Parameters<typeof NtpServer.open>[0] = (question, from, socket) => {
    froms.push(from.address);
    socket.send(ntpAnswer(question), from.port, from.address);
  };
  await ask((await serverThat(remember)).port, { localAddress: '127.7.7.7' });
  await ask((await serverThat(remember, '::1')).port, { server: '::1' });
  expect(froms).toEqual(['127.7.7.7', '::1']);
});

const refused: [title: string, answer: NtpAnswer, code: SntpCode, detail: string][] = [
  ['a client', { mode: 3 }, 'PROTOCOL', 'mode 3; expected 4, a server'],
  ['a broadcast', { mode: 5 }, 'PROTOCOL', 'mode 5; expected 4, a server'],
  ['another version', { version: 3 }, 'PROTOCOL', 'version 3; expected 4'],
  ['a stratum that is none', { stratum: 17 }, 'PROTOCOL', 'stratum 17; expected 1 to 15'],
  ['no transmit time', { sentAt: 0n }, 'PROTOCOL', 'no time in the answer'],
  ['no receive time', { receivedAt: 0n }, 'PROTOCOL', 'no time in the answer'],
  [
    'an answer before the question',
    { sentAt: MARCH_2026 - (1n << 24n) },
    'PROTOCOL',
    'sent before the question was received',
  ],
  [
    'a kiss-o-death RATE',
    { stratum: 0, leap: 3, referenceId: 'RATE' },
    'KISS_OF_DEATH',
    'the server refuses to serve, with the code RATE',
  ],
  [
    'a kiss-o-death DENY without the alarm',
    { stratum: 0, referenceId: 'DENY' },
    'KISS_OF_DEATH',
    'the server refuses to serve, with the code DENY',
  ],
  [
    'stratum 0 without a code',
    { stratum: 0, leap: 3 },
    'UNSYNCHRONISED',
    'the server says it has no time (stratum 0 without a code)',
  ],
  [
    'stratum 0 with bytes that are no code',
    { stratum: 0, referenceId: '\x7f\x00\x00\x01' },
    'UNSYNCHRONISED',
    'the server says it has no time (stratum 0 without a code)',
  ],
  ['leap 3', { leap: 3 }, 'UNSYNCHRONISED', 'the server says its own clock is not synchronised'],
  ['stratum 16', { stratum: 16 }, 'UNSYNCHRONISED', 'the server says its own clock is not synchronised'],
];

test.for(refused)('refuses %s', async ([, answer, code, detail]) => {
  const { port } = await answering(answer);
  expect(await failure(ask(port))).toEqual({ code, message: `127.0.0.1:${port}: ${detail}` });
});

test.for<[title: string, answer: NtpAnswer]>([
  ['stratum 1', { stratum: 1 }],
  ['stratum 15', { stratum: 15 }],
  ['a leap second to come', { leap: 1 }],
  ['a leap second that is left out', { leap: 2 }],
])('takes %s', async ([, answer]) => {
  const { port } = await answering(answer);
  expect(await ask(port)).toMatchObject({ stratum: answer.stratum ?? 2 });
});

test('does not hear who answers another question, or sends too little', async () => {
  const { port } = await serverThat((question, from, socket) => {
    socket.send(Buffer.alloc(0), from.port, from.address);
    socket.send(ntpAnswer(question).subarray(0, 47), from.port, from.address);
    socket.send(ntpAnswer(question, { originate: Buffer.alloc(8) }), from.port, from.address);
    socket.send(ntpAnswer(question, { stratum: 4 }), from.port, from.address);
  });
  expect(await ask(port)).toMatchObject({ stratum: 4 });
});

test('does not hear another address, nor another port of the server', async () => {
  const strangers = [
    dgram.createSocket('udp4').bind(0, '127.0.0.2'),
    dgram.createSocket('udp4').bind(0, '127.0.0.1'),
  ];
  await Promise.all(strangers.map((stranger) => once(stranger, 'listening')));
  const { port } = await serverThat(async (question, from, socket) => {
    for (const stranger of strangers) {
      await new Promise((sent) => {
        stranger.send(ntpAnswer(question, { stratum: 13 }), from.port, from.address, sent);
      });
    }
    socket.send(ntpAnswer(question, { stratum: 3 }), from.port, from.address);
  });
  expect(await ask(port)).toMatchObject({ stratum: 3 });
  for (const stranger of strangers) stranger.close();
});

test('gives up in time, and says that others answered', async () => {
  const clock = new VirtualClock(MARCH_2026_MS);
  const { port } = await serverThat(async (question, from, socket) => {
    await new Promise((sent) => {
      socket.send(ntpAnswer(question, { originate: Buffer.alloc(8) }), from.port, from.address, sent);
    });
    // Between two of these the loop looks at all sockets once, so the phone has read the packet by then.
    setImmediate(() => setImmediate(() => void clock.runFor(3_000)));
  });
  expect(await failure(ask(port, { clock, timeoutMs: 3_000 }))).toEqual({
    code: 'TIMEOUT',
    message: `127.0.0.1:${port}: no answer in time; packets that answered something else: 1`,
  });
  expect({ holds: clock.openHolds, timers: clock.pendingTimers }).toEqual({ holds: 0, timers: 0 });
});

test('asks once, however long the silence', async () => {
  const clock = new VirtualClock(MARCH_2026_MS);
  const silent = await serverThat(() => void clock.runFor(60_000));
  expect(await failure(ask(silent.port, { clock, timeoutMs: 60_000 }))).toMatchObject({ code: 'TIMEOUT' });
  expect(silent.questions).toHaveLength(1);
});

test('knows when nothing listens there', async () => {
  const server = await answering({});
  servers.splice(0);
  await server.close();
  expect(await failure(ask(server.port))).toEqual({
    code: 'UNREACHABLE',
    message: `127.0.0.1:${server.port}: ECONNREFUSED`,
  });
});

test('knows when the name is unknown', async () => {
  expect(await failure(ask(123, { server: 'time.invalid' }))).toMatchObject({ code: 'UNREACHABLE' });
});

test('tells a local address that this machine does not have from a server that is away', async () => {
  expect(await failure(ask(123, { localAddress: '192.0.2.99' }))).toEqual({
    code: 'LOCAL_LIMIT',
    message: '127.0.0.1:123: EADDRNOTAVAIL',
  });
});

test('ends when it is told to, before and under way', async () => {
  const clock = new LeapingClock();
  const leaving = new AbortController();
  const { port } = await serverThat(() => leaving.abort(new Error('power lost')));
  expect(await failure(ask(port, { clock }, leaving.signal))).toEqual({
    code: 'ABORTED',
    message: `127.0.0.1:${port}: ended before the answer`,
  });
  expect(await failure(ask(port, { clock }, leaving.signal))).toMatchObject({ code: 'ABORTED' });
  expect({ holds: clock.holds, leaps: clock.leaps }).toEqual({ holds: 0, leaps: [] });
});
