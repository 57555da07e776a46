import fc from 'fast-check';
import { expect, test } from 'vitest';
import { figuresSchema } from '../../../src/report/fleet/figures.schema.ts';
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
    { numRuns: 20 },
  );
});
