import fc from 'fast-check';
import { expect, test } from 'vitest';
import { figuresSchema } from '../../../src/report/fleet/figures.schema.ts';
import type { FileKind } from '../../../src/report/fleet/file-kind.ts';
import { mergeFigures } from '../../../src/report/fleet/tally.ts';
import { smallFleet, tallyOf } from './small-fleet.ts';

const fleet = await smallFleet({
  count: 12,
  faults: [
    { fault: 'missing', match: 'German.lng', protocol: 'ftp', share: '50%' },
    { fault: 'silence', match: 'banner.txt', times: 1 },
  ],
});
const release = { section: 'LANGUAGE', version: '000001', publishedMs: 1_000 } as const;
const plan = { measureFromMs: 1_000, release };
const whole = tallyOf(fleet, plan).figures();

test('figures keep to their published schema', () => {
  expect(figuresSchema.parse(whole)).toEqual(whole);
});

test('the figures of any split of a fleet add up to those of the whole, byte for byte', () => {
  const shares = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 12, maxLength: 12 });
  fc.assert(
    fc.property(shares, fc.boolean(), (share, backwards) => {
      const parts = [...new Set(share)].map((part) =>
        tallyOf(fleet, plan, (phone) => share[phone] === part).figures(),
      );
      // As they come out of a file.
      const read = parts.map((part) => figuresSchema.parse(JSON.parse(JSON.stringify(part))));
      const merged = mergeFigures(backwards ? read.reverse() : read);
      expect(JSON.stringify(merged)).toBe(JSON.stringify(whole));
    }),
    { numRuns: 6 },
  );
});

test('a phone that has left is forgotten, so that phones may come and go for days', () => {
  const tally = tallyOf(fleet, plan);
  expect(() => tally.take(0, 0, { type: 'power.on' })).toThrow('Phone 0 is not scheduled, or has left');
  expect(tally.figures()).toEqual(whole);
});

/** Three phones that miss a language, find nobody at the banner's port, and lose a connection half-way. */
const troubled = tallyOf(
  await smallFleet({
    count: 3,
    faults: [
      { fault: 'missing', match: 'German.lng' },
      { fault: 'refuse', match: 'banner.txt' },
      { fault: 'reset', match: 'device.cfg', afterBytes: 10, times: 1 },
    ],
  }),
  { measureFromMs: 0, release: { section: 'FW', version: 'SIP12x004.04.09.00', publishedMs: 0 } },
).figures();

/** What was counted of files, without their times. */
function countsOfFiles(protocol: 'tftp' | 'ftp' | 'http', kind: FileKind) {
  const file = troubled.files[protocol]?.[kind];
  if (file === undefined) return undefined;
  const { connect: _, firstByte, service, latency, ...counts } = file;
  return { ...counts, firstBytes: firstByte.count, services: service.count, latencies: latency.count };
}

const nothing = {
  asked: 0,
  received: 0,
  left: 0,
  failed: 0,
  open: 0,
  bytes: 0,
  repeatedRequests: 0,
  repeatedAcknowledgements: 0,
  challenged: 0,
  sent: 0,
  connections: 0,
  tlsFull: 0,
  tlsResumed: 0,
  lookUps: 0,
  causes: {},
  firstBytes: 0,
  services: 0,
  latencies: 0,
};

const counted: [says: string, protocol: 'tftp' | 'ftp' | 'http', kind: FileKind, counts: object][] = [
  [
    'provisioning files, two a phone for it restarts: a request and an acknowledgement each',
    'tftp',
    'provisioning-file',
    { asked: 2, received: 2, bytes: 752, sent: 4, firstBytes: 2, services: 2, latencies: 2 },
  ],
  [
    'languages, of which one of two is missing: a session each',
    'ftp',
    'LANGUAGE',
    {
      ...{ asked: 6, received: 3, failed: 3, bytes: 207, sent: 6, connections: 6 },
      ...{ causes: { NOT_FOUND: 3 }, firstBytes: 3, services: 3, latencies: 3 },
    },
  ],
  [
    'banners, from a port where nobody listens: one repeat shows it',
    'tftp',
    'LOGIN_BANNER',
    { asked: 3, failed: 3, repeatedRequests: 3, sent: 6, causes: { REFUSED: 3 } },
  ],
  [
    'device configuration, reset after ten bytes; the phone over HTTP has its connection already',
    'http',
    'DEVICE_CONFIG',
    { asked: 3, failed: 3, bytes: 30, sent: 3, connections: 2, causes: { RESET_MIDWAY: 3 }, firstBytes: 3 },
  ],
];
test.for(counted)('%s', ([, protocol, kind, counts]) => {
  expect(countsOfFiles(protocol, kind)).toEqual({ ...nothing, ...counts });
});

test('all of it is told as boots that failed, phones in their states, and a release that all have', () => {
  const { jobs, phones, release, overTime, failures } = troubled;
  expect(Object.values(jobs).map((kinds) => kinds.boot?.failed)).toEqual([1, 1, 1]);
  expect(phones).toEqual({ scheduled: 3, begun: 3, ends: { rest: 3 }, restarts: 3, callsDropped: 0 });
  const standing = Object.entries(overTime.states).map(([state, { net }]) => [
    state,
    net.reduce((sum, change) => sum + change, 0),
  ]);
  expect(standing.filter(([, count]) => count !== 0)).toEqual([['login', 3]]);
  expect(release).toMatchObject({ phones: 3, onTarget: 3, leftBehindBecause: {}, leftBehind: [] });
  expect(release?.reached.count).toBe(3);
  expect(failures[0]).toMatchObject({ kind: 'DEVICE_CONFIG', protocol: 'http', cause: 'RESET_MIDWAY' });
});

test('what was asked for before the measuring began is in the series and nowhere else', () => {
  const later = tallyOf(fleet, { measureFromMs: 3_600_000 }).figures();
  expect([later.jobs, later.files]).toEqual([{}, {}]);
  expect(later.overTime).toEqual(whole.overTime);
});

test('phones that were left behind are counted by reason, and named by index', async () => {
  const broken = await smallFleet({
    count: 30,
    everyMs: 100,
    faults: [
      { fault: 'missing', match: '*.bin', share: '50%' },
      { fault: 'silence', match: '1230SIP.cfg', share: '20%' },
    ],
  });
  const { release } = tallyOf(broken, {
    measureFromMs: 0,
    release: { section: 'FW', version: 'SIP12x004.04.09.00', publishedMs: 0 },
  }).figures();
  const reasons = release?.leftBehindBecause ?? {};
  expect(Object.keys(reasons)).toEqual(['NOT_FOUND', 'TIMEOUT']);
  const behind = Object.values(reasons).reduce((sum, count) => sum + count, 0);
  expect(release?.onTarget).toBe(30 - behind);
  const named = release?.leftBehind.map(({ phone }) => phone) ?? [];
  expect(named).toEqual(named.toSorted((a, b) => a - b));
  expect(named).toHaveLength(Math.min(20, behind));
});

test('a phone that nobody scheduled is a mistake of ours', () => {
  expect(() => tallyOf({ phones: [], facts: [{ phone: 7, atMs: 0, event: { type: 'power.on' } }] })).toThrow(
    'Phone 7 is not scheduled, or has left',
  );
});
