import { expect, test } from 'vitest';
import { compareFleets } from '../../../src/report/fleet/compare-fleets.ts';
import { SecondCounts } from '../../../src/report/fleet/second-counts.ts';
import { aFleetResult } from './a-fleet-result.ts';
import { smallFleet, tallyOf } from './small-fleet.ts';

const figures = tallyOf(await smallFleet({ count: 1, protocols: ['http'] })).figures();

/** A fleet whose busiest second had so many requests. */
function withPeak(requests: number) {
  const second = new SecondCounts();
  for (let count = 0; count < requests; count++) second.count(0);
  const perSecond = { requests: { http: second.stored() }, connections: {} };
  return aFleetResult({ ...figures, perSecond });
}

const cases: [title: string, a: number, b: number, told: readonly string[]][] = [
  ['a peak that is one request higher is the same', 3, 4, []],
  ['so is one that is 10 % higher', 200, 220, []],
  ['one beyond that is not', 200, 221, ['http.requests.busiest']],
];
test.for(cases)('%s', ([, a, b, told]) => {
  const pairs = compareFleets(withPeak(a), withPeak(b));
  expect(pairs.flatMap(({ differences }) => differences.map(({ about }) => about))).toEqual(told);
});

test('a figure is told with its change, and without one where there was nothing', () => {
  const changes = (a: number, b: number) =>
    compareFleets(withPeak(a), withPeak(b)).flatMap(({ differences }) =>
      differences.map(({ about, change }) => [about, change]),
    );
  expect(changes(200, 100)).toEqual([['http.requests.busiest', '-50%']]);
  expect(changes(100, 350)).toEqual([['http.requests.busiest', '+250%']]);
  expect(changes(0, 100)).toEqual([['http.requests.busiest', undefined]]);
});
