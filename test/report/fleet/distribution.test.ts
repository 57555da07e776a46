import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Distribution, LONGEST_US, sumOf } from '../../../src/report/fleet/distribution.ts';

const micros = fc.oneof(
  fc.integer({ min: 0, max: 5_000 }),
  fc.integer({ min: 0, max: 900_000_000 }),
  fc.constant(0),
);
const percents = [0, 1, 50, 75, 90, 95, 99, 99.9, 100];

function of(values: readonly number[], digits: 1 | 3 = 3): Distribution {
  const distribution = new Distribution(digits);
  for (const value of values) distribution.record(value);
  return distribution;
}

test('distributions of parts, written, read back and added in any order, are that of the whole', () => {
  fc.assert(
    fc.property(fc.array(fc.array(micros)), fc.constantFrom<1 | 3>(1, 3), (parts, digits) => {
      const whole = of(parts.flat(), digits);
      const read = parts.map((part) => Distribution.from(of(part, digits).stored(), digits));
      for (const all of [read, read.toReversed()]) {
        const merged = sumOf(all, digits);
        expect(merged.stored()).toEqual(whole.stored());
        expect(percents.map((one) => merged.percentileUs(one))).toEqual(
          percents.map((one) => whole.percentileUs(one)),
        );
      }
    }),
    { numRuns: 60 },
  );
});

test('a percentile is that of the sorted values, to a thousandth', () => {
  fc.assert(
    fc.property(fc.array(micros, { minLength: 1 }), fc.constantFrom(...percents), (values, percent) => {
      const sorted = values.toSorted((a, b) => a - b);
      const exact = sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? 0;
      const found = of(values).percentileUs(percent);
      expect(Math.abs(found - exact)).toBeLessThanOrEqual(exact / 1_000);
    }),
  );
});

test('least and most are exact, whatever the histogram rounds', () => {
  const { minUs, maxUs, sumUs, count } = of([123_456_789, 987_654_321]);
  expect({ minUs, maxUs, sumUs, count }).toEqual({
    minUs: 123_456_789,
    maxUs: 987_654_321,
    sumUs: 1_111_111_110,
    count: 2,
  });
});

test('what is too long or below nothing counts as the longest and as nothing', () => {
  const { minUs, maxUs } = of([-5, LONGEST_US * 4]);
  expect({ minUs, maxUs }).toEqual({ minUs: 0, maxUs: LONGEST_US });
});

test('of nothing there is nothing', () => {
  const stored = of([]).stored();
  expect(stored).toEqual({
    count: 0,
    sumUs: 0,
    minUs: 0,
    p50Us: 0,
    p75Us: 0,
    p90Us: 0,
    p95Us: 0,
    p99Us: 0,
    p999Us: 0,
    maxUs: 0,
    hdr: '',
  });
  expect(Distribution.from(stored).stored()).toEqual(stored);
});

test('a histogram of another count than it says is refused', () => {
  const stored = of([1, 2, 3]).stored();
  expect(() => Distribution.from({ ...stored, count: 4 })).toThrow('a histogram of 3 values; expected 4');
  expect(() => Distribution.from({ ...stored, hdr: 'AAAA' })).toThrow();
});

test('counts up to bounds are those of the values, to a thousandth', () => {
  fc.assert(
    fc.property(fc.array(micros), (values) => {
      const bounds = [0, 1_000, 1_500, 70_000, 3_000_000, 7_000_000_000];
      const counts = of(values).countsUpTo(bounds);
      for (const [index, bound] of bounds.entries()) {
        const surely = values.filter((value) => value <= bound).length;
        const perhaps = values.filter((value) => value <= bound * 1.001 + 1).length;
        expect(counts[index]).toBeGreaterThanOrEqual(surely);
        expect(counts[index]).toBeLessThanOrEqual(perhaps);
      }
      expect(counts.at(-1)).toBe(values.length);
    }),
  );
});
