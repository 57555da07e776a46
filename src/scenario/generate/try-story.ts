import type { JournalEntry } from '../../events/journal.ts';
import type { ScenarioResult } from '../../report/result.ts';
import { CoverageCount, type Taken } from '../../statechart/coverage.ts';
import { runScenario } from '../run-scenario.ts';
import type { ScenarioCase } from '../scenario-case.ts';

/** What came of a story that should take one transition. */
export interface Trial {
  readonly result: ScenarioResult;
  /** What the phone told as it took it; undefined: it did not take it. */
  readonly told: readonly JournalEntry[] | undefined;
  /** What it told later. */
  readonly later: readonly JournalEntry[];
  readonly taken: Taken;
}

/** Runs a scenario and watches for a transition. Undefined: it was interrupted. */
export async function tryStory(
  scenario: ScenarioCase,
  transition: string,
  signal: AbortSignal,
): Promise<Trial | undefined> {
  const count = new CoverageCount();
  const entries: JournalEntry[] = [];
  let stepFrom = 0;
  let told: readonly JournalEntry[] | undefined;
  let toldBy = 0;
  const run = await runScenario(scenario, {
    signal,
    onFact: (entry) => entries.push(entry),
    // Facts of a step are told before it is: those since the last belong to it.
    onTransition: (taken) => {
      count.take(taken);
      if (told === undefined && count.has(transition)) {
        told = entries.slice(stepFrom);
        toldBy = entries.length;
      }
      stepFrom = entries.length;
    },
  });
  return run && { result: run.result, told, later: entries.slice(toldBy), taken: count.taken() };
}
