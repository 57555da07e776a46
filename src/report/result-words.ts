import { clockTime } from './clock-time.ts';
import type { ExpectationResult, Place, Result, ScenarioResult, ToldLine } from './result.ts';

// What every report of a run says in the same words.

export type Verdict = ScenarioResult['verdict'];

/** A run in one sentence: `2 of 7 scenarios failed`. */
export function resultSentence({ summary, coverage }: Pick<Result, 'summary' | 'coverage'>): string {
  const tooLow = coverage?.enough === false ? '; statechart coverage is too low' : '';
  return `${scenariosSentence(summary)}${tooLow}`;
}

function scenariosSentence(summary: Result['summary']): string {
  const { scenarios, failed, errors } = summary;
  if (scenarios === 0) return 'No scenario was run';
  const all = counted(scenarios, 'scenario');
  if (failed + errors === 0) return scenarios === 1 ? '1 scenario passed' : `All ${all} passed`;
  if (errors === 0) return `${failed} of ${all} failed`;
  const broken = `${errors} of ${all} could not be run to ${errors === 1 ? 'its' : 'their'} end`;
  return failed === 0 ? broken : `${failed} of ${all} failed, and ${broken}`;
}

/** A scenario in one sentence: `4 of 9 expectations do not hold`. */
export function scenarioSentence({ expectations, notJudged, verdict, error }: ScenarioResult): string {
  const wrong = expectations.filter(({ holds }) => !holds).length;
  const all = expectations.length;
  const judged =
    wrong === 0
      ? `${counted(all, 'expectation')} ${all === 1 ? 'holds' : 'hold'}`
      : `${wrong} of ${counted(all, 'expectation')} ${wrong === 1 ? 'does' : 'do'} not hold`;
  const left = notJudged === 0 ? '' : `, ${notJudged} not judged`;
  return verdict === 'error' ? `could not be run to its end: ${error ?? ''}` : `${judged}${left}`;
}

const ranks: Readonly<Record<Verdict, number>> = { error: 0, failed: 1, passed: 2 };

/** What did not pass first, else in their order: what a reader looks for, and what no limit may cut off. */
export function worstFirst(scenarios: readonly ScenarioResult[]): readonly ScenarioResult[] {
  return [...scenarios].sort((a, b) => ranks[a.verdict] - ranks[b.verdict]);
}

/** The title, and which of its variants. */
export function scenarioName({ title, variant }: Pick<ScenarioResult, 'title' | 'variant'>): string {
  const { protocol, model, software } = variant;
  const words = [protocol, model, software].filter((word) => word !== undefined);
  return words.length === 0 ? title : `${title} [${words.join(' ')}]`;
}

/** Where something stands, as editors and terminals take it: `boot/a.yaml:12:5`. */
export function placeWords({ file, line, column }: Place): string {
  return line === 0 ? file : `${file}:${line}:${column}`;
}

/** How the scenario calls a phone; undefined: it is about none. */
export function phoneNamed(mac: string | null, { phones }: ScenarioResult): string | undefined {
  return mac === null ? undefined : (phones.find((phone) => phone.mac === mac)?.name ?? mac);
}

/** What came of `--repeat`. */
export function repeatWords({ of, passed, failedSeeds }: NonNullable<ScenarioResult['repeats']>): string {
  const seeds = failedSeeds.length === 0 ? '' : `; not with seed ${failedSeeds.join(', ')}`;
  return `${passed} of ${of} passed${seeds}`;
}

export function unmet({ expectations }: Pick<ScenarioResult, 'expectations'>): readonly ExpectationResult[] {
  return expectations.filter(({ holds }) => !holds);
}

/** The facts around a matter as lines of text, their columns aligned. */
export function factLines(facts: readonly ToldLine[]): readonly string[] {
  const width = Math.max(0, ...facts.map(({ subject }) => subject.length));
  return facts.flatMap(({ at, subject, text, hint }) => [
    `${clockTime(at)}  ${subject.padEnd(width)}  ${text}`,
    ...(hint === undefined ? [] : [`${' '.repeat(width + 11)}look at: ${hint}`]),
  ]);
}

/** `1 phone`, `12 addresses`. */
export function counted(count: number, noun: string, nouns = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : nouns}`;
}
