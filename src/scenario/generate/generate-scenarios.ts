import type { ScenarioResult } from '../../report/result.ts';
import { type ChartTransition, chartOf } from '../../statechart/chart.ts';
import type { CoverageCount, Taken } from '../../statechart/coverage.ts';
import { type MachineName, machines } from '../../statechart/machines.ts';
import { casesOf } from '../read-scenario.ts';
import { ScenarioError } from '../scenario-problem.ts';
import { nodeOf } from '../source-node.ts';
import { type Draft, surroundingsOf } from './circumstances.ts';
import { expectationsOf } from './expect-what-was-told.ts';
import type { Step } from './means.ts';
import { type PlannedStory, planStories } from './plan-story.ts';
import { type Trial, tryStory } from './try-story.ts';
import { whyUnreached } from './unreached.ts';

/** A scenario that was run and takes what it promises. */
export interface GeneratedScenario {
  readonly machine: MachineName;
  readonly transition: string;
  readonly scenario: Draft;
}

export interface Unreached {
  readonly machine: MachineName;
  readonly transition: string;
  readonly because: string;
}

export interface Generation {
  readonly scenarios: readonly GeneratedScenario[];
  readonly unreached: readonly Unreached[];
}

export interface GenerationOptions {
  readonly signal: AbortSignal;
  /** Lets the host do something else between two of them, such as to take Ctrl-C. */
  breathe(): Promise<void>;
}

/**
 * Makes a scenario for each transition that is not taken yet, and runs it: only what passes and takes its
 * transition counts. What one takes beside its own needs no other. Adds to `count`. Undefined: interrupted.
 */
export async function generateScenarios(
  count: CoverageCount,
  { signal, breathe }: GenerationOptions,
): Promise<Generation | undefined> {
  const scenarios: GeneratedScenario[] = [];
  const unreached: Unreached[] = [];
  for (const { machine, transition } of everyTransition()) {
    await breathe();
    if (signal.aborted) return undefined;
    if (count.has(transition.name)) continue;
    const found = await scenarioFor(machine, transition, signal);
    if (found === undefined) {
      unreached.push({ machine, transition: transition.name, because: whyUnreached(transition.name) });
      continue;
    }
    scenarios.push({ machine, transition: transition.name, scenario: found.scenario });
    count.add(found.taken);
  }
  // What a later story took on its way is not missing.
  return { scenarios, unreached: unreached.filter(({ transition }) => !count.has(transition)) };
}

function everyTransition() {
  return Object.entries(machines).flatMap(([name, machine]) =>
    chartOf(machine)
      .transitions.filter(({ crashes }) => !crashes)
      .map((transition) => ({ machine: name as MachineName, transition })),
  );
}

/** Let the rest of the story happen, as long as it takes; each is tried in its turn. */
const endings: readonly (readonly Step[])[] = [
  [{ wait: 'rest' }],
  [],
  [{ advance: '5m' }],
  [{ advance: '4h' }],
  [{ advance: '30h' }],
];

interface Found {
  readonly scenario: Draft;
  readonly taken: Taken;
}

async function scenarioFor(
  machine: MachineName,
  transition: ChartTransition,
  signal: AbortSignal,
): Promise<Found | undefined> {
  for (const plan of planStories(machine, transition)) {
    for (const ending of endings) {
      const draft = draftOf(plan, ending, transition.name);
      const trial = await trialOf({ ...draft, expect: [PLACEHOLDER] }, transition.name, signal);
      if (trial?.told === undefined || !wasPlayed(trial.result)) continue;
      const scenario = { ...draft, expect: expectationsOf(trial) };
      const proof = await trialOf(scenario, transition.name, signal);
      if (proof?.told !== undefined && proof.result.verdict === 'passed')
        return { scenario, taken: proof.taken };
    }
  }
  return undefined;
}

/** A scenario must expect something; what that is shows when it was run. */
const PLACEHOLDER = { exit: 0 } as const;

function wasPlayed({ error, expectations }: ScenarioResult): boolean {
  return error === undefined && expectations.every(({ word }) => word in PLACEHOLDER);
}

function draftOf({ circumstances, steps }: PlannedStory, ending: readonly Step[], name: string): Draft {
  return {
    version: 1,
    title: `The phone takes ${name}`,
    why: 'Written by deskphone scenarios generate: what it expects is what the phone told as it took this transition.',
    ...surroundingsOf(circumstances),
    steps: [...steps, ...ending],
  };
}

async function trialOf(draft: Draft, transition: string, signal: AbortSignal): Promise<Trial | undefined> {
  const file = 'generated.yaml';
  const reading = casesOf(nodeOf(draft, { file, line: 0, column: 0 }), file, {});
  if ('problems' in reading) throw new ScenarioError(reading.problems);
  const [scenario] = reading.cases;
  return scenario && tryStory(scenario, transition, signal);
}
