import { expect, test } from 'vitest';
import type { PhoneEvent } from '../../../src/events/phone-event.ts';
import { mergeFleetResults } from '../../../src/report/fleet/merge-results.ts';
import { metrics } from '../../../src/report/fleet/metric.ts';
import { readFleetResult } from '../../../src/report/fleet/read-fleet-result.ts';
import { type FleetResult, fleetResult } from '../../../src/report/fleet/result.ts';
import { fleetSentence, lookAtFirst, phonesCovered } from '../../../src/report/fleet/result-words.ts';
import { FleetTally } from '../../../src/report/fleet/tally.ts';
import { wireTable } from '../../../src/report/fleet/wire-tables.ts';
import { aFleetResult, aFleetRun, aGenerator, threshold } from './a-fleet-result.ts';
import { smallFleet, tallyOf } from './small-fleet.ts';

const fleet = await smallFleet({ count: 9 });
const whole = tallyOf(fleet).figures();
const thresholds = ['boot.lateness.p95 < 1h', 'boot.done == 0'];

/** Shard i of `of`, as its own process would have left it. */
function shard(index: number, of: number, given: Partial<FleetResult> = {}): FleetResult {
  const figures = tallyOf(fleet, { measureFromMs: 0 }, (phone) => phone % of === index).figures();
  const run = aFleetRun(figures, {
    phones: { count: 9, firstIndex: 0 },
    shards: { of, covered: [index] },
    generators: [aGenerator({ shard: { index, of } })],
  });
  return { ...fleetResult(run, { thresholds: thresholds.map(threshold) }), ...given };
}

function named(results: readonly FleetResult[]) {
  return results.map((result, index) => ({ name: `${index}.json`, result }));
}

const single = aFleetResult(whole, {}, thresholds);

test('a part of a fleet does not call itself the whole', () => {
  const parts = [0, 2].map((index) => shard(index, 4));
  const merging = mergeFleetResults(named(parts));
  const merged = 'result' in merging ? [merging.result] : [];
  expect([...parts, ...merged, single].map(fleetSentence)).toEqual([
    'Twelve phones boot: 3 of 9 phones, shard 0/4, passed',
    'Twelve phones boot: 2 of 9 phones, shard 2/4, passed',
    'Twelve phones boot: 5 of 9 phones, 2 of 4 shards, invalid',
    'Twelve phones boot: 9 phones, passed',
  ]);
});

test('phone i is of shard i mod N, whatever its first number', () => {
  const counts = (count: number, firstIndex: number) =>
    [0, 1, 2].map((index) =>
      phonesCovered({ phones: { count, firstIndex }, shards: { of: 3, covered: [index] } }),
    );
  expect([counts(7, 0), counts(7, 5), counts(1, 5), counts(0, 0)]).toEqual([
    [3, 2, 2],
    [2, 2, 3],
    [0, 0, 1],
    [0, 0, 0],
  ]);
});

test.for([1, 2, 3, 8])('%i shards, read back and merged in any order, are the single run', (of) => {
  const shards = Array.from({ length: of }, (_, index) => shard(index, of)).reverse();
  const read = shards.map((result) => {
    const reading = readFleetResult(JSON.stringify(result));
    if ('problems' in reading) throw new Error(reading.problems.join('\n'));
    return reading.value;
  });
  const merging = mergeFleetResults(named(read));
  if ('problems' in merging) throw new Error(merging.problems.join('\n'));
  const { environment, ...rest } = merging.result;
  expect(JSON.stringify({ ...rest, environment: single.environment })).toBe(JSON.stringify(single));
  expect(environment.generators.map((one) => one.shard.index)).toEqual([...Array(of).keys()]);
});

test('a result that was written before challenges and NOTIFYs were counted has none', () => {
  const older = JSON.stringify(single).replaceAll(/"challenged":0,|"notifiesIgnored":\{\},/g, '');
  expect(older).not.toMatch(/challenged|notifiesIgnored/);
  expect(readFleetResult(older)).toEqual({ value: single });
});

/** As it was written before seconds were counted. */
function withoutSeconds(result: FleetResult): FleetResult {
  const { perSecond: _, ...figures } = result.figures;
  return { ...result, figures };
}

test('a result that was written before seconds were counted does not know the busiest one', () => {
  const older = withoutSeconds(single);
  expect(readFleetResult(JSON.stringify(older))).toEqual({ value: older });
  const busiest = (result: FleetResult) =>
    ['requests.busiest', 'connections.busiest'].map((name) => metrics.get(name)?.read(result.figures));
  expect(busiest(single)).toEqual([expect.any(Number), expect.any(Number)]);
  expect(busiest(older)).toEqual([undefined, undefined]);
  const [row] = wireTable(older.figures).rows;
  expect([row?.cells[1], row?.cells[4]]).toEqual(['unknown', 'unknown']);
});

