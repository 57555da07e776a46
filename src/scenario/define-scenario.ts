import type { ScenarioResult } from '../report/result.ts';
import { casesOf } from './read-scenario.ts';
import { runScenario } from './run-scenario.ts';
import type { ScenarioInput } from './scenario.ts';
import { ScenarioError } from './scenario-problem.ts';
import { nodeOf } from './source-node.ts';
import type { Overrides } from './surroundings.ts';

/** A scenario written in TypeScript: what a file is in YAML, completed and checked by the compiler. */
export function defineScenario(scenario: ScenarioInput): ScenarioInput {
  return scenario;
}

export interface DefinedRun extends Overrides {
  /** What it is called; its files count from there. Usually `scenario`, where the program runs. */
  readonly file?: string;
  /** Interrupts it; then `runDefined` rejects with the reason. */
  readonly signal?: AbortSignal;
}

/** Runs every variant of a scenario in turn. Throws `ScenarioError` with all that is wrong in it. */
export async function runDefined(
  scenario: ScenarioInput,
  options: DefinedRun = {},
): Promise<readonly ScenarioResult[]> {
  const { file = 'scenario', signal = new AbortController().signal, ...overrides } = options;
  const reading = casesOf(nodeOf(scenario, { file, line: 0, column: 0 }), file, overrides);
  if ('problems' in reading) throw new ScenarioError(reading.problems);
  const results: ScenarioResult[] = [];
  for (const one of reading.cases) {
    const run = await runScenario(one, { signal });
    if (run === undefined) throw signal.reason;
    results.push(run.result);
  }
  return results;
}
