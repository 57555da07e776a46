// Runs the tests with vitest and closes with a line "FAILED: ..." for each failure and one line that a
// machine can read: "N passed, N failed".
// Arguments go to vitest as they are (npm test -- test/provisioning). Without any, 90 s of soak run beside
// it and count as one test: npm run prove:soak is the whole of it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, relative } from 'node:path';
import { parseCLI, startVitest } from 'vitest/node';

const root = dirname(import.meta.dirname);
const given = process.argv.slice(2);
const soak = given.length === 0 ? soakBeside() : undefined;
const { filter, options } = parseCLI(['vitest', 'run', ...given]);
const { state } = await startVitest('test', filter, { ...options, root });
const soaked = await soak;
if (soaked !== undefined) console.log(`\n${soaked.said}`);

const modules = state.getTestModules();
const tests = modules.flatMap((module) => [...module.children.allTests()]);
const failures = [
  ...modules.flatMap(failuresIn),
  ...state.getUnhandledErrors().map((error) => `outside of every test: ${firstLine(error)}`),
  ...(soaked?.failures ?? []),
];
const passed = count('passed') + (soaked?.failures.length === 0 ? 1 : 0);
const skipped = count('skipped');
for (const failure of failures) console.log(`FAILED: ${failure}`);
console.log(`\n${passed} passed, ${failures.length} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exit(failures.length > 0 || tests.length === 0 ? 1 : process.exitCode);

function count(outcome) {
  return tests.filter((test) => test.result().state === outcome).length;
}

/** Each failure of a test file in one line: of its tests, and outside of them, such as of its hooks. */
function failuresIn(module) {
  const file = relative(root, module.moduleId);
  const failed = [...module.children.allTests('failed')].map(
    (test) => `${test.fullName}: ${firstLine(test.result().errors[0])}`,
  );
  const around = [module, ...module.children.allSuites()].flatMap((suite) => suite.errors().map(firstLine));
  return [...failed, ...around].map((failure) => `${file}: ${failure}`);
}

function firstLine(error) {
  return String(error?.message ?? error).split('\n', 1)[0];
}

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
  const failures = code === 0 ? [] : [`scripts/soak.mjs ${words.join(' ')}: exit ${code}`];
  return { failures, said };
}