test('nor does what it is merged into', () => {
  const merging = mergeFleetResults(named([shard(0, 2), withoutSeconds(shard(1, 2))]));
  expect('result' in merging && merging.result.figures).toEqual(withoutSeconds(single).figures);
});

test('an event that one shard was too short for came, if another was not', () => {
  const events = [
    { event: 'restart', atMs: 2_000 },
    { event: 'check-sync', atMs: 2_001 },
  ];
  const shards = [1_000, 2_000].map((endMs, index) => {
    const tally = new FleetTally({ measureFromMs: 0 });
    tally.scheduled(index, 0, 'http');
    tally.left(index, endMs, 'rest');
    const covered = { shards: { of: 2, covered: [index] }, phones: { count: 2, firstIndex: 0 } };
    return aFleetResult(tally.figures(), { ...covered, events });
  });
  expect(shards.map(({ missed }) => missed)).toEqual([events, events.slice(1)]);
  const merging = mergeFleetResults(named(shards));
  expect('result' in merging && merging.result.missed).toEqual(events.slice(1));
});

test('a missing shard leaves phones unknown, and the run invalid', () => {
  const merging = mergeFleetResults(named([shard(3, 4), shard(0, 4), shard(1, 4)]));
  expect(merging).toMatchObject({
    result: {
      verdict: 'invalid',
      why: ['nothing is known of 2 phones of missing shards'],
      shards: { of: 4, covered: [0, 1, 3] },
      unknown: { phones: 2, first: [2, 6] },
    },
  });
});

const unlike: [what: string, given: Partial<FleetResult>, problem: string][] = [
  [
    'another scenario',
    { scenario: 'f'.repeat(16) },
    `1.json: scenario: found ${'f'.repeat(16)}; expected 0123456789abcdef, as in 0.json`,
  ],
  ['another seed', { seed: 'tuesday' }, '1.json: seed: found tuesday; expected monday, as in 0.json'],
  [
    'other phones',
    { phones: { count: 9, firstIndex: 9 } },
    '1.json: phones: found 9 from 9; expected 9 from 0, as in 0.json',
  ],
  [
    'another number of shards',
    { shards: { of: 3, covered: [1] } },
    '1.json: shards: found 3; expected 2, as in 0.json',
  ],
  [
    'other thresholds',
    { thresholds: [] },
    '1.json: thresholds: found none; expected boot.lateness.p95 < 1h, boot.done == 0, as in 0.json',
  ],
  ['the same shard', { shards: { of: 2, covered: [0] } }, '1.json: has shard 0, which is in 0.json too'],
];
test.for(unlike)('a part with %s is refused', ([, given, problem]) => {
  expect(mergeFleetResults(named([shard(0, 2), shard(1, 2, given)]))).toEqual({ problems: [problem] });
});

test('of nothing there is nothing to merge', () => {
  expect(mergeFleetResults([])).toEqual({ problems: ['there is nothing to merge'] });
});

const verdicts: [says: string, make: () => FleetResult, verdict: string, why: readonly string[]][] = [
  ['thresholds that hold pass', () => aFleetResult(whole, {}, ['boot.begun == 9']), 'passed', []],
  [
    'one that does not fails',
    () => aFleetResult(whole, {}, ['boot.begun == 9', 'boot.begun > 9']),
    'failed',
    ['boot.begun > 9: found 9'],
  ],
  [
    'a generator that could not keep up makes it invalid, before all else',
    () =>
      aFleetResult(whole, { generators: [aGenerator({ invalid: 'it was late' }), aGenerator()] }, [
        'boot.begun > 9',
      ]),
    'invalid',
    ['it was late', 'boot.begun > 9: found 9'],
  ],
];
test.for(verdicts)('%s', ([, make, verdict, why]) => {
  expect(make()).toMatchObject({ verdict, why });
});

const firmwareStories: [
  title: string,
  opened: boolean,
  connection: { readonly connection: 'out-of-time' } | object,
  holds: boolean,
][] = [
  ['was on its way when its time was over', true, { connection: 'out-of-time' }, false],
  ['was never answered', false, {}, true],
];
test.for(firmwareStories)('firmware over TFTP that %s', ([, opened, connection, holds]) => {
  const tally = new FleetTally({ measureFromMs: 0 });
  tally.scheduled(0, 0, 'tftp');
  const take = (atMs: number, event: PhoneEvent) => tally.take(0, atMs, event);
  take(0, { type: 'power.on' });
  take(1_000, {
    type: 'file.requested',
    request: 1,
    check: 1,
    section: 'FW',
    index: 1,
    file: 'SIP12x004.04.09.00.bin',
    url: 'tftp://127.0.0.1:69/SIP12x004.04.09.00.bin',
    protocol: 'tftp',
  });
  if (opened) take(2_000, { type: 'file.opened', request: 1, sizeBytes: null });
  const failure = { request: 1, code: 'TIMEOUT', detail: '', bytes: 512, ms: 600_000, attempts: 1 } as const;
  take(601_000, { type: 'file.failed', ...failure, ...connection });
  tally.left(0, 602_000, 'rest');
  const { limits } = aFleetResult(tally.figures());
  expect(limits.find(({ name }) => name === 'firmware-in-time')?.holds).toBe(holds);
});

