import { expect, test } from 'vitest';
import { timings } from '../../src/provisioning/timings.ts';

test('none waits for nothing, and names every duration that field names', () => {
  const waits = Object.entries(timings.none);
  expect(waits.map(([name]) => name)).toEqual(Object.keys(timings.field));
  expect(waits.flatMap(([, span]) => span)).toEqual(Array(2 * waits.length).fill(0));
});

test('every span begins with its shorter end', () => {
  for (const [shortest, longest] of Object.values(timings.field))
    expect(longest).toBeGreaterThanOrEqual(shortest);
});
