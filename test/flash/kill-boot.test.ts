import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const script = join(import.meta.dirname, '..', '..', 'scripts', 'prove-kill.mjs');
/** Twelve unbroken boots and two for every kill, on a machine that has other tests to run. */
const timeout = 300_000;

// A twentieth of `npm run prove:kill`, the aimed kills included.
test('a boot killed at any moment leaves a flash from which the next ends as an unbroken one', {
  timeout,
}, async () => {
  const { code, told } = await prove('--kills', '10', '--full', '1', '--aimed', '2');
  expect(code, told).toBe(0);
  expect(told).toMatch(/\n13 kills, 13 survived, 0 failed\n$/);
});

function prove(...flags: readonly string[]): Promise<{ code: unknown; told: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...flags], (error, stdout, stderr) => {
      resolve({ code: error?.code ?? 0, told: `${stderr}${stdout}` });
    });
  });
}