test('a run that ended before it was to be measured says so', () => {
  const { verdict, why } = aFleetResult(tallyOf(fleet, { measureFromMs: 7_200_000 }).figures());
  expect([verdict, why]).toEqual([
    'failed',
    [
      expect.stringMatching(
        /^nothing was measured: the run ended after .+, and was to be measured from 2h on$/,
      ),
    ],
  ]);
});

test('sessions that a server refused fail a run', async () => {
  const busy = await smallFleet({
    count: 3,
    faults: [{ fault: 'status', match: 'device.cfg', status: 503 }],
  });
  const { limits, verdict } = aFleetResult(tallyOf(busy).figures());
  expect(verdict).toBe('failed');
  expect(limits).toEqual([
    {
      name: 'sessions-accepted',
      holds: false,
      says: expect.stringMatching(
        /^the server turned phones away for \d+ of \d+ files: they go without until/,
      ),
    },
  ]);
});

test('however much did not hold, what the server did is among what to look at first', () => {
  const generators = [aGenerator({ invalid: 'it was late' })];
  const result = aFleetResult(whole, { generators }, ['boot.begun > 9', 'boot.done == 9', 'poll.done == 1']);
  expect(result.why).toHaveLength(4);
  expect(lookAtFirst(result)).toEqual([
    'it was late',
    'boot.begun > 9: found 9',
    expect.stringMatching(/^\d+ of \d+ files over http failed: the server has no such file$/),
  ]);
});

/** The single run, with other figures of its phones. */
function withPhones(given: object): object {
  const { figures } = single;
  return { ...single, figures: { ...figures, phones: { ...figures.phones, ...given } } };
}

/** The single run, with other counts of its requests over HTTP. */
function withRequestSeconds(changed: (stored: string) => string): object {
  const { figures } = single;
  const { requests = {}, connections = {} } = figures.perSecond ?? {};
  const perSecond = { requests: { ...requests, http: changed(requests.http ?? '') }, connections };
  return { ...single, figures: { ...figures, perSecond } };
}

const broken: [says: string, text: string, problem: string][] = [
  ['no JSON', '{', 'is no JSON; expected a file of deskphone fleet --report json=FILE'],
  [
    'nothing',
    'null',
    'type: found none; expected "fleet-result", as deskphone fleet --report json=FILE writes it',
  ],
  [
    'a run of scenarios',
    '{"type":"result"}',
    'type: found "result"; expected "fleet-result", as deskphone fleet --report json=FILE writes it',
  ],
  ['a later version', '{"type":"fleet-result","version":2}', 'version: found 2; this deskphone reads 1'],
  [
    'a verdict of its own',
    JSON.stringify({ ...single, verdict: 'splendid' }),
    'verdict: found "splendid"; expected one of passed, failed, invalid',
  ],
  [
    'a figure that is not there',
    JSON.stringify(withPhones({ scheduled: undefined })),
    'figures.phones.scheduled: found none; expected a number',
  ],
  [
    'fewer than no phones',
    JSON.stringify(withPhones({ scheduled: -1 })),
    'figures.phones.scheduled: found -1; expected at least 0',
  ],
  [
    'a text for a map',
    JSON.stringify(withPhones({ ends: 'rest' })),
    'figures.phones.ends: found "rest"; expected a map of words and values',
  ],
  [
    'a word that came later',
    JSON.stringify(withPhones({ ends: { rest: 1, lost: 2 } })),
    'figures.phones.ends: found ["lost"], which this deskphone does not know',
  ],
  [
    'a histogram that was cut',
    JSON.stringify(single).replace(/("hdr":"[\w+/=]{40})[\w+/=]*/, '$1'),
    expect.stringMatching(/^figures\.jobs\.tftp\.boot\.lateness\.hdr: is not what it was: /),
  ],
  [
    'counts by second that were cut',
    JSON.stringify(withRequestSeconds((stored) => stored.slice(0, 3))),
    'figures.perSecond.requests.http: is not what it was: cannot be read',
  ],
  [
    'counts by second of another run',
    JSON.stringify(withRequestSeconds(() => 'Ag==')),
    expect.stringMatching(/^figures\.perSecond\.requests\.http: is not what it was: 1 in all; expected \d+$/),
  ],
];
test.for(broken)('a file of %s is refused with its reason', ([, text, problem]) => {
  expect(readFleetResult(text)).toEqual({ problems: [problem] });
});
