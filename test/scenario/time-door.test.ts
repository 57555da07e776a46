import { expect, onTestFinished, test } from 'vitest';
import { type Clock, sleep } from '../../src/clock/clock.ts';
import { DAY_MS } from '../../src/clock/durations.ts';
import { JumpClock } from '../../src/clock/jump-clock.ts';
import { SystemClock } from '../../src/clock/system-clock.ts';
import { VirtualClock } from '../../src/clock/virtual-clock.ts';
import { timeByPlan, timeOverNetwork } from '../../src/scenario/time-door.ts';
import { type NtpAnswer, NtpServer, ntpAnswer } from '../network/ntp-server.ts';

const never = new AbortController().signal;
const question = { server: '127.0.0.1', timeoutMs: 5_000 };

/** Asks a server that answers so; what is not named in the answer is that of a good one, in March 2026. */
async function ask(clock: Clock, answer: NtpAnswer | 'the time' = 'the time') {
  const server = await NtpServer.open((asked, from, socket) => {
    const now = ntpTime(new SystemClock().now());
    const given = answer === 'the time' ? { receivedAt: now, sentAt: now } : answer;
    socket.send(ntpAnswer(asked, given), from.port, from.address);
  });
  onTestFinished(() => server.close());
  return timeOverNetwork(clock, server.port)(question, never);
}

const SECONDS_FROM_1900_TO_1970 = 2_208_988_800;

function ntpTime(ms: number): bigint {
  return (BigInt(Math.round(ms)) * (1n << 32n)) / 1000n + (BigInt(SECONDS_FROM_1900_TO_1970) << 32n);
}

/** One machine, one clock: a second is for a busy one. */
const OFFSET_MAX_MS = 1_000;

test('in real time a server of this machine agrees', async () => {
  const told = await ask(new SystemClock());
  if (told.result !== 'time') throw new Error(told.detail);
  expect(Math.abs(told.offsetMs)).toBeLessThan(OFFSET_MAX_MS);
  expect(told.stratum).toBe(2);
});

test('in jump time what was leapt over is leapt over for the server too', async () => {
  const clock = new JumpClock();
  await sleep(clock, DAY_MS);
  expect(clock.leaptMs).toBeGreaterThan(DAY_MS - OFFSET_MAX_MS);
  const told = await ask(clock);
  if (told.result !== 'time') throw new Error(told.detail);
  expect(Math.abs(told.offsetMs)).toBeLessThan(OFFSET_MAX_MS);
});

test('in jump time no wait is leapt over while an answer is on its way', async () => {
  const clock = new JumpClock();
  let leapt = false;
  clock.setTimeout(() => {
    leapt = true;
  }, DAY_MS);
  const server = await NtpServer.open((asked, from, socket) => {
    setImmediate(() => setImmediate(() => socket.send(ntpAnswer(asked), from.port, from.address)));
  });
  onTestFinished(() => server.close());
  const { result } = await timeOverNetwork(clock, server.port)(question, never);
  expect({ result, leapt }).toEqual({ result: 'time', leapt: false });
});

test('a refusal is an answer too', async () => {
  expect(await ask(new SystemClock(), { stratum: 0, referenceId: 'DENY' })).toEqual({
    result: 'none',
    code: 'KISS_OF_DEATH',
    detail: 'the server refuses to serve, with the code DENY',
  });
});

test('under virtual time the server is as the plan has it', async () => {
  const clock = new VirtualClock(0);
  const told = timeByPlan(clock, { answers: 'yes', aheadMs: -90_000 })(question, never);
  await clock.runFor(1);
  expect(await told).toEqual({ result: 'time', offsetMs: -90_000, roundTripMs: 1, stratum: 2 });
});

test('under virtual time a silent one takes as long as the phone waits', async () => {
  const clock = new VirtualClock(0);
  let ended = false;
  const told = timeByPlan(clock, { answers: 'no', aheadMs: 0 })(question, never).finally(() => {
    ended = true;
  });
  await clock.runFor(4_999);
  expect(ended).toBe(false);
  await clock.runFor(1);
  expect(await told).toEqual({ result: 'none', code: 'TIMEOUT', detail: 'no answer in time' });
  expect(clock.openHolds).toBe(0);
});
