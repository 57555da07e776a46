import { expect, test } from 'vitest';
import type { PhoneEvent } from '../../../src/events/phone-event.ts';
import { closingText } from '../../../src/report/fleet/closing-text.ts';
import { fleetCsv } from '../../../src/report/fleet/csv.ts';
import type { FleetFigures } from '../../../src/report/fleet/figures.ts';
import { metrics } from '../../../src/report/fleet/metric.ts';
import { renderFleetReport } from '../../../src/report/fleet/render-fleet.ts';
import { FleetTally } from '../../../src/report/fleet/tally.ts';
import { plainPalette } from '../../../src/report/palette.ts';
import { aFleetResult } from './a-fleet-result.ts';
import { smallFleet, tallyOf } from './small-fleet.ts';

const PUBLISHED_MS = 1_000;
/** Eight phones, one every half second, two of them over each protocol, from a server with a name. */
const fleet = await smallFleet({
  count: 8,
  protocols: ['tftp', 'ftp', 'http', 'https'],
  host: 'files.example',
  user: 'phones',
  faults: [
    { fault: 'missing', match: '*.bin', share: '25%' },
    { fault: 'silence', match: 'banner.txt', times: 1 },
    { fault: 'status', status: 401, match: '1230SIP.cfg', protocol: 'http', times: 1 },
  ],
});
const release = { section: 'FW', version: 'SIP12x004.04.09.00', publishedMs: PUBLISHED_MS } as const;
const result = aFleetResult(tallyOf(fleet, { measureFromMs: 0, release }).figures());
const { figures } = result;

/** Counts the facts again, each kind by itself, as somebody with a pencil would. */
function told<T extends PhoneEvent['type']>(type: T) {
  return fleet.facts.flatMap(({ phone, atMs, event }) =>
    event.type === type ? [{ phone, atMs, event: event as Extract<PhoneEvent, { type: T }> }] : [],
  );
}

function busiestSecond(instantsMs: readonly number[]): number {
  const seconds = instantsMs.map((atMs) => Math.floor(atMs / 1_000));
  return Math.max(...seconds.map((second) => seconds.filter((one) => one === second).length));
}

const asked = told('file.requested');
const made = told('connection.made');
const repeated = told('file.repeated');
const challenged = told('file.challenged');
const requestsAgain = repeated.filter(({ event }) => event.what === 'request');

/** From the publishing until the nth of eight phones ran the release: firmware counts when it runs. */
const reachedMs = told('software.started')
  .filter(({ event }) => event.software === release.version)
  .map(({ atMs }) => atMs - PUBLISHED_MS)
  .toSorted((a, b) => a - b);

const counts: [metric: string, byHand: number | undefined][] = [
  ['files.asked', asked.length],
  ['files.received', told('file.received').length],
  ['files.failed', told('file.failed').length],
  ['files.repeatedRequests', requestsAgain.length],
  ['files.repeatedAcknowledgements', repeated.length - requestsAgain.length],
  ['files.challenged', challenged.length],
  ['files.connections', made.length],
  ['files.tlsFull', made.filter(({ event }) => event.tls === 'full').length],
  ['files.tlsResumed', made.filter(({ event }) => event.tls === 'resumed').length],
  ['files.lookUps', made.filter(({ event }) => event.lookedUp).length],
  ['requests.busiest', busiestSecond([...asked, ...requestsAgain, ...challenged].map(({ atMs }) => atMs))],
  ['connections.busiest', busiestSecond(made.map(({ atMs }) => atMs))],
  ['errors.count', told('file.failed').length],
  ['phones.restarts', told('phone.restarted').length],
  ['release.leftBehind', 8 - reachedMs.length],
  ['release.share', reachedMs.length / 8],
];
test.for(counts)('%s is what a pencil counts', ([name, byHand]) => {
  expect(metrics.get(name)?.read(figures)).toBe(byHand);
});

