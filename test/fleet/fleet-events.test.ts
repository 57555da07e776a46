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
  const gone = new Blackouts(world, schedule);
  for (const one of blackouts) schedule.at(one.atMs, () => gone.begin(one));
  await clock.runUntil(2_000);
  expect(back).toEqual(up);
});
