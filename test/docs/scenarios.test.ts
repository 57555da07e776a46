import { expect, test } from 'vitest';
import { z } from 'zod';
import { expectationWords } from '../../src/scenario/expectation.schema.ts';
import { casesOf } from '../../src/scenario/read-scenario.ts';
import { readYaml } from '../../src/scenario/read-yaml.ts';
import { runScenario } from '../../src/scenario/run-scenario.ts';
import { sayProblem } from '../../src/scenario/scenario-problem.ts';
import { stepWords } from '../../src/scenario/step.schema.ts';
import { pathOf, readDocument, table, withBlock } from './markdown.ts';

const file = 'docs/scenarios.md';
const document = readDocument(file);

/** Every scenario that the document or the README shows, by its title. */
const shown = [document, readDocument('README.md')].flatMap((text) =>
  [...text.matchAll(/```yaml\n(version: 1\ntitle: (.*)\n[^`]*)```/g)].map(
    ([, example = '', title = '']) => [title, example] as const,
  ),
);

test('there are examples', () => {
  expect(shown.length).toBeGreaterThan(6);
});

test.for(shown)('the example "%s" holds', async ([, example]) => {
  const read = readYaml(example, pathOf(file));
  if (!('node' in read)) throw new Error(read.problems.map(sayProblem).join('\n'));
  const reading = casesOf(read.node, pathOf(file), {});
  if ('problems' in reading) throw new Error(reading.problems.map(sayProblem).join('\n'));
  // About a server of the reader's own: it is right as it stands, and more cannot be said here.
  if (example.includes('url:')) return;
  for (const scenario of reading.cases) {
    const run = await runScenario(scenario, { signal: new AbortController().signal });
    const failed = run?.result.expectations.filter(({ holds }) => !holds);
    expect({ error: run?.result.error, failed }).toEqual({ error: undefined, failed: [] });
  }
});

function rowsOf(words: Readonly<Record<string, z.ZodType>>): string[][] {
  return Object.entries(words).map(([word, value]) => [
    `\`${word}\``,
    value.description ?? z.globalRegistry.get(value)?.description ?? '',
  ]);
}

test(`${file} has every word (npx vitest run test/docs -u writes it)`, async () => {
  const heads = ['Word', 'What it says'];
  const steps = withBlock(document, 'steps', table(heads, rowsOf(stepWords)));
  const written = withBlock(steps, 'expectations', table(heads, rowsOf(expectationWords)));
  await expect(written).toMatchFileSnapshot(pathOf(file));
});
