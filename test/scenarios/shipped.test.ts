import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { published } from '../../src/cli/published.schema.ts';
import { findScenarios } from '../../src/scenario/find-scenarios.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';
import { runScenario } from '../../src/scenario/run-scenario.ts';
import { pathOf } from '../docs/markdown.ts';

const folder = pathOf('scenarios');
const found = findScenarios([folder]);
const files = 'files' in found ? found.files : [];
const cases = files.flatMap((file) => {
  const reading = readScenario(file);
  return 'problems' in reading ? [] : reading.cases;
});

test.for(files)('%s has no mistake', (file) => {
  const reading = readScenario(file);
  expect('problems' in reading ? reading.problems : []).toEqual([]);
});

test.for(cases.map((scenario) => [relative(folder, scenario.id), scenario] as const))(
  '%s holds',
  async ([, scenario]) => {
    const run = await runScenario(scenario, { signal: new AbortController().signal });
    const failed = run?.result.expectations.filter(({ holds }) => !holds);
    expect({ error: run?.result.error, failed }).toEqual({ error: undefined, failed: [] });
  },
);

test('scenarios and fleets name only files that the npm package has', () => {
  const { files: packed } = z
    .object({ files: z.array(z.string()) })
    .parse(JSON.parse(readFileSync(pathOf('package.json'), 'utf8')));
  const named = ['scenarios', 'fleets'].flatMap((home) =>
    readdirSync(pathOf(home), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.ya?ml$/.test(name))
      .flatMap((name) => {
        const file = join(pathOf(home), name);
        const paths = readFileSync(file, 'utf8').matchAll(/(?:: \{ from: |^extends: )"?([^\s"},]+)/gm);
        return [...paths].map(([, path = '']) => relative(pathOf('.'), join(dirname(file), path)));
      }),
  );
  expect(named).toContain('fixtures/demo/languages/French.lng');
  const isPacked = (name: string) => packed.some((one) => name.startsWith(`${one}/`));
  expect(named.filter((name) => !isPacked(name) || !existsSync(pathOf(name)))).toEqual([]);
});

test('scenarios/scenario.schema.json is what deskphone schema scenario prints (npx vitest run test/scenarios -u writes it)', async () => {
  const schema = new Map(Object.entries(published)).get('scenario')?.make();
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(
    pathOf('scenarios/scenario.schema.json'),
  );
});

/** Every YAML file, those that are there to be extended included. */
const written = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
  /\.ya?ml$/.test(name),
);

test.for(written)('scenarios/%s names the schema for editors', (name) => {
  const depth = name.split('/').length - 1;
  const [first] = readFileSync(join(folder, name), 'utf8').split('\n');
  expect(first).toBe(
    `# yaml-language-server: $schema=${depth === 0 ? './' : '../'.repeat(depth)}scenario.schema.json`,
  );
});
