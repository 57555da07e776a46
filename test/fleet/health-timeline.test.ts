import { expect, test } from 'vitest';
import { HealthTimeline } from '../../src/fleet/health-timeline.ts';

/** A look, and what it saw. */
type Look = readonly [untilMs: number, loopDelayMs: number, latestStartMs?: number, busyShare?: number];

function overTime(looks: readonly Look[]) {
  const timeline = new HealthTimeline();
  for (const [untilMs, loopDelayMs, latestStartMs = 0, busyShare = 0.5] of looks) {
    timeline.add(untilMs, { loopDelayMs, latestStartMs, busyShare });
  }
  return timeline.overTime();
}

const cases: [title: string, looks: readonly Look[], loopDelayMs: readonly number[]][] = [
  [
    'a stretch a second, though looks come a little late',
    [
      [1_001, 1],
      [2_020, 2],
      [3_100, 3],
    ],
    [1, 2, 3],
  ],
  [
    'a worker that stood still was so all the while',
    [
      [1_001, 1],
      [4_050, 3_040],
    ],
    [1, 3_040, 3_040, 3_040],
  ],
  [
    'two looks in one stretch are the worse of them',
    [
      [1_000, 9],
      [1_100, 4],
      [2_100, 5],
    ],
    [9, 5],
  ],
  ['a run of a blink has a stretch', [[3, 0.04]], [0]],
];
test.for(cases)('%s', ([, looks, loopDelayMs]) => {
  expect(overTime(looks)).toMatchObject({ stretchMs: 1_000, loopDelayMs });
});

test('a day is kept in at most 240 stretches, the worst of each', () => {
  const day = 86_400;
  const looks = Array.from(
    { length: day },
    (_, second): Look => [(second + 1) * 1_000, second % 512, second === 700 ? 80 : 0],
  );
  const { stretchMs, loopDelayMs, latestStartMs, busyShare } = overTime(looks);
  expect(stretchMs).toBe(512_000);
  expect(loopDelayMs).toEqual([...Array(168).fill(511), (day % 512) - 1]);
  expect(latestStartMs).toEqual([0, 80, ...Array(167).fill(0)]);
  expect(busyShare).toEqual(Array(169).fill(0.5));
});
