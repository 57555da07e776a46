import { formatDuration } from '../clock/durations.ts';
import { coverageDemands } from './coverage.ts';
import { type JunitCase, type JunitProblem, type JunitSuite, junitReport } from './junit.ts';
import type { Coverage, ExpectationResult, Result, ScenarioResult } from './result.ts';
import { factLines, phoneNamed, placeWords, scenarioName, scenarioSentence, unmet } from './result-words.ts';

/**
 * A run as JUnit: a suite a folder, a case a scenario. Times are those of the machine; how long the phones
 * took by their own clock is said beside the verdict. What is wanted of the statecharts' coverage is a suite
 * of its own.
 */
export function resultJunit({ scenarios, coverage, environment }: Result): string {
  const suites = new Map<string, JunitCase[]>();
  for (const scenario of scenarios) {
    const cases = suites.get(scenario.group) ?? [];
    suites.set(scenario.group, cases);
    cases.push(caseOf(scenario, environment.scenarioMs[scenario.id] ?? 0));
  }
  const listed: readonly JunitSuite[] = [...suites].map(([name, cases]) => ({ name, cases }));
  const wanted = coverage === undefined ? [] : coverageCases(coverage);
  return junitReport('deskphone run', [
    ...listed,
    ...(wanted.length === 0 ? [] : [{ name: COVERAGE, cases: wanted }]),
  ]);
}

const COVERAGE = 'statechart coverage';

/** A case a demand: one without a least is no test. */
function coverageCases(coverage: Coverage): readonly JunitCase[] {
  return coverageDemands(coverage).map(({ met, wanted, found, missed }) => ({
    name: wanted,
    className: COVERAGE,
    output: `taken: ${found}`,
    ...(!met && {
      failure: {
        type: 'coverage',
        message: `wanted ${wanted}; found ${found}`,
        text: ['not taken:', ...missed.map((name) => `  ${name}`)].join('\n'),
      },
    }),
  }));
}

function caseOf(scenario: ScenarioResult, timeMs: number): JunitCase {
  const named = {
    name: scenarioName(scenario),
    className: classNameOf(scenario.file),
    timeMs,
    output: outputOf(scenario),
  };
  switch (scenario.verdict) {
    case 'passed':
      return named;
    case 'failed':
      return { ...named, failure: failureOf(scenario) };
    case 'error':
      return { ...named, error: errorOf(scenario) };
  }
}

/**
 * `boot/first.yaml` is the class `first` of the package `boot` to those who draw trees of names with dots.
 */
function classNameOf(file: string): string {
  return file
    .replace(/\.ya?ml$/i, '')
    .split(/[/\\]+/)
    .filter((part) => part !== '' && part !== '.' && part !== '..')
    .map((part) => part.replaceAll('.', '_'))
    .join('.');
}

function failureOf(scenario: ScenarioResult): JunitProblem {
  const wrong = unmet(scenario);
  const [first, ...others] = wrong;
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return {
    type: first?.word ?? 'failed',
    message: first === undefined ? scenarioSentence(scenario) : `${inOneLine(first)}${more}`,
    text: [...wrong.map((one) => differenceText(one, scenario)), `replay: ${scenario.replay}`].join('\n\n'),
  };
}

function errorOf(scenario: ScenarioResult): JunitProblem {
  const { error = 'no reason was given', replay } = scenario;
  const told = unmet(scenario).map((one) => differenceText(one, scenario));
  return { type: 'error', message: error, text: [error, ...told, `replay: ${replay}`].join('\n\n') };
}

function inOneLine({ word, expected, found }: ExpectationResult): string {
  return `${word}: expected ${onOneLine(expected)}; found ${onOneLine(found)}`;
}

function onOneLine(text: string): string {
  return text.split('\n').join(', ');
}

function differenceText(expectation: ExpectationResult, scenario: ScenarioResult): string {
  const { word, phone, where, expected, found, facts } = expectation;
  const name = phoneNamed(phone, scenario);
  return [
    `${placeWords(where)}: ${word}${name === undefined ? '' : ` of ${name}`}`,
    ...indented('expected', expected.split('\n')),
    ...indented('found', found.split('\n')),
    ...(facts.length === 0 ? [] : indented('around it', factLines(facts))),
  ].join('\n');
}

function indented(title: string, lines: readonly string[]): readonly string[] {
  return [`  ${title}:`, ...lines.map((line) => `    ${line}`)];
}

function outputOf(scenario: ScenarioResult): string {
  const { id, seed, tookMs, repeats, replay } = scenario;
  return [
    id,
    scenarioSentence(scenario),
    `seed ${seed}${tookMs === null ? '' : `, ${formatDuration(tookMs)} by the clock of the phones`}`,
    ...(repeats === undefined ? [] : [`repeated: ${repeats.passed} of ${repeats.of} passed`]),
    `replay: ${replay}`,
  ].join('\n');
}
