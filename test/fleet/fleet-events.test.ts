import { expect, test } from 'vitest';
import { VirtualClock } from '../../src/clock/virtual-clock.ts';
import { Blackouts, Schedule } from '../../src/fleet/fleet-events.ts';

const cases: [title: string, blackouts: readonly { atMs: number; ms: number }[], up: readonly number[]][] = [
  ['one ends when its time is over', [{ atMs: 10, ms: 20 }], [30]],
  [
    'one after the other',
    [
      { atMs: 10, ms: 20 },
      { atMs: 50, ms: 5 },
    ],
    [30, 55],
  ],
  [
    'the end of one does not end another',
    [
      { atMs: 10, ms: 20 },
      { atMs: 15, ms: 60 },
    ],
    [75],
  ],
  [
    'a short one within a long one',
    [
      { atMs: 10, ms: 60 },
      { atMs: 15, ms: 5 },
    ],
    [70],
  ],
];

test.for(cases)('the server comes back: %s', async ([, blackouts, up]) => {
  const clock = new VirtualClock(1_000);
  const back: number[] = [];
  const world = {
    breakServer: async () => {},
    mendServer: async () => {
      back.push(clock.now() - 1_000);
    },
  };
  const schedule = new Schedule(clock, 1_000);
  const gone = new Blackouts(world, schedule, () => {});
  for (const one of blackouts) schedule.at(one.atMs, () => gone.begin(one));
  await clock.runUntil(2_000);
  expect(back).toEqual(up);
});

test.for([
  ['comes back when the port is free again', 3, [33_000], []],
  ['does not come back: after a minute that is told', 99, [], ['EADDRINUSE']],
] as const)('a server whose port a phone has meanwhile %s', async ([, takenTimes, up, told]) => {
  const clock = new VirtualClock(0);
  let tries = 0;
  const back: number[] = [];
  const world = {
    breakServer: async () => {},
    mendServer: async () => {
      if (++tries <= takenTimes) throw new Error('EADDRINUSE');
      back.push(clock.now());
    },
  };
  const schedule = new Schedule(clock, 0);
  const failures: string[] = [];
  const blackouts = new Blackouts(world, schedule, (error) => failures.push((error as Error).message));
  blackouts.begin({ atMs: 0, ms: 30_000 });
  await clock.runUntil(300_000);
  expect([back, failures]).toEqual([up, told]);
});
