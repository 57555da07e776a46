import type { JournalEntry } from '../events/journal.ts';
import type { CaseRun } from './case-run.ts';
import { runScenario } from './run-scenario.ts';
import type { ScenarioCase } from './scenario-case.ts';

/** One run of one case. Plain data, so that a worker can have it. */
export interface Job {
  readonly scenario: ScenarioCase;
  /** Whether its facts are wanted too. */
  readonly facts: boolean;
}

export interface JobDone extends CaseRun {
  readonly entries: readonly JournalEntry[];
}

/** Runs a job; undefined when it was interrupted. */
export async function runJob({ scenario, facts }: Job, signal: AbortSignal): Promise<JobDone | undefined> {
  const entries: JournalEntry[] = [];
  const run = await runScenario(scenario, {
    signal,
    ...(facts && { onFact: (entry: JournalEntry) => entries.push(entry) }),
  });
  return run && { ...run, entries };
}
