import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import type { CaseRun } from '../../src/scenario/case-run.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';
import { runScenario } from '../../src/scenario/run-scenario.ts';
import type { ScenarioCase } from '../../src/scenario/scenario-case.ts';
import { sayProblem } from '../../src/scenario/scenario-problem.ts';
import type { Overrides } from '../../src/scenario/surroundings.ts';
import { temporaryDirectory } from '../flash/temporary-directory.ts';

/** Files by name in a folder of their own; the path of the first. */
export function writeFiles(files: Readonly<Record<string, string>>): string {
  const folder = temporaryDirectory();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return join(folder, Object.keys(files)[0] ?? '');
}

/** What is wrong in the first of some files, without the folder they are in. */
export function problemsIn(
  files: Readonly<Record<string, string>> | string,
  overrides?: Overrides,
): string[] {
  const file = writeFiles(typeof files === 'string' ? { 'a.yaml': files } : files);
  const reading = readScenario(file, overrides);
  const said = 'problems' in reading ? reading.problems.map(sayProblem) : [];
  return said.map((line) => line.replaceAll(`${dirname(file)}/`, ''));
}

/** The cases of a scenario that has no mistake. */
export function casesIn(
  files: Readonly<Record<string, string>> | string,
  overrides?: Overrides,
): readonly ScenarioCase[] {
  const reading = readScenario(
    writeFiles(typeof files === 'string' ? { 'a.yaml': files } : files),
    overrides,
  );
  expect('problems' in reading ? reading.problems.map(sayProblem) : []).toEqual([]);
  return 'cases' in reading ? reading.cases : [];
}

/** Runs the only case of a scenario. */
export async function run(text: string, overrides?: Overrides): Promise<CaseRun> {
  const [scenario] = casesIn(text, overrides);
  const ran = scenario && (await runScenario(scenario, { signal: new AbortController().signal }));
  if (ran === undefined) throw new Error('The scenario was interrupted');
  return ran;
}
