import { expect, test } from 'vitest';
import { shareText } from '../../../src/report/fleet/figure-text.ts';
import { addGlances } from '../../../src/report/fleet/glance.ts';
import { liveLines, type Outlook, rateSince } from '../../../src/report/fleet/live-line.ts';
import { metrics } from '../../../src/report/fleet/metric.ts';
import { errorShare } from '../../../src/report/fleet/result-words.ts';
import { FleetTally } from '../../../src/report/fleet/tally.ts';
import { smallFleet, tallyOf } from './small-fleet.ts';

const fleet = await smallFleet({ count: 6, faults: [{ fault: 'missing', match: 'German.lng' }] });

/** What a worker has seen of its phones by that time. */
function momentAt(atMs: number, isMine: (phone: number) => boolean = () => true) {
  const tally = new FleetTally({ measureFromMs: 0 });
  fleet.phones.forEach(({ dueMs, protocol }, phone) => {
    if (isMine(phone)) tally.scheduled(phone, dueMs, protocol);
  });
  for (const fact of fleet.facts) {
    if (isMine(fact.phone) && fact.atMs <= atMs) tally.take(fact.phone, fact.atMs, fact.event);
  }
  return { atMs, glance: tally.glance() };
}

const outlooks: readonly { readonly outlook?: Outlook }[] = [
  {},
  { outlook: { kind: 'planned', leftMs: 120_000, time: 'real' } },
  { outlook: { kind: 'guessed', leftMs: 45_000, time: 'leaping' } },
  { outlook: { kind: 'draining' } },
];

test('a run is told from its start to its end', () => {
  const told = [0, 1_600, 95_000, 140_000].map((atMs, index, all) => {
    const before = all[index - 1];
    return liveLines({
      now: momentAt(atMs),
      phones: 6,
      ...(before !== undefined && { before: momentAt(before) }),
      ...outlooks[index],
    });
  });
  expect(told).toMatchInlineSnapshot(`
    [
      [
        "0ms: 5 waiting, 1 boot-loader",
        "0 requests, 0/s, 0 B/s",
        "boots: 0 done, 0 failed; 0 errors",
      ],
      [
        "1.6s, 2m left: 2 waiting, 4 boot-loader",
        "0 requests, 0/s, 0 B/s",
        "boots: 0 done, 0 failed; 0 errors",
      ],
      [
        "1m 35s, about 45s of the phones' time left: 3 boot-loader, 1 starting, 2 writing",
        "12 requests, 0.1/s, 4.2 kB/s",
        "boots: 0 done, 0 failed; 0 errors",
      ],
      [
        "2m 20s, draining: 6 login",
        "48 requests, 0.8/s, 70 B/s",
        "boots: 0 done, 6 failed; 12 errors (25%)",
      ],
    ]
  `);
});

test('what two workers see is what one would', () => {
  const parts = [0, 1].map((part) => momentAt(95_000, (phone) => phone % 2 === part).glance);
  expect(addGlances(parts)).toEqual(momentAt(95_000).glance);
});

test('the share of errors is that of the result: of the files asked for', () => {
  const tally = tallyOf(fleet);
  const [, , fare] = liveLines({ now: { atMs: 140_000, glance: tally.glance() }, phones: 6 });
  const figures = tally.figures();
  expect(fare).toMatch(new RegExp(`errors \\(${shareText(errorShare(figures))}\\)$`));
  expect(tally.glance().errors).toBe(metrics.get('errors.count')?.read(figures));
});

test('rates are of a second at least, so that a moment of virtual time is none', () => {
  const glance = momentAt(140_000).glance;
  const more = { ...glance, requests: glance.requests + 500 };
  const before = { atMs: 140_000, glance };
  const now = { atMs: 140_001, glance: more };
  expect(liveLines({ now, before, phones: 6 })[1]).toMatch(/^548 requests, 500\/s/);
  const anchors = [
    [undefined, 999],
    [undefined, 1_000],
    [before, 140_999],
    [before, 141_000],
  ] as const;
  expect(anchors.map(([since, atMs]) => rateSince(since, { atMs, glance })?.atMs)).toEqual([
    undefined,
    1_000,
    140_000,
    141_000,
  ]);
});
