import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  binUsFor,
  CountSeries,
  LevelSeries,
  levelAtEnds,
  meanLevels,
  TimeGrid,
} from '../../../src/report/fleet/time-grid.ts';

const SECOND = 1_000_000;
const lengths: [says: string, endUs: number, binUs: number][] = [
  ['nothing', 0, SECOND / 10],
  ['two minutes', 120 * SECOND, SECOND / 10],
  ['ten minutes', 600 * SECOND, SECOND / 2],
  ['an hour', 3_600 * SECOND, 5 * SECOND],
  ['a day', 86_400 * SECOND - 1, 60 * SECOND],
  ['a week', 7 * 86_400 * SECOND, 600 * SECOND],
  ['ten years', 3_650 * 86_400 * SECOND, 86_400 * SECOND],
];
test.for(lengths)('a run of %s has bins of a round length', ([, endUs, binUs]) => {
  expect(binUsFor(endUs, 1_500)).toBe(binUs);
});

/** When it began, in tenths of a second, and how long it went on. */
const visit = fc.tuple(fc.integer({ min: 0, max: 4_000 }), fc.integer({ min: 0, max: 900 }));

function taken(visits: readonly (readonly [number, number])[], binsMax = 100) {
  const grid = new TimeGrid(binsMax);
  const count = grid.carry(new CountSeries());
  const level = grid.carry(new LevelSeries());
  for (const [from, length] of visits) {
    const beginUs = from * 37_123;
    count.count(grid.binOf(beginUs));
    level.change(grid, beginUs, 1);
    level.change(grid, beginUs + length * 37_123, -1);
  }
  return { grid, count, level };
}

test('series grow coarser without losing anything, and add up in any order', () => {
  fc.assert(
    fc.property(fc.array(visit), fc.array(visit), (some, others) => {
      const whole = taken([...some, ...others]);
      const parts = [taken(others), taken(some)];
      const grid = new TimeGrid(100);
      const count = grid.carry(new CountSeries());
      const level = grid.carry(new LevelSeries());
      for (const part of parts) {
        grid.reach(part.grid.endUs);
        count.add(part.count.stored(), grid.binUs / part.grid.binUs);
        level.add(part.level.stored(), grid.binUs / part.grid.binUs, part.grid.binUs);
      }
      expect([grid.binUs, count.stored(), level.stored()]).toEqual([
        whole.grid.binUs,
        whole.count.stored(),
        whole.level.stored(),
      ]);
      expect(count.stored().reduce((sum, value) => sum + value, 0)).toBe(some.length + others.length);
    }),
    { numRuns: 60 },
  );
});

test('what was kept in fewer bins is added in those', () => {
  fc.assert(
    fc.property(fc.array(visit), fc.array(visit), fc.boolean(), (some, others, finerFirst) => {
      const parts = [taken(some, 100), taken(others, 30)];
      const grid = new TimeGrid(100);
      const count = grid.carry(new CountSeries());
      const level = grid.carry(new LevelSeries());
      for (const part of finerFirst ? parts : parts.toReversed()) {
        grid.reach(part.grid.endUs, part.grid.binUs);
        count.add(part.count.stored(), grid.binUs / part.grid.binUs);
        level.add(part.level.stored(), grid.binUs / part.grid.binUs, part.grid.binUs);
      }
      const binUs = Math.max(...parts.map((part) => part.grid.binUs));
      const bins = Math.floor(grid.endUs / binUs) + 1;
      const whole = taken([...some, ...others], 100);
      const coarse = new CountSeries();
      coarse.add(whole.count.stored(), Math.max(1, binUs / whole.grid.binUs));
      const area = (means: readonly number[], us: number) =>
        Math.round(means.reduce((sum, mean) => sum + mean * us, 0));
      const wholeBins = Math.floor(whole.grid.endUs / whole.grid.binUs) + 1;
      expect([grid.binUs, count.stored()]).toEqual([Math.max(binUs, whole.grid.binUs), coarse.stored()]);
      expect(levelAtEnds(level.stored(), bins).at(-1)).toBe(0);
      expect(area(meanLevels(level.stored(), bins, grid.binUs), grid.binUs)).toBe(
        area(meanLevels(whole.level.stored(), wholeBins, whole.grid.binUs), whole.grid.binUs),
      );
    }),
    { numRuns: 60 },
  );
});

test('the mean level of a bin is the time spent in it', () => {
  fc.assert(
    fc.property(fc.array(visit, { minLength: 1 }), (visits) => {
      const { grid, level } = taken(visits);
      const bins = Math.floor(grid.endUs / grid.binUs) + 1;
      const spent = visits.reduce((sum, [, length]) => sum + length * 37_123, 0);
      const means = meanLevels(level.stored(), bins, grid.binUs);
      const area = means.reduce((sum, mean) => sum + mean * grid.binUs, 0);
      expect(Math.round(area)).toBe(spent);
      expect(levelAtEnds(level.stored(), bins).at(-1)).toBe(0);
    }),
    { numRuns: 60 },
  );
});
