import fc from 'fast-check';
import { expect, test } from 'vitest';
import { timeScale } from '../../../src/report/html/time-scale.ts';

const room = { left: 100, right: 900, tickGap: 60 };
const DAY = 86_400_000;

test('a millisecond and a day are both seen', () => {
  const { placeOf } = timeScale([0, DAY, DAY + 1, 2 * DAY], room);
  const places = [0, DAY, DAY + 1, 2 * DAY].map((at) => Math.round(placeOf(at)));
  expect(places).toEqual([100, 493, 507, 900]);
});

test('moments between two that are given stand in proportion', () => {
  const { placeOf } = timeScale([0, 1000], room);
  expect([0, 250, 500, 1000].map(placeOf)).toEqual([100, 300, 500, 900]);
});

test('nothing and a single moment have a place, too', () => {
  expect(timeScale([], room).placeOf(5)).toBe(100);
  expect(timeScale([], room).ticks).toEqual([]);
  expect(timeScale([7], room).placeOf(7)).toBe(900);
  expect(timeScale([7], room).ticks).toEqual([7]);
});

test('moments a hair apart stand at both ends', () => {
  const [early, late] = [2 ** -54, 2 ** -53];
  expect([early, late].map(timeScale([early, late], room).placeOf)).toEqual([100, 900]);
});

test('later is never further left, all is in the room, and ticks leave room for each other', () => {
  const moments = fc.array(fc.double({ min: 0, max: 400 * DAY, noNaN: true }), {
    minLength: 2,
    maxLength: 60,
  });
  fc.assert(
    fc.property(moments, (given) => {
      const { placeOf, ticks } = timeScale(given, room);
      const places = [...given].sort((a, b) => a - b).map(placeOf);
      for (const [index, place] of places.entries()) {
        expect(place).toBeGreaterThanOrEqual(places[index - 1] ?? room.left);
        expect(place).toBeLessThanOrEqual(room.right + 1e-6);
      }
      expect(ticks.at(-1)).toBe(Math.max(...given));
      const gaps = ticks.slice(1).map((at, index) => placeOf(at) - placeOf(ticks[index] ?? 0));
      expect(gaps.filter((gap) => gap < room.tickGap)).toEqual([]);
    }),
  );
});
