import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Random, seededRandom } from '../../src/clock/random.ts';

function draws(random: Random, count: number): number[] {
  return Array.from({ length: count }, () => random.next());
}

test('a seed gives the same numbers on every machine, for ever', () => {
  expect(draws(seededRandom('boot storm'), 4)).toEqual([
    0.7289409511722624, 0.524616782553494, 0.8051133656408638, 0.598917203489691,
  ]);
  expect(draws(seededRandom(1).fork('001B4F123001'), 4)).toEqual([
    0.45494837523438036, 0.40759191662073135, 0.18322267546318471, 0.6069610754493624,
  ]);
});

test('a number and its text are the same seed', () => {
  expect(draws(seededRandom(42), 8)).toEqual(draws(seededRandom('42'), 8));
});

test('forking draws nothing, and drawing does not move a fork', () => {
  const random = seededRandom('s');
  const early = random.fork('phone');
  draws(random, 10);
  const late = random.fork('phone');
  expect(draws(late, 8)).toEqual(draws(early, 8));
  expect(draws(random, 8)).toEqual(draws(seededRandom('s'), 18).slice(10));
});

test('streams of different labels have nothing in common', () => {
  const random = seededRandom('s');
  const macs = Array.from({ length: 1000 }, (_, index) => `001B4F${index.toString(16).padStart(6, '0')}`);
  expect(new Set(macs.map((mac) => random.fork(mac).next())).size).toBe(macs.length);
});

test('every draw is within its bounds', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer(), fc.nat(), (seed, low, width) => {
      const random = seededRandom(seed);
      const [unit, between] = [random.next(), random.between(low, low + width)];
      expect(unit >= 0 && unit < 1).toBe(true);
      expect(between >= low && (between < low + width || width === 0)).toBe(true);
    }),
  );
});

test('draws are spread evenly: each tenth of 100,000 holds a tenth, within five standard deviations', () => {
  const tenths = Array<number>(10).fill(0);
  for (const draw of draws(seededRandom('even'), 100_000)) {
    const tenth = Math.floor(draw * 10);
    tenths[tenth] = (tenths[tenth] ?? 0) + 1;
  }
  for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(5 * Math.sqrt(9_000));
});
