import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerWith } from '../../src/server/answer.ts';
import type { FaultRule } from '../../src/server/faults.schema.ts';
import { faultsFor, type PhoneFaults } from '../../src/server/phone-faults.ts';

const plain = answerWith({ sizeBytes: 0, modifiedMs: 0, read: () => new Uint8Array() });
const slow = { match: '*.bin', fault: 'latency', ms: 1 } as const satisfies FaultRule;

type Aim = Partial<Pick<FaultRule, 'match' | 'after' | 'times'>>;
const MAC = '001B4F123001';
const under = (rules: readonly FaultRule[], seed = 'seed', mac = MAC) => faultsFor(mac, { seed, rules });

/** Which of so many requests are struck, as `.x.x`. */
function struck(faults: PhoneFaults, paths: readonly string[]): string {
  return paths
    .map((path) => (faults.alter({ protocol: 'http', path }, plain) === plain ? '.' : 'x'))
    .join('');
}

const five = Array.from({ length: 5 }, () => 'a.bin');
const cases: [title: string, aim: Aim, paths: readonly string[], struck: string][] = [
  ['without more every matching request is struck', {}, five, 'xxxxx'],
  ['others are not', {}, ['a.bin', 'a.cfg', 'x/b.bin', 'bin'], 'x.x.'],
  ['times: the first so many', { times: 2 }, five, 'xx...'],
  ['after: all but the first so many', { after: 2 }, five, '..xxx'],
  ['both: so many, after so many', { after: 1, times: 2 }, five, '.xx..'],
  ['after 0 passes none', { after: 0, times: 1 }, five, 'x....'],
  ['only matching requests count', { times: 2 }, ['a.cfg', 'a.bin', 'a.cfg', 'b.bin', 'a.bin'], '.x.x.'],
  ['all files of a rule count together', { after: 1 }, ['a.bin', 'b.bin', 'a.bin'], '.xx'],
];
test.for(cases)('%s', ([, aim, paths, expected]) => {
  expect(struck(under([{ ...slow, ...aim }]), paths)).toBe(expected);
});

test('no rules, no change', () => {
  expect(struck(under([]), five)).toBe('.....');
});

test('what other phones ask for changes nothing for this one', () => {
  const rules = fc.array(
    fc.record({
      after: fc.nat({ max: 3 }),
      times: fc.integer({ min: 1, max: 3 }),
      share: fc.constantFrom('50%', '100%'),
    }),
    { maxLength: 3 },
  );
  const calls = fc.array(fc.tuple(fc.nat({ max: 2 }), fc.constantFrom('a.bin', 'b.bin', 'a.cfg')));
  fc.assert(
    fc.property(rules, calls, (aims, requests) => {
      const all = aims.map((aim): FaultRule => ({ ...slow, ...aim }));
      const phones = ['001B4F000000', '001B4F000001', '001B4F000002'];
      const together = phones.map((one) => under(all, '1', one));
      const seen = phones.map(() => '');
      for (const [index, path] of requests) {
        const faults = together[index];
        if (faults !== undefined) seen[index] += struck(faults, [path]);
      }
      const alone = phones.map((one, index) =>
        struck(
          under(all, '1', one),
          requests.filter(([other]) => other === index).map(([, path]) => path),
        ),
      );
      expect(seen).toEqual(alone);
    }),
  );
});

describe('share', () => {
  const macs = Array.from(
    { length: 2_000 },
    (_, index) => `001B4F${index.toString(16).toUpperCase().padStart(6, '0')}`,
  );
  const picked = (rules: readonly FaultRule[], seed = 'seed') =>
    macs.filter((mac) => struck(under(rules, seed, mac), ['a.bin']) === 'x');
  const of = (share: string, aim: Aim = {}): FaultRule => ({ ...slow, share, ...aim });

  test.for(['0%', '0.5%', '5%', '50%', '100%'])('%s of the phones are struck, give or take', (share) => {
    const expected = (macs.length * Number.parseFloat(share)) / 100;
    // Four standard deviations; the seed is fixed, so this is no matter of luck.
    const spread = 4 * Math.sqrt(expected * (1 - expected / macs.length));
    expect(Math.abs(picked([of(share)]).length - expected)).toBeLessThanOrEqual(spread);
  });

  test('the same phones each time, others with another seed', () => {
    expect(picked([of('5%')])).toEqual(picked([of('5%')]));
    expect(picked([of('5%')], 'another')).not.toEqual(picked([of('5%')]));
  });

  test('a larger share has all of a smaller one, whatever else is set', () => {
    const larger = new Set(picked([of('10%', { times: 3, after: 0 })]));
    expect(picked([of('5%')]).filter((mac) => !larger.has(mac))).toEqual([]);
  });

  test('another pattern, another fault and a second rule of the same pick for themselves', () => {
    const others: FaultRule[] = [
      of('50%', { match: 'a.*' }),
      { match: '*.bin', fault: 'missing', share: '50%' },
    ];
    for (const other of others) expect(picked([other])).not.toEqual(picked([of('50%')]));
    const both = macs.filter(
      (mac) =>
        under([of('50%'), of('50%')], 's', mac).alter({ protocol: 'http', path: 'a.bin' }, plain)
          .latencyMs === 2,
    );
    expect(Math.abs(both.length - 500)).toBeLessThan(80);
  });
});
