import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

test('one rule of twenty, inverted, is noticed by its tests', { timeout: 180_000 }, () => {
  // The day of the month: another twentieth each day, and the same all day long.
  const seed = String(new Date().getUTCDate());
  const told = execFileSync(process.execPath, ['scripts/mutate.mjs', '--sample', '20', '--seed', seed], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(told).toMatch(/\n[1-9][0-9]* caught, 0 survived, 0 broken\n$/);
});
