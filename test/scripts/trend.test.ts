import { expect, test } from 'vitest';
import { medianOf, trendOf } from '../../scripts/soak/trend.mjs';
import { seededRandom } from '../../src/clock/random.ts';

// What `npm run prove:soak` takes for a trend.

const random = seededRandom('soak');
const noise = Array.from({ length: 40 }, () => 1_000 + random.next() * 20);

const cases: [title: string, values: readonly number[], expected: ReturnType<typeof trendOf>][] = [
  ['what stays the same has no trend', Array(20).fill(7), { risen: 0, isSignificant: false }],
  ['seven that rise may be chance', [1, 2, 3, 4, 5, 6, 7], { risen: 6, isSignificant: false }],
  ['eight that rise are no chance', [1, 2, 3, 4, 5, 6, 7, 8], { risen: 7, isSignificant: true }],
  ['what falls does not rise', [6, 5, 4, 3, 2, 1], { risen: -5, isSignificant: false }],
  ['one that is far off moves nothing', [5, 5, 5, 5, 5, 5, 5, 5, 5, 900], { risen: 0, isSignificant: false }],
  ['up and down is no trend', [1, 2, 1, 2, 1, 2, 1, 2, 1, 2], { risen: 0, isSignificant: false }],
];

test.for(cases)('%s', ([, values, expected]) => {
  expect(trendOf(values)).toEqual(expected);
});

test('chance alone is no trend, and a small leak under it is one', () => {
  const leaking = noise.map((value, index) => value + index);
  expect(trendOf(noise).isSignificant).toBe(false);
  expect(trendOf(leaking).isSignificant).toBe(true);
  expect(trendOf(leaking).risen).toBeGreaterThan(30);
});

test('the median is the middle, or between the two in the middle', () => {
  expect([medianOf([]), medianOf([3]), medianOf([9, 1, 5]), medianOf([4, 1, 2, 9])]).toEqual([0, 3, 5, 3]);
});
