import { findScenarios } from '../scenario/find-scenarios.ts';
import { readScenario } from '../scenario/read-scenario.ts';
import type { ScenarioCase } from '../scenario/scenario-case.ts';
import { type ScenarioProblem, sayProblem } from '../scenario/scenario-problem.ts';
import type { Overrides } from '../scenario/surroundings.ts';
import { UsageError } from './exit-codes.ts';

export interface ReadCases {
  readonly cases: readonly ScenarioCase[];
  /** Every file that was read. */
  readonly files: readonly string[];
}

/** Reads all scenarios before anything is run. Throws `UsageError` with everything that is wrong. */
export function readCases(paths: readonly string[], overrides: Overrides = {}): ReadCases {
  const found = findScenarios(paths);
  if ('message' in found) throw new UsageError(found.message);
  const cases: ScenarioCase[] = [];
  const files = new Set<string>();
  const problems: ScenarioProblem[] = [];
  for (const file of found.files) {
    const reading = readScenario(file, overrides);
    if ('problems' in reading) problems.push(...reading.problems);
    else cases.push(...reading.cases);
    for (const read of 'problems' in reading ? [file] : reading.files) files.add(read);
  }
  if (problems.length > 0) throw new UsageError([...new Set(problems.map(sayProblem))].join('\n'));
  return { cases, files: [...files] };
}