test('the fleet has something of everything that is counted', () => {
  const byHand = Object.fromEntries(counts);
  const nothing = Object.entries(byHand).flatMap(([name, count]) => (count === 0 ? [name] : []));
  // The loopback's TLS has no sessions to resume, and its datagrams after the first block all arrive.
  expect(nothing).toEqual(['files.repeatedAcknowledgements', 'files.tlsResumed']);
  expect(reachedMs.length).toBeGreaterThanOrEqual(4);
});

test('half of the phones had the release when the fourth had it, and not all ever', () => {
  const to50 = metrics.get('release.to50')?.read(figures) ?? 0;
  const fourthMs = reachedMs[3] ?? 0;
  // Histograms have three digits.
  expect(Math.abs(to50 / 1_000 - fourthMs)).toBeLessThanOrEqual(fourthMs / 1_000);
  expect(metrics.get('release.to100')?.read(figures)).toBeUndefined();
});

test('every report has them', () => {
  const withDnd = aFleetResult({
    ...figures,
    dnd: dndOf([
      [0, 1_000, 'on'],
      [0, 3_000, 'off'],
    ]),
  });
  const titles = ['Connections and repeats', 'Do Not Disturb of phones at a check', 'How the release spread'];
  for (const kind of ['html', 'markdown'] as const) {
    const report = renderFleetReport(kind, withDnd);
    expect(titles.filter((title) => !report.includes(title))).toEqual([]);
  }
  const layout = { columns: 200, palette: plainPalette, letters: 'unicode' as const };
  const closing = closingText(withDnd, layout);
  expect(titles.filter((title) => !closing.includes(title))).toEqual([]);
  const rows = fleetCsv(result).split('\r\n');
  for (const [name, byHand] of counts) {
    expect(rows.filter((row) => row.startsWith(`${name},`))).toEqual([
      expect.stringMatching(new RegExp(`^${name},${byHand},`)),
    ]);
  }
});

/** What a tally makes of DND that goes on and off at those times, in ms. */
function dndOf(
  facts: readonly (readonly [phone: number, atMs: number, type: 'on' | 'off', by?: 'update' | 'user'])[],
  measureFromMs = 0,
): FleetFigures['dnd'] {
  const tally = new FleetTally({ measureFromMs });
  for (const phone of new Set(facts.map(([one]) => one))) {
    tally.scheduled(phone, 0, 'http');
    tally.take(phone, 0, { type: 'power.on' });
  }
  for (const [phone, atMs, type, by = 'update'] of facts) {
    tally.take(phone, atMs, { type: type === 'on' ? 'dnd.enabled' : 'dnd.disabled', by });
  }
  return tally.figures().dnd;
}

test('DND of phones is told as long as it was', () => {
  const { hdr, ...times } = dndOf([
    [0, 1_000, 'on'],
    [1, 1_500, 'on'],
    [0, 3_000, 'off'],
    [1, 5_500, 'off'],
    [0, 8_000, 'on'],
    [0, 14_000, 'off'],
  ]);
  expect(hdr).not.toBe('');
  expect(times).toMatchObject({ count: 3, sumUs: 12_000_000, minUs: 2_000_000, maxUs: 6_000_000 });
  expect(times.p50Us / 1_000_000).toBeCloseTo(4, 2);
});

const notCounted: [title: string, facts: Parameters<typeof dndOf>[0], measureFromMs?: number][] = [
  [
    "the user's own",
    [
      [0, 1, 'on', 'user'],
      [0, 9, 'off', 'user'],
    ],
  ],
  ['one that never ended', [[0, 1, 'on']]],
  [
    'one that began before the measuring',
    [
      [0, 100, 'on'],
      [0, 300, 'off'],
    ],
    200,
  ],
];
test.for(notCounted)('no DND of a check: %s', ([, facts, measureFromMs]) => {
  expect(dndOf(facts, measureFromMs).count).toBe(0);
});
