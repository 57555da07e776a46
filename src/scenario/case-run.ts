import { dirname } from 'node:path';
import { isoInstant } from '../clock/instant.ts';
import type { ExpectationResult, PhoneResult, Place, ScenarioResult } from '../report/result.ts';
import type { ScenarioCase } from './scenario-case.ts';
import type { Stage, StagePhone } from './stage.ts';
import { labelOf } from './variants.ts';

/** What came of a case, and what would have held where something did not. */
export interface CaseRun {
  readonly result: ScenarioResult;
  readonly instead: readonly Instead[];
  readonly unwritten: readonly Unwritten[];
  /** Why it could not be run to its end: a mistake of ours, or what this machine would not do. */
  readonly failure?: 'internal' | 'machine';
}

/** A value that would have held, and where it belongs in its file. */
export interface Instead {
  readonly path: readonly (string | number)[];
  readonly file: string;
  readonly value: unknown;
}

/** What did not hold and has no other value in its file, and why. */
export interface Unwritten {
  readonly where: Place;
  readonly word: string;
  readonly why: string;
}

export interface Judged {
  readonly result: ExpectationResult;
  readonly instead?: Instead;
  readonly unwritten?: Unwritten;
}

/** As far as a story came. */
interface Played {
  readonly stage: Stage;
  readonly judged: readonly Judged[];
  readonly startedMs: number;
}

/** The result of a case. `thrown`: it could not be run to its end; then a story may not have begun. */
export function caseRun(scenario: ScenarioCase, story: Played | undefined, thrown?: unknown): CaseRun {
  const { id, file, title, why, variant, seed, time } = scenario;
  const judged = story?.judged ?? [];
  const error = thrown === undefined ? undefined : thrown instanceof Error ? thrown.message : String(thrown);
  const expectations = judged.map(({ result }) => result);
  const failed = expectations.some(({ holds }) => !holds);
  const result: ScenarioResult = {
    type: 'scenario',
    id,
    file,
    group: dirname(file),
    title,
    ...(why !== undefined && { why }),
    variant,
    seed,
    time,
    startedAt: time === 'virtual' ? isoInstant(scenario.startsAtMs) : null,
    tookMs:
      time === 'virtual' && story !== undefined ? story.stage.world.clock.now() - story.startedMs : null,
    verdict: error !== undefined ? 'error' : failed ? 'failed' : 'passed',
    ...(error !== undefined && { error }),
    expectations,
    notJudged: Math.max(0, expectedIn(scenario) - judgedExpectations(expectations, scenario)),
    phones: story?.stage.phones.map(phoneResult) ?? [],
    replay: replayOf(scenario),
  };
  return {
    result,
    instead: judged.flatMap((one) => one.instead ?? []),
    unwritten: judged.flatMap((one) => one.unwritten ?? []),
    ...(thrown !== undefined && { failure: isSystemError(thrown) ? 'machine' : 'internal' }),
  };
}

/** A port that is taken, a file that cannot be read. */
function isSystemError(thrown: unknown): boolean {
  return thrown instanceof Error && 'syscall' in thrown;
}

function phoneResult({ case: { name, model }, phone, record }: StagePhone): PhoneResult {
  return { name, mac: phone.mac, model, outcome: record.outcome() ?? null, story: record.story() };
}

/** One for each phone it is about. */
function expectedIn({ steps, expect }: ScenarioCase): number {
  const all = [...steps.flatMap((step) => (step.word === 'expect' ? step.value : [])), ...expect];
  return all.reduce((sum, { phones }) => sum + phones.length, 0);
}

function judgedExpectations(results: readonly ExpectationResult[], { steps }: ScenarioCase): number {
  const deeds = steps.filter(({ word }) => word !== 'expect').map(({ place }) => place);
  return results.filter(({ where }) => !deeds.includes(where)).length;
}

/** The command that runs this one again. */
export function replayOf(scenario: ScenarioCase): string {
  const { file, seed, time, variant } = scenario;
  const label = labelOf(variant).trim();
  const words = [
    'deskphone run',
    quoted(file),
    ...(label === '' ? [] : ['--filter', quoted(label)]),
    '--seed',
    quoted(seed),
    ...(time === 'virtual' ? [] : ['--time', time]),
  ];
  return words.join(' ');
}

/** A word as a shell takes it. */
function quoted(word: string): string {
  return /^[\w./:@%+=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
