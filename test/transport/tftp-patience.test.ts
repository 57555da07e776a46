import { expect, test } from 'vitest';
import { VirtualClock } from '../../src/clock/virtual-clock.ts';
import { Patience } from '../../src/transport/tftp-patience.ts';

function patience(totalMs: number) {
  const clock = new VirtualClock(0);
  const told: [string, number][] = [];
  const tell = (what: string) => {
    told.push([what, clock.now()]);
  };
  const waiting = new Patience(clock, totalMs, {
    onSilence: (waitedMs) => tell(`silence of ${waitedMs}`),
    onSilencesUsedUp: () => {
      waiting.end();
      tell('used up');
    },
    onTimeUp: () => {
      waiting.end();
      tell('time up');
    },
  });
  return { clock, told, waiting };
}

test('waits 1, 2, 4, 8, 8, 8 seconds, and then no more', async () => {
  const { clock, told, waiting } = patience(120_000);
  waiting.listen();
  await clock.runFor(1_000_000);
  expect(told).toEqual([
    ['silence of 1000', 1_000],
    ['silence of 2000', 3_000],
    ['silence of 4000', 7_000],
    ['silence of 8000', 15_000],
    ['silence of 8000', 23_000],
    ['used up', 31_000],
  ]);
  expect(clock.pendingTimers).toBe(0);
});

test('each new block starts the series anew, from the instant it came', async () => {
  const { clock, told, waiting } = patience(120_000);
  waiting.listen();
  await clock.runFor(900);
  waiting.listen();
  await clock.runFor(2_500);
  waiting.listen();
  await clock.runFor(1_500);
  expect(told).toEqual([
    ['silence of 1000', 1_900],
    ['silence of 1000', 4_400],
  ]);
});

test('a block after a long wait brings the next ring forward', async () => {
  const { clock, told, waiting } = patience(120_000);
  waiting.listen();
  await clock.runFor(16_000);
  waiting.listen();
  await clock.runFor(1_000);
  expect(told.at(-1)).toEqual(['silence of 1000', 17_000]);
});

test('the limit over all ends it between two waits', async () => {
  const { clock, told, waiting } = patience(5_000);
  waiting.listen();
  await clock.runFor(1_000_000);
  expect(told).toEqual([
    ['silence of 1000', 1_000],
    ['silence of 2000', 3_000],
    ['time up', 5_000],
  ]);
});

test('at rest only the limit over all goes on', async () => {
  const { clock, told, waiting } = patience(5_000);
  waiting.listen();
  waiting.rest();
  await clock.runFor(1_000_000);
  expect(told).toEqual([['time up', 5_000]]);
});

test('at rest from the beginning, then listening', async () => {
  const { clock, told, waiting } = patience(5_000);
  waiting.rest();
  await clock.runFor(500);
  waiting.listen();
  await clock.runFor(1_000);
  expect(told).toEqual([['silence of 1000', 1_500]]);
});

test('a thousand blocks cost one timer', async () => {
  const { clock, waiting } = patience(120_000);
  for (let block = 0; block < 1_000; block++) waiting.listen();
  expect(clock.pendingTimers).toBe(1);
  waiting.end();
  expect(clock.pendingTimers).toBe(0);
});
