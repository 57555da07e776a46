import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { program } from '../cli/deskphone.ts';
import { pathOf } from '../docs/markdown.ts';

// The shipped library as somebody runs it.

const CPU_MAX_S = 30;
/** For a machine that has other tests to run. */
const LIMIT_MS = 120_000;

/** Has a process say on stderr what CPU it has used, all its threads together, when it ends. */
const sayingCpu = `data:text/javascript,
  import { isMainThread } from 'node:worker_threads';
  if (isMainThread) process.once('exit', () => {
    const { user, system } = process.cpuUsage();
    process.stderr.write('CPU ' + (user + system) / 1e6);
  });`.replaceAll(/\s+/g, ' ');

test('one seed gives one result in any number of workers and on every Node, in less CPU than half a minute', {
  timeout: 4 * LIMIT_MS,
}, async () => {
  const [one, two, three] = [await runLibrary(1), await runLibrary(2), await runLibrary(3)];
  expect([one, two, three].map(({ workers }) => workers)).toEqual([1, 2, 3]);
  expect(Math.max(one.cpuS, two.cpuS, three.cpuS)).toBeLessThan(CPU_MAX_S);
  // Scenario by scenario, so that a difference names its place.
  expect([two.digests, three.digests]).toEqual([one.digests, one.digests]);
  expect([two.whole, three.whole]).toEqual([one.whole, one.whole]);
  // The Nodes cannot see one another: each finds what the last one wrote who meant to change a result
  // (npx vitest run test/scenarios/library-result -u).
  const file = pathOf('test/scenarios/library-result.txt');
  await expect(`${one.digests}all ${one.whole}\n`).toMatchFileSnapshot(file);
});

interface LibraryRun {
  readonly workers: number;
  readonly cpuS: number;
  /** A line a scenario. */
  readonly digests: string;
  /** Of the result's own bytes but for its environment. */
  readonly whole: string;
}

async function runLibrary(workers: number): Promise<LibraryRun> {
  const folder = mkdtempSync(join(tmpdir(), 'library-result-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'result.json');
  const words = ['run', 'scenarios', '-q', '--coverage', '--seed', 's', '--report', `json=${file}`];
  const { stderr } = await promisify(execFile)(
    process.execPath,
    ['--import', sayingCpu, program, ...words, '--workers', String(workers)],
    { cwd: pathOf('.'), timeout: LIMIT_MS },
  );
  // As it was written: a schema would put its keys in another order.
  const { environment, ...result }: WrittenResult = JSON.parse(readFileSync(file, 'utf8'));
  return {
    workers: environment.workers,
    cpuS: Number(/CPU ([\d.]+)/.exec(stderr)?.[1]),
    digests: result.scenarios.map((scenario) => `${digestOf(scenario)} ${scenario.id}\n`).join(''),
    whole: digestOf(result),
  };
}

interface WrittenResult {
  readonly environment: { readonly workers: number };
  readonly scenarios: readonly { readonly id: string }[];
}

function digestOf(data: unknown): string {
  return createHash('sha256').update(JSON.stringify(data)).digest('hex').slice(0, 16);
}
