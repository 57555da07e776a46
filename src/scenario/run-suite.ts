import { availableParallelism } from 'node:os';
import type { Clock } from '../clock/clock.ts';
import type { JournalEntry } from '../events/journal.ts';
import type { ScenarioResult } from '../report/result.ts';
import { CoverageCount, type Taken } from '../statechart/coverage.ts';
import { startCrew } from '../workers/crew.ts';
import type { CaseRun, Instead, Unwritten } from './case-run.ts';
import { type Job, type JobDone, runJob } from './run-job.ts';
import type { ScenarioCase } from './scenario-case.ts';

export interface SuiteOptions {
  /** How many threads; `auto`: as many as this machine has cores and the work is worth. */
  readonly workers: number | 'auto';
  /** Each case so many times, each with a seed of its own. */
  readonly repeat: number;
  readonly facts: boolean;
  /** Whether each case is to say what of the machines it took. */
  readonly coverage: boolean;
  readonly signal: AbortSignal;
  /** Of the host: how long things take on this machine. */
  readonly clock: Clock;
  readonly onStart: (scenario: ScenarioCase) => void;
  /** In the order of the cases, whatever order they end in. */
  readonly onDone: (done: CaseDone) => void;
}

/** A case after all its runs. */
export interface CaseDone {
  readonly result: ScenarioResult;
  readonly instead: readonly Instead[];
  readonly unwritten: readonly Unwritten[];
  readonly failure: CaseRun['failure'];
  /** Facts of the run that the result tells of, if they were asked for. */
  readonly entries: readonly JournalEntry[];
  /** Of the machines, by all its runs, if it was asked for. */
  readonly taken?: Taken;
  /** On this machine. */
  readonly tookMs: number;
}

/** A thread costs a good part of a second before its first scenario; fewer than these are not worth one. */
const CASES_A_WORKER = 8;

/** Runs cases, several at a time, and hands them out in their order. Undefined when it was interrupted. */
export async function runSuite(
  cases: readonly ScenarioCase[],
  options: SuiteOptions,
): Promise<readonly CaseDone[] | undefined> {
  const count = workersFor(cases.length * options.repeat, options.workers);
  const team = count === 1 ? oneHere(options.signal) : severalThreads(count, options.signal);
  const done: CaseDone[] = [];
  const running = cases.map((scenario) => () => runCase(scenario, options, team.run));
  try {
    for await (const one of inOrder(running, count)) {
      if (one === undefined) return undefined;
      done.push(one);
      options.onDone(one);
    }
    return options.signal.aborted ? undefined : done;
  } finally {
    await team.stop();
  }
}

/** How many threads so many runs get. */
export function workersFor(runs: number, workers: SuiteOptions['workers']): number {
  const most =
    workers === 'auto' ? Math.min(availableParallelism(), Math.ceil(runs / CASES_A_WORKER)) : workers;
  return Math.max(1, Math.min(most, runs));
}

type RunOne = (job: Job) => Promise<JobDone | undefined>;

interface Team {
  readonly run: RunOne;
  stop(): Promise<void>;
}

function oneHere(signal: AbortSignal): Team {
  return { run: (job) => runJob(job, signal), stop: async () => {} };
}

function severalThreads(count: number, signal: AbortSignal): Team {
  const crew = startCrew<Job, JobDone>(new URL('./run-worker.js', import.meta.url), count);
  const onAbort = () => void crew.stop();
  signal.addEventListener('abort', onAbort, { once: true });
  return {
    run: async (job) => {
      try {
        return await crew.do(job);
      } catch (error) {
        if (signal.aborted) return undefined;
        throw error;
      }
    },
    stop: () => {
      signal.removeEventListener('abort', onAbort);
      return crew.stop();
    },
  };
}

async function runCase(
  scenario: ScenarioCase,
  { repeat, facts, coverage, clock, signal, onStart }: SuiteOptions,
  run: RunOne,
): Promise<CaseDone | undefined> {
  if (signal.aborted) return undefined;
  onStart(scenario);
  const startedMs = clock.now();
  const runs: JobDone[] = [];
  for (let turn = 1; turn <= repeat; turn++) {
    const done = await run({ scenario: { ...scenario, seed: seedOf(scenario.seed, turn) }, facts, coverage });
    if (done === undefined) return undefined;
    runs.push(done);
  }
  const shown = runs.find(({ result }) => result.verdict !== 'passed') ?? runs[0];
  if (shown === undefined) throw new Error('A case was not run once');
  const { result, instead, unwritten, failure, entries } = shown;
  return {
    result: repeat === 1 ? result : { ...result, repeats: repeatsOf(runs) },
    instead,
    unwritten,
    failure,
    entries,
    ...(coverage && { taken: takenBy(runs) }),
    tookMs: clock.now() - startedMs,
  };
}

function takenBy(runs: readonly JobDone[]): Taken {
  const count = new CoverageCount();
  for (const { taken } of runs) if (taken !== undefined) count.add(taken);
  return count.taken();
}

/** The first run has the seed as it was given; the command of a later one names its own. */
function seedOf(seed: string, turn: number): string {
  return turn === 1 ? seed : `${seed}/${turn}`;
}

function repeatsOf(runs: readonly JobDone[]): NonNullable<ScenarioResult['repeats']> {
  const failed = runs.filter(({ result }) => result.verdict !== 'passed');
  return {
    of: runs.length,
    passed: runs.length - failed.length,
    failedSeeds: failed.map(({ result }) => result.seed),
  };
}

/** So many at a time; each is handed out when all before it are. */
async function* inOrder<T>(tasks: readonly (() => Promise<T>)[], atOnce: number): AsyncGenerator<T> {
  const starts: (() => void)[] = [];
  const results = tasks.map((task) => {
    const result = new Promise<void>((start) => starts.push(start))
      .then(task)
      .finally(() => starts.shift()?.());
    // One that fails before its turn is told in its turn.
    result.catch(() => {});
    return result;
  });
  for (const start of starts.splice(0, atOnce)) start();
  for (const result of results) yield await result;
}
