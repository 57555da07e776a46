import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

/** What a script says of one mutation of so many: of others each day, and the same all day long. */
function sampled(script: string, of: number): string {
  const seed = String(new Date().getUTCDate());
  return execFileSync(process.execPath, [`scripts/${script}`, '--sample', String(of), '--seed', seed], {
    cwd: root,
    encoding: 'utf8',
  });
}

test('one mutation of twenty is noticed by the tests of its rule', { timeout: 180_000 }, () => {
  expect(sampled('mutate.mjs', 20)).toMatch(/\n[1-9][0-9]* caught, 0 survived, 0 broken\n$/);
});

test('one mutation of forty is noticed by a scenario', { timeout: 180_000 }, () => {
  expect(sampled('mutate-scenarios.mjs', 40)).toMatch(
    /\n[1-9][0-9]* caught, 0 unseen, 0 survived, 0 seen, 0 broken\n$/,
  );
});
