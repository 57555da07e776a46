import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FleetPlan } from '../../src/fleet/fleet-plan.ts';
import { LoadSearch } from '../../src/fleet/load-search.ts';
import { type LoadRange, nextLoad, type TriedLoad } from '../../src/fleet/next-load.ts';
import { loadOf, mostLoad, planAtLoad } from '../../src/fleet/plan-at-load.ts';
import { fleetSentence } from '../../src/report/fleet/result-words.ts';
import { probeOf } from '../../src/report/fleet/search.ts';
import { aFleetResult, aGenerator } from '../report/fleet/a-fleet-result.ts';
import { smallFleet, tallyOf } from '../report/fleet/small-fleet.ts';
import { planOf } from './fleet-files.ts';

/** Every load that is tried of a server that bears so much. */
function triesOf(range: LoadRange, bearable: number): readonly TriedLoad[] {
  const tried: TriedLoad[] = [];
  for (let load = nextLoad(range, tried); load !== undefined; load = nextLoad(range, tried)) {
    tried.push({ load, holds: load <= bearable });
  }
  return tried;
}

const bearableLoads = fc.record({
  from: fc.integer({ min: 1, max: 500 }),
  bearable: fc.double({ min: 0, max: 2_000_000, noNaN: true }),
  precision: fc.double({ min: 0.01, max: 0.5, noNaN: true }),
  isWhole: fc.boolean(),
});

test('the boundary is found within the precision, in few probes and none twice', () => {
  fc.assert(
    fc.property(bearableLoads, ({ bearable, ...given }) => {
      const range = { ...given, most: 1_000_000 };
      const tried = triesOf(range, bearable);
      const held = Math.max(...tried.filter(({ holds }) => holds).map(({ load }) => load));
      const missed = Math.min(...tried.filter(({ holds }) => !holds).map(({ load }) => load));
      expect(new Set(tried.map(({ load }) => load)).size).toBe(tried.length);
      // Twenty doublings to a million; each step of the bisection halves what was one doubling.
      expect(tried.length).toBeLessThanOrEqual(1 + 20 + Math.ceil(Math.log2(1 / range.precision)) + 1);
      if (bearable < range.from) expect(tried).toEqual([{ load: range.from, holds: false }]);
      else if (bearable >= range.most) expect([held, missed]).toEqual([range.most, Number.POSITIVE_INFINITY]);
      else {
        expect(held).toBeLessThanOrEqual(bearable);
        expect(missed).toBeGreaterThan(bearable);
        expect(missed - held).toBeLessThanOrEqual(Math.max(range.isWhole ? 1 : 0, range.precision * held));
        if (range.isWhole) expect(tried.every(({ load }) => Number.isInteger(load))).toBe(true);
      }
    }),
  );
});

const figures = tallyOf(await smallFleet({ count: 2 })).figures();
const results = {
  passed: aFleetResult(figures),
  failed: aFleetResult(figures, {}, ['phones.scheduled == 0']),
  invalid: aFleetResult(figures, { generators: [aGenerator({ invalid: 'it could not keep up' })] }),
};

type Verdicts = readonly (keyof typeof results)[];

const ends: [
  what: string,
  verdicts: Verdicts,
  most: number,
  isStopped: boolean,
  code: string,
  says: string,
][] = [
  [
    'the next one does not hold',
    ['passed', 'passed', 'failed', 'failed', 'passed'],
    100,
    false,
    'passed',
    'Twelve phones boot: passed, the largest load is 5 phones; 6 phones did not hold',
  ],
  [
    'there are no more phones',
    ['passed', 'passed', 'passed'],
    6,
    false,
    'passed',
    'Twelve phones boot: passed, at least 6 phones: the fleet has no more phones',
  ],
  [
    'the first does not hold',
    ['failed'],
    100,
    false,
    'failed',
    'Twelve phones boot: failed, 2 phones, the first probe, did not hold; expected a smaller --find-max-from',
  ],
  [
    'the generator was the bottleneck',
    ['passed', 'invalid'],
    100,
    false,
    'invalid',
    'Twelve phones boot: invalid, at least 2 phones: the generator, not the server, was the limit at 4 phones',
  ],
  [
    'the generator was the bottleneck of the first',
    ['invalid'],
    100,
    false,
    'invalid',
    'Twelve phones boot: invalid, nothing is known: the generator, not the server, was the limit at 2 phones',
  ],
  [
    'somebody stops it',
    ['passed'],
    100,
    true,
    'invalid',
    'Twelve phones boot: invalid, at least 2 phones: the search was interrupted',
  ],
];
test.for(ends)('a search ends when %s', ([, verdicts, most, isStopped, verdict, says]) => {
  const search = new LoadSearch({ from: 2, most, precision: 0.05, isWhole: true }, 'phones');
  for (const one of verdicts) {
    const load = search.next() ?? 0;
    const result = results[one];
    search.take({ probe: probeOf(load, result), result });
  }
  const result = search.result(isStopped);
  expect(isStopped || search.next() === undefined).toBe(true);
  expect(result?.verdict).toBe(verdict);
  expect(result && fleetSentence(result)).toBe(says);
  expect(result?.search?.probes.map((probe) => probe.verdict)).toEqual(verdicts);
});

test('a search that is stopped before its first probe ends leaves no result', () => {
  const search = new LoadSearch({ from: 2, most: 9, precision: 0.05, isWhole: true }, 'phones');
  expect(search.result(true)).toBeUndefined();
});

const arrivals: [arrivals: string, load: unknown, most: number, at: Partial<FleetPlan>][] = [
  ['at-once', { varied: 'phones', load: 20 }, 62, { count: 40, arrivals: { kind: 'at-once' } }],
  [
    '{ ramp: 10s }',
    { varied: 'phones', load: 20 },
    62,
    { count: 40, arrivals: { kind: 'ramp', ms: 10_000 } },
  ],
  [
    '{ rate: 40/s }',
    { varied: 'rate', load: 40 },
    124,
    { count: 20, arrivals: { kind: 'rate', perSecond: 40 } },
  ],
  [
    '{ poisson: 8/s }',
    { varied: 'rate', load: 8 },
    24.8,
    { count: 62, arrivals: { kind: 'poisson', perSecond: 40 } },
  ],
  [
    '{ concurrency: 10 }',
    { varied: 'concurrency', load: 10 },
    31,
    { count: 62, arrivals: { kind: 'closed', atOnce: 40 } },
  ],
];
test.for(arrivals)('the load of arrivals %s', ([text, load, most, at]) => {
  const fleet = `fleet: { count: 20, sources: 127.1.0.0/26, arrivals: ${text} }`;
  const plan = planOf(`version: 1\ntitle: Load\nseed: monday\nserver: { files: demo }\n${fleet}\n`);
  expect(loadOf(plan)).toEqual(load);
  expect(mostLoad(plan)).toBeCloseTo(most, 9);
  expect(planAtLoad(plan, 40, 3)).toEqual({ ...plan, seed: 'monday/probe-3', ...at });
});
