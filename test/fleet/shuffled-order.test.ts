import { describe, expect, test } from 'vitest';
import { type Random, seededRandom } from '../../src/clock/random.ts';
import { ShuffledOrder } from '../../src/fleet/shuffled-order.ts';

const numbers = (count: number) => Array.from({ length: count }, (_, number) => number);
const orderOf = (count: number, random: Random) => {
  const order = new ShuffledOrder(count, random);
  return numbers(count).map((number) => order.placeOf(number));
};

test('each place is taken once, whatever their number', () => {
  const all = [...numbers(301).slice(1), 1000, 4095, 4096, 4097, 65_537];
  for (const count of all) {
    const order = orderOf(count, seededRandom(count));
    expect(order.toSorted((a, b) => a - b)).toEqual(numbers(count));
  }
});

test('the same chance draws the same order, another one another', () => {
  const order = orderOf(50, seededRandom('mix'));
  expect(orderOf(50, seededRandom('mix'))).toEqual(order);
  expect(orderOf(50, seededRandom('mixes'))).not.toEqual(order);
});

/** Of as many degrees of freedom as there are orders, less one, chi-square is greater once in 1,000. */
const small: [count: number, orders: number, quantile: number][] = [
  [2, 2, 10.8],
  [3, 6, 20.5],
  [4, 24, 49.7],
  [5, 120, 173.6],
];
test.for(small)('of %i each of the %i orders is as likely', ([count, orders, quantile]) => {
  const draws = 100 * orders;
  const drawn = new Map<string, number>();
  for (let draw = 0; draw < draws; draw++) {
    const order = orderOf(count, seededRandom(1).fork(`event ${draw}`)).join();
    drawn.set(order, (drawn.get(order) ?? 0) + 1);
  }
  expect(drawn.size).toBe(orders);
  const chiSquare = [...drawn.values()].reduce((sum, times) => sum + (times - 100) ** 2 / 100, 0);
  expect(chiSquare).toBeLessThan(quantile);
});

/** Of `count` phones those that a fleet's chance draws with a share, and those that something else picks. */
const pairs: [
  title: string,
  share: number,
  picks: (fleet: Random, count: number) => (n: number) => boolean,
][] = [
  ['what another label draws', 0.5, (fleet, count) => drawnBy(fleet.fork('event 0'), count, 0.5)],
  ['what another label draws, of few', 0.05, (fleet, count) => drawnBy(fleet.fork('event 0'), count, 0.2)],
  ['what the next seed draws', 0.5, (fleet, count) => drawnBy(fleet.fork('next').fork('mix'), count, 0.5)],
  ['one of two protocols', 0.5, () => (number) => number % 2 === 0],
  ['one of three shards', 0.2, () => (number) => number % 3 === 0],
  ['who arrives first', 0.5, (_, count) => (number) => number < count / 4],
];
describe.each([100, 500])('of %i phones, what a label draws has nothing to do with', (count) => {
  test.for(pairs)('%s', ([, share, picks]) => {
    const scores = numbers(200).map((seed) => {
      const fleet = seededRandom(seed).fork('fleet');
      const drawn = drawnBy(fleet.fork('mix'), count, share);
      return scoreOf(numbers(count), drawn, picks(fleet, count));
    });
    // 200 squares of scores are chi-square: of 200 degrees of freedom 1 in 1,000 on either side.
    const chiSquare = scores.reduce((sum, score) => sum + score ** 2, 0);
    expect(chiSquare).toBeGreaterThan(143.8);
    expect(chiSquare).toBeLessThan(267.5);
    const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
    expect(Math.abs(mean)).toBeLessThan(3.3 / Math.sqrt(scores.length));
  });
});

function drawnBy(random: Random, count: number, share: number): (number: number) => boolean {
  const order = new ShuffledOrder(count, random);
  return (number) => order.placeOf(number) / count < share;
}

/** How far from chance's mean both are, in standard deviations of the hypergeometric distribution. */
function scoreOf(all: readonly number[], one: (n: number) => boolean, other: (n: number) => boolean): number {
  const count = all.length;
  const ones = all.filter(one).length;
  const others = all.filter(other).length;
  const both = all.filter((number) => one(number) && other(number)).length;
  const mean = (ones * others) / count;
  const variance = (mean * (count - ones) * (count - others)) / (count * (count - 1));
  return (both - mean) / Math.sqrt(variance);
}
