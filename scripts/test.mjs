// Runs the tests with vitest and closes with one line that a machine can read: "N passed, N failed".
// Arguments go to vitest as they are (npm test -- test/provisioning). Without any, 90 s of soak run beside
// it and count as one test: npm run prove:soak is the whole of it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = dirname(import.meta.dirname);
const folder = mkdtempSync(join(tmpdir(), 'deskphone-test-'));
const reportFile = join(folder, 'report.json');
const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');

const given = process.argv.slice(2);
const soak = given.length === 0 ? soakBeside() : undefined;
const run = spawn(
  process.execPath,
  [vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`, ...given],
  { cwd: root, stdio: 'inherit' },
);

let status = (await once(run, 'exit'))[0] ?? 1;
const soaked = await soak;
if (soaked !== undefined) console.log(`\n${soaked.said}`);
try {
  const report = JSON.parse(readFileSync(reportFile, 'utf8'));
  // A file that could not be loaded holds no tests; it counts as one failure.
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  const passed = report.numPassedTests + (soaked?.verdict === 'passed' ? 1 : 0);
  const failed = report.numFailedTests + brokenFiles.length + (soaked?.verdict === 'failed' ? 1 : 0);
  const skipped = report.numPendingTests + report.numTodoTests;
  if (failed > 0 && status === 0) status = 1;
  if (report.numTotalTests === 0) status = 1;
  console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
} catch {
  console.log('\n0 passed, 1 failed');
  status = status === 0 ? 1 : status;
}
rmSync(folder, { recursive: true, force: true });
process.exit(status);

/**
 * Small enough for the tests that run meanwhile; what it prints is kept until they are over. In so little
 * time code is still compiled, which takes 4 % of this heap.
 */
async function soakBeside() {
  const words = ['--for', '90s', '--round', '6s', '--rate', '8', '--residents', '40', '--rise', '8%'];
  const child = spawn(process.execPath, ['--expose-gc', 'scripts/soak.mjs', ...words], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const endWithTests = () => child.kill('SIGTERM');
  process.once('exit', endWithTests);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      said += text;
    });
  }
  const [code] = await once(child, 'close');
  process.off('exit', endWithTests);
  return { verdict: code === 0 ? 'passed' : 'failed', said };
}
