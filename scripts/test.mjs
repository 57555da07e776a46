// Runs the tests with vitest and closes with one line that a machine can read: "N passed, N failed".
// Arguments go to vitest as they are (npm test -- test/provisioning).
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = dirname(import.meta.dirname);
const folder = mkdtempSync(join(tmpdir(), 'deskphone-test-'));
const reportFile = join(folder, 'report.json');
const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');

const run = spawnSync(
  process.execPath,
  [
    vitest,
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reportFile}`,
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: 'inherit' },
);

let status = run.status ?? 1;
try {
  const report = JSON.parse(readFileSync(reportFile, 'utf8'));
  // A file that could not be loaded holds no tests; it counts as one failure.
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  const failed = report.numFailedTests + brokenFiles.length;
  const skipped = report.numPendingTests + report.numTodoTests;
  if (failed > 0 && status === 0) status = 1;
  if (report.numTotalTests === 0) status = 1;
  console.log(
    `\n${report.numPassedTests} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
  );
} catch {
  console.log('\n0 passed, 1 failed');
  status = status === 0 ? 1 : status;
}
rmSync(folder, { recursive: true, force: true });
process.exit(status);
