import { expect, test } from 'vitest';
import { addGlances } from '../../../src/report/fleet/glance.ts';
import { liveLines, type Outlook } from '../../../src/report/fleet/live-line.ts';
import { FleetTally } from '../../../src/report/fleet/tally.ts';
import { smallFleet } from './small-fleet.ts';

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
  { outlook: { kind: 'planned', leftMs: 120_000 } },
  { outlook: { kind: 'guessed', leftMs: 45_000 } },
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
        "1m 35s, about 45s left: 3 boot-loader, 1 starting, 2 writing",
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
