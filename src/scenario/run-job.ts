import type { JournalEntry } from '../events/journal.ts';
import { CoverageCount, type Taken } from '../statechart/coverage.ts';
import type { CaseRun } from './case-run.ts';
import { runScenario } from './run-scenario.ts';
import type { ScenarioCase } from './scenario-case.ts';

/** One run of one case. Plain data, so that a worker can have it. */
export interface Job {
  readonly scenario: ScenarioCase;
  /** Whether its facts are wanted too. */
  readonly facts: boolean;
  /** Whether it is wanted what of the machines was taken. */
  readonly coverage: boolean;
}

export interface JobDone extends CaseRun {
  readonly entries: readonly JournalEntry[];
  /** Of the machines, if it was asked for. */
  readonly taken?: Taken;
}

/** Runs a job; undefined when it was interrupted. */
export async function runJob(
  { scenario, facts, coverage }: Job,
  signal: AbortSignal,
): Promise<JobDone | undefined> {
  const entries: JournalEntry[] = [];
  const count = coverage ? new CoverageCount() : undefined;
  const run = await runScenario(scenario, {
    signal,
    ...(facts && { onFact: (entry: JournalEntry) => entries.push(entry) }),
    ...(count && { onTransition: count.take }),
  });
  return run && { ...run, entries, ...(count && { taken: count.taken() }) };
}
