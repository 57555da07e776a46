import { expect, test } from 'vitest';
import type { Protocol } from '../../../src/provisioning/words.ts';
import { type ComparedRun, regressionsIn, unfitBaseline } from '../../../src/report/fleet/baseline.ts';
import type { FleetFigures } from '../../../src/report/fleet/figures.ts';
import { fleetJunit } from '../../../src/report/fleet/junit.ts';
import { type FleetRun, fleetResult } from '../../../src/report/fleet/result.ts';
import { FleetTally } from '../../../src/report/fleet/tally.ts';
import { verdictTable } from '../../../src/report/fleet/verdict-table.ts';
import { aFleetResult, aFleetRun, aGenerator } from './a-fleet-result.ts';
import { smallFleet, tallyOf } from './small-fleet.ts';

const whole = tallyOf(await smallFleet({ count: 9 })).figures();
const single = aFleetResult(whole);

test('figures that are worse than the baseline by more than the share are regressions', async () => {
  const slower = await smallFleet({ count: 9, faults: [{ fault: 'latency', match: '1230SIP.cfg', ms: 50 }] });
  const run = aFleetRun(tallyOf(slower).figures());
  const { verdict, why, regressions } = fleetResult(run, {
    thresholds: [],
    baseline: { result: single, share: 0.2 },
  });
  expect(verdict).toBe('failed');
  expect(regressions?.found.map(({ metric, before, after }) => [metric, before, after])).toEqual(
    ['tftp', 'ftp', 'http'].flatMap((protocol, index) =>
      ['p50', 'p95', 'p99'].map((percentile) => {
        const before = [1_000, 8_000, 2_000][index] ?? 0;
        return [`${protocol}.provisioning-file.service.${percentile}`, before, before + 50_000];
      }),
    ),
  );
  expect(why[0]).toBe('tftp.provisioning-file.service.p50: 1ms in the baseline, now 51ms (+5000%)');
  const same = fleetResult(aFleetRun(whole), { thresholds: [], baseline: { result: single, share: 0 } });
  expect(same).toMatchObject({ verdict: 'passed', regressions: { share: 0, left: 0, found: [] } });
  const row = ['holds', 'baseline', '34 figures compared, none is worse by more than 0%'];
  expect(verdictTable(same).rows.at(-1)?.cells).toEqual(row);
});

/** Figures of so many boots, the first of which failed. */
function bootsOf(count: number, failed: number, protocol: Protocol = 'http'): FleetFigures {
  const tally = new FleetTally({ measureFromMs: 0 });
  for (let phone = 0; phone < count; phone++) {
    tally.scheduled(phone, 0, protocol);
    tally.take(phone, 0, { type: 'power.on' });
    if (phone < failed) {
      tally.take(phone, 500, {
        type: 'update.finished',
        ...{ check: 1, trigger: 'power-up', result: 'no-provisioning-file' },
      });
    }
    tally.take(phone, 1_000, { type: 'phone.idle' });
  }
  return tally.figures();
}

test('a run that has nothing in common with its baseline does not hold', () => {
  const baseline = { result: aFleetResult(bootsOf(3, 0)), share: 0.1 };
  const judged = fleetResult(aFleetRun(bootsOf(3, 3, 'ftp')), { thresholds: [], baseline });
  const says = 'nothing of the baseline was asked for again';
  expect([judged.verdict, judged.why]).toEqual(['failed', [says]]);
  expect(judged.regressions).toMatchObject({ compared: 0, left: 5, found: [] });
  expect(verdictTable(judged).rows.at(-1)?.cells).toEqual(['does not hold', 'baseline', says]);
  expect(fleetJunit(judged)).toContain(`<failure type="baseline" message="${says}">`);
});

const sizes: [
  says: string,
  before: readonly [number, number],
  now: readonly [number, number],
  found: object[],
][] = [
  ['as many of more phones are less', [100, 7], [400, 7], []],
  ['as large a share of more phones is the same', [100, 7], [400, 28], []],
  [
    'fewer of fewer phones may be more',
    [400, 28],
    [100, 14],
    [{ metric: 'http.boot.failed of http.boot.due', unit: 'share', before: 0.07, after: 0.14 }],
  ],
];
test.for(sizes)('failed boots are compared as a share: %s', ([, before, now, found]) => {
  const baseline = { result: aFleetResult(bootsOf(...before)), share: 0.1 };
  expect(regressionsIn(bootsOf(...now), baseline).found).toEqual(found);
});

const unfit: [says: string, given: Partial<FleetRun>, problems: readonly string[]][] = [
  ['one of the same kind', {}, []],
  [
    'one that is invalid',
    { generators: [aGenerator({ invalid: 'it was late' })] },
    ['verdict: found invalid (it was late); expected passed or failed: a run whose figures count'],
  ],
  [
    'one of which a shard is missing',
    { shards: { of: 4, covered: [0, 1] }, unknown: { phones: 2, first: [2, 3] } },
    ['shards: found 0, 1 of 4; expected the whole fleet, as this run has'],
  ],
  [
    'one shard, in real time',
    { shards: { of: 4, covered: [0] }, time: 'real' },
    [
      'shards: found 0 of 4; expected the whole fleet, as this run has',
      'time: found real; expected virtual, as this run has',
    ],
  ],
];
test.for(unfit)('a baseline: %s', ([, given, problems]) => {
  const run: ComparedRun = { time: 'virtual', shards: { of: 1, covered: [0] } };
  expect(unfitBaseline(aFleetResult(whole, given), run)).toEqual(problems);
});
