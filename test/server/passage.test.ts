import { expect, test } from 'vitest';
import { seededRandom } from '../../src/clock/random.ts';
import { type Direction, Passage } from '../../src/server/proxy/passage.ts';
import type { ProxyFaults } from '../../src/server/proxy/proxy-faults.ts';

const none: ProxyFaults = { latencyMs: 0, jitterMs: 0, drop: 0, blackouts: [] };

/** A connection under faults, and the time of its proxy. */
function passage(faults: Partial<ProxyFaults>, seed = 'seed') {
  const time = { elapsedMs: 0 };
  const plan = { faults: { ...none, ...faults }, number: 1, random: seededRandom(seed) };
  return { time, passage: new Passage({ ...plan, elapsedMs: () => time.elapsedMs }) };
}

test('without faults nothing is late', () => {
  const { passage: calm } = passage({});
  expect([calm.untilOpen(), calm.delayOfChunk('to-phone', 1), calm.delayOfDatagram('to-phone', 1)]).toEqual([
    0, 0, 0,
  ]);
  expect([...calm.met]).toEqual([]);
});

const latency: [title: string, direction: Direction, delayMs: number][] = [
  ['what the server says', 'to-phone', 50],
  ['what the phone says is not late', 'to-server', 0],
];
test.for(latency)('latency is for %s', ([, direction, delayMs]) => {
  const { passage: slow } = passage({ latencyMs: 50 });
  expect(slow.delayOfChunk(direction, 100)).toBe(delayMs);
  expect(slow.delayOfDatagram(direction, 100)).toBe(delayMs);
});

test('jitter is drawn for each piece, within its bound, and the same for the same seed', () => {
  const draw = (seed: string) => {
    const { passage: shaky } = passage({ latencyMs: 10, jitterMs: 5 }, seed);
    return Array.from({ length: 100 }, () => shaky.delayOfChunk('to-phone', 1));
  };
  const delays = draw('a');
  expect(delays.every((ms) => ms >= 10 && ms < 15)).toBe(true);
  expect(new Set(delays).size).toBeGreaterThan(90);
  expect(draw('a')).toEqual(delays);
  expect(draw('b')).not.toEqual(delays);
});

test('so many datagrams are lost, whichever way they go', () => {
  for (const direction of ['to-server', 'to-phone'] as const) {
    const { passage: lossy } = passage({ drop: 0.1 });
    const lost = Array.from({ length: 10_000 }, () => lossy.delayOfDatagram(direction, 1)).filter(
      (delayMs) => delayMs === undefined,
    );
    // Three standard deviations of a binomial around 1,000.
    expect(Math.abs(lost.length - 1_000)).toBeLessThan(90);
    expect([...lossy.met]).toEqual(['drop']);
  }
});

test('what TCP loses comes 200 ms later, and 400 ms after that when it is lost again', () => {
  const { passage: lossy } = passage({ drop: 0.5 });
  const delays = new Set(Array.from({ length: 1_000 }, () => lossy.delayOfChunk('to-server', 1)));
  expect([...delays].sort((a, b) => a - b).slice(0, 4)).toEqual([0, 200, 600, 1_400]);
});

test('a stall holds what the server says within its first KiB, once, until it is over', () => {
  const { passage: stalling, time } = passage({ stall: { forMs: 10_000, share: 1 } });
  expect(stalling.delayOfChunk('to-server', 5_000)).toBe(0);
  expect(stalling.delayOfChunk('to-phone', 1_025)).toBe(10_000);
  time.elapsedMs = 4_000;
  expect(stalling.delayOfDatagram('to-phone', 500)).toBe(6_000);
  time.elapsedMs = 10_000;
  expect(stalling.delayOfChunk('to-phone', 5_000)).toBe(0);
  expect([...stalling.met]).toEqual(['stall']);
});

test('so many connections stall', () => {
  const stalled = Array.from({ length: 1_000 }, (_, number) => {
    const { passage: one } = passage({ stall: { forMs: 1, share: 0.05 } }, `seed/${number}`);
    return one.delayOfChunk('to-phone', 2_000);
  }).filter((delayMs) => delayMs > 0);
  expect(Math.abs(stalled.length - 50)).toBeLessThan(21);
});

const blackouts = [
  { atMs: 1_000, forMs: 500 },
  { atMs: 1_400, forMs: 1_000 },
];
const moments: [title: string, elapsedMs: number, untilOpenMs: number][] = [
  ['before it', 999, 0],
  ['as it begins', 1_000, 500],
  ['where two overlap, until the later ends', 1_400, 1_000],
  ['as it ends', 2_400, 0],
];
test.for(moments)('a blackout: %s', ([, elapsedMs, untilOpenMs]) => {
  const { passage: dark, time } = passage({ blackouts });
  time.elapsedMs = elapsedMs;
  expect(dark.untilOpen()).toBe(untilOpenMs);
  expect(dark.delayOfChunk('to-server', 1)).toBe(untilOpenMs);
  expect(dark.delayOfDatagram('to-phone', 1)).toBe(untilOpenMs > 0 ? undefined : 0);
});
