import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SecondCounts, sumOfSeconds, totalOfSeconds } from '../../../src/report/fleet/second-counts.ts';

const SECOND_US = 1_000_000;
const WEEK_SECONDS = 604_800;

function of(instantsUs: readonly number[]): SecondCounts {
  const counts = new SecondCounts();
  for (const atUs of instantsUs) counts.count(atUs);
  return counts;
}

function times(count: number, atUs: number): number[] {
  return new Array<number>(count).fill(atUs);
}

/** The bytes by hand: twice a count, and twice the seconds without any less one; from 64 on in two bytes. */
const written: [says: string, instantsUs: readonly number[], bytes: readonly number[], busiest: number][] = [
  ['nothing', [], [], 0],
  ['three in the first second', [0, 1, 999_999], [6], 3],
  ['one each side of a second', [999_999, 1_000_000], [2, 2], 1],
  ['two in the fourth second', times(2, 3 * SECOND_US), [5, 4], 2],
  ['one, a second of rest, two', [0, ...times(2, 2_500_000)], [2, 1, 4], 2],
  ['the last that goes into one byte', times(63, 0), [126], 63],
  ['the first that does not', times(64, 0), [128, 1], 64],
  ['one after 64 seconds, and one after 65', [64 * SECOND_US, 130 * SECOND_US], [127, 2, 129, 1, 2], 1],
  ['1,500 at once', times(1_500, 10), [184, 23], 1_500],
  ['one either side of an hour', [3_599 * SECOND_US, 3_600 * SECOND_US], [157, 56, 2, 2], 1],
];
test.for(written)('%s', ([, instantsUs, bytes, busiest]) => {
  const counts = of(instantsUs);
  expect([...Buffer.from(counts.stored(), 'base64')]).toEqual(bytes);
  expect(counts.busiest).toBe(busiest);
  expect(totalOfSeconds(counts.stored())).toBe(instantsUs.length);
});

const instants = fc.array(
  fc.oneof(
    fc.integer({ min: 0, max: 20 * SECOND_US }),
    fc.integer({ min: 0, max: WEEK_SECONDS * SECOND_US }),
    fc.constant(7_200_000_001),
  ),
);

test('counts of parts, written, read back and added in any order, are those of the whole', () => {
  fc.assert(
    fc.property(fc.array(instants), (parts) => {
      const whole = of(parts.flat());
      const texts = parts.map((part) => of(part).stored());
      for (const all of [texts, texts.toReversed()]) {
        const sum = sumOfSeconds(all);
        expect(sum.stored()).toBe(whole.stored());
        expect([...sum.counted()]).toEqual([...whole.counted()]);
      }
      const bySecond = new Map<number, number>();
      for (const atUs of parts.flat()) {
        const second = Math.floor(atUs / SECOND_US);
        bySecond.set(second, (bySecond.get(second) ?? 0) + 1);
      }
      expect([...whole.counted()]).toEqual([...bySecond].sort(([a], [b]) => a - b));
    }),
    { numRuns: 60 },
  );
});

const damaged: [says: string, bytes: readonly number[]][] = [
  ['the middle of a number at its end', [2, 128]],
  ['rest at its end', [2, 1]],
  ['a second of none that is counted', [0, 2]],
  ['rest in two parts', [1, 1, 2]],
  ['a number with more bytes than it needs', [130, 0]],
];
test.for(damaged)('a text with %s is none of counts', ([, bytes]) => {
  expect(totalOfSeconds(Buffer.from(bytes).toString('base64'))).toBeUndefined();
});

test('nor is one that is no base64', () => {
  expect(totalOfSeconds('Ag')).toBeUndefined();
  expect(totalOfSeconds('?')).toBeUndefined();
});
