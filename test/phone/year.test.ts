import { expect, test } from 'vitest';
import { liveAYear } from './year.ts';

// The whole proof is `npm run prove:year`; here a twentieth of it. One seed again: YEAR_SEED=17 npx vitest
// run test/phone/year
const seeds = Number(process.env['YEAR_SEEDS'] ?? 50);
const one = process.env['YEAR_SEED'];

test(
  `a year of one phone, ${one ?? `${seeds} times`}`,
  async () => {
    let polls = 0;
    for (let index = 1; index <= (one === undefined ? seeds : 1); index++) {
      const seed = one ?? String(index);
      const life = await liveAYear(seed);
      expect(life.complaints, `replay: YEAR_SEED=${seed} npx vitest run test/phone/year`).toEqual([]);
      polls += life.polls;
    }
    expect(polls).toBeGreaterThan(0);
  },
  30 * 60_000,
);
