import { expect, test } from 'vitest';
import { SECOND_MS } from '../../src/clock/durations.ts';
import { liveAYear } from './year.ts';

/** Many times what a year takes, for a machine that has other things to do. */
const YEAR_MAX_MS = 20 * SECOND_MS;

/**
 * Half of the years that are to be lived: two files share them, so that two processes do. The whole proof is
 * `npm run prove:year`; here a twentieth of it. One seed again:
 * YEAR_SEED=17 npx vitest run test/phone/years-odd
 */
export function proveYears(which: 'odd' | 'even'): void {
  const one = process.env['YEAR_SEED'];
  const count = Number(process.env['YEAR_SEEDS'] ?? 50);
  const all = Array.from({ length: count }, (_, index) => index + 1);
  const seeds = one === undefined ? all.filter((seed) => seed % 2 === (which === 'odd' ? 1 : 0)) : [one];
  test(
    `a year of one phone, ${one ?? `${seeds.length} times`}`,
    async () => {
      let polls = 0;
      for (const seed of seeds) {
        const life = await liveAYear(String(seed));
        const replay = `replay: YEAR_SEED=${seed} npx vitest run test/phone/years-${which}`;
        expect(life.complaints, replay).toEqual([]);
        polls += life.polls;
      }
      expect(polls).toBeGreaterThan(0);
    },
    seeds.length * YEAR_MAX_MS,
  );
}
