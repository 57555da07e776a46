import type { Quirks } from './quirks.ts';

const MINUTE_MS = 60_000;

/**
 * How long after AUTO_UPDATE_TIME a phone polls, in ms: one draw per phone, the same every day and after
 * every restart.
 * Documented: M43 p60, the phone adds a random number within AUTO_UPDATE_TIME_RANGE hours.
 * Observed: a log of 4.4.33 prints a seed that is the low 32 bits of the MAC, and 44 for a MAC that ends in
 * 5B:52:99:8E.
 * Assumed: ANSI C's generator, in minutes (quirks.stagger); that reproduces the one log there is.
 */
export function staggerMs(mac: string, rangeHours: number, kind: Quirks['stagger']): number {
  if (kind === 'none') return 0;
  const draw = drawOf(mac);
  if (kind === 'uniform-seconds') return Math.floor((draw * 3600 * rangeHours) / DRAW_LIMIT) * 1000;
  return Math.floor((draw * 60 * rangeHours) / DRAW_LIMIT) * MINUTE_MS;
}

const DRAW_LIMIT = 32_768;

/**
 * s = s * 1103515245 + 12345 modulo 2^32, seeded with the low 32 bits of the MAC; the draw is (s >> 16) &
 * 0x7fff.
 */
export function drawOf(mac: string): number {
  const seed = Number.parseInt(mac.slice(-8), 16);
  const next = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
  return (next >>> 16) & 0x7fff;
}
