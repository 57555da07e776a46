import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pathOf, readDocument } from './markdown.ts';

const run = promisify(execFile);

/** Every example in TypeScript; of a program also what it prints, where that is said. */
const examples = ['docs/library.md', 'docs/scenarios.md'].flatMap((document) =>
  [...readDocument(document).matchAll(/```ts\n(.*?)```(?:\s+(?:prints\s+)?```text\n(.*?)```)?/gs)].map(
    ([, code = '', printed], index) => ({
      name: `${document.replaceAll(/\W/g, '-')}-${index + 1}`,
      code,
      printed,
    }),
  ),
);
const isSuite = ({ code }: { readonly code: string }) => code.includes("'deskphone-emulator/vitest'");
const suites = examples.filter(isSuite);
const programs = examples.filter((example) => !isSuite(example));

/** The project of somebody who has installed the package as it was built. */
const project = mkdtempSync(join(tmpdir(), 'library-examples-'));

beforeAll(async () => {
  const modules = join(project, 'node_modules');
  mkdirSync(modules);
  symlinkSync(pathOf('.'), join(modules, 'deskphone-emulator'), 'dir');
  symlinkSync(pathOf('node_modules/vitest'), join(modules, 'vitest'), 'dir');
  symlinkSync(pathOf('node_modules/@types'), join(modules, '@types'), 'dir');
  const config = {
    compilerOptions: {
      module: 'nodenext',
      target: 'es2023',
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: true,
      types: ['node'],
    },
  };
  writeFileSync(join(project, 'package.json'), JSON.stringify({ type: 'module' }));
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify(config));
  for (const { name, code } of programs) writeFileSync(join(project, `${name}.ts`), code);
  for (const { name, code } of suites) writeFileSync(join(project, `${name}.test.ts`), code);
  await compile();
});

afterAll(() => rmSync(project, { recursive: true, force: true }));

/** To JavaScript beside it; what the compiler says against an example fails every test here. */
async function compile(): Promise<void> {
  const compiler = pathOf('node_modules/typescript/bin/tsc');
  const { stdout } = await run(process.execPath, [compiler], { cwd: project }).catch(
    (failure: { readonly stdout: string }) => failure,
  );
  if (stdout !== '') throw new Error(stdout);
}

test('there are programs and suites', () => {
  expect([programs.length, suites.length].map((count) => count >= 2)).toEqual([true, true]);
});

test.for(programs)('the program $name prints what is said', async ({ name, printed = '' }) => {
  const { stdout } = await run(process.execPath, [join(project, `${name}.js`)], { cwd: project });
  expect(stdout).toBe(printed);
});

test('the suites pass', async () => {
  const vitest = pathOf('node_modules/vitest/vitest.mjs');
  const words = ['run', '--root', project, '--reporter', 'json', '--exclude', '*.test.ts'];
  const { stdout } = await run(process.execPath, [vitest, ...words], { cwd: project }).catch(
    (failure: { readonly stdout: string }) => failure,
  );
  const { testResults }: SuiteResults = JSON.parse(stdout);
  const results = testResults.flatMap(({ assertionResults }) => assertionResults);
  expect(results.length).toBeGreaterThan(2);
  expect(results.filter(({ status }) => status !== 'passed')).toEqual([]);
});

/** What is read of vitest's report. */
interface SuiteResults {
  readonly testResults: readonly { readonly assertionResults: readonly { readonly status: string }[] }[];
}
