import { formatDuration } from '../clock/durations.ts';
import { printable } from '../display/wrap.ts';
import { coverageDemands, covered, missedIn, shareWords } from './coverage.ts';
import { markdownText as text } from './markdown-text.ts';
import type { Coverage, ExpectationResult, Result, ScenarioResult } from './result.ts';
import {
  counted,
  factLines,
  phoneNamed,
  placeWords,
  resultSentence,
  scenarioName,
  scenarioSentence,
  unmet,
  worstFirst,
} from './result-words.ts';

/**
 * GitHub cuts a comment at 65,536 characters; what lies beyond these is counted, and in the other reports.
 */
const ROWS_MAX = 300;
const DETAILED_MAX = 30;

/** A run as Markdown (GitHub's, with tables), for the summary of a CI job or a comment. */
export function resultMarkdown(result: Result): string {
  const { scenarios, coverage, environment } = result;
  const notPassed = worstFirst(scenarios).filter(({ verdict }) => verdict !== 'passed');
  const blocks = [
    `# ${text(resultSentence(result))}`,
    tallyLine(result),
    ...(scenarios.length === 0 ? [] : [overview(result)]),
    ...notPassed.slice(0, DETAILED_MAX).map(detailed),
    ...moreThan(DETAILED_MAX, notPassed.length, 'that did not pass'),
    ...(coverage === undefined ? [] : coverageBlocks(coverage)),
    text(
      `deskphone-emulator ${environment.product}, Node.js ${environment.node}, ${environment.platform}, started ${environment.startedAt}`,
    ),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function tallyLine({ summary, environment }: Result): string {
  const { passed, failed, errors, expectations, phones } = summary;
  return [
    `${passed} passed`,
    `${failed} failed`,
    ...(errors === 0 ? [] : [counted(errors, 'error')]),
    counted(expectations, 'expectation'),
    counted(phones, 'phone'),
    formatDuration(environment.tookMs),
  ].join(', ');
}

function overview({ scenarios, environment }: Result): string {
  const rows = worstFirst(scenarios)
    .slice(0, ROWS_MAX)
    .map((scenario) => {
      const { id, verdict, group, expectations, tookMs } = scenario;
      const machineMs = environment.scenarioMs[id];
      const cells = [
        verdict === 'passed' ? verdict : `**${verdict}**`,
        text(scenarioName(scenario)),
        text(group),
        `${expectations.filter(({ holds }) => holds).length} of ${expectations.length}`,
        tookMs === null ? '' : formatDuration(tookMs),
        machineMs === undefined ? '' : formatDuration(machineMs),
      ];
      return `| ${cells.join(' | ')} |`;
    });
  return [
    '| Verdict | Scenario | Folder | Held | By the phone | By this machine |',
    '| --- | --- | --- | ---: | ---: | ---: |',
    ...rows,
    ...moreThan(ROWS_MAX, scenarios.length).map((line) => `\n${line}`),
  ].join('\n');
}

function detailed(scenario: ScenarioResult): string {
  const { verdict, error, replay } = scenario;
  return [
    `## ${verdict}: ${text(scenarioName(scenario))}`,
    verdict === 'error' ? fenced(error ?? '') : text(scenarioSentence(scenario)),
    ...unmet(scenario).map((one) => difference(one, scenario)),
    `Replay: ${code(replay)}`,
  ].join('\n\n');
}

function difference(expectation: ExpectationResult, scenario: ScenarioResult): string {
  const { word, phone, where, expected, found, facts } = expectation;
  const name = phoneNamed(phone, scenario);
  const lines = [
    'expected:',
    ...expected.split('\n').map((line) => `  ${line}`),
    'found:',
    ...found.split('\n').map((line) => `  ${line}`),
    ...(facts.length === 0 ? [] : ['around it:', ...factLines(facts).map((line) => `  ${line}`)]),
  ];
  const whose = name === undefined ? '' : ` of ${text(name)}`;
  return `**${text(word)}**${whose}, ${code(placeWords(where))}\n\n${fenced(lines.join('\n'))}`;
}

function coverageBlocks(coverage: Coverage): readonly string[] {
  const { machines, states, transitions } = coverage;
  const rows = [...machines, { machine: 'together', states, transitions }].map(
    (one) => `| ${one.machine} | ${shareWords(one.states)} | ${shareWords(one.transitions)} |`,
  );
  const missed = covered.flatMap((kind) => missedIn(coverage, kind));
  return [
    '## Statechart coverage',
    ['| Machine | States | Transitions |', '| --- | ---: | ---: |', ...rows].join('\n'),
    ...coverageDemands(coverage).map(
      ({ met, wanted, found }) => `${met ? 'met' : '**not met**'}: wanted ${wanted}; found ${found}`,
    ),
    ...(missed.length === 0 ? [] : [`Not taken:\n\n${fenced(missed.join('\n'))}`]),
  ];
}

function moreThan(max: number, count: number, which = ''): readonly string[] {
  if (count <= max) return [];
  const more = count - max;
  return [`And ${more} more ${more === 1 ? 'scenario' : 'scenarios'}${which === '' ? '' : ` ${which}`}.`];
}

/** CommonMark, section 6.1: the fence is longer than any run of backticks within. */
function code(words: string): string {
  const fence = '`'.repeat(longestRun(words) + 1);
  const pad = words.includes('`') ? ' ' : '';
  return `${fence}${pad}${printable(words)}${pad}${fence}`;
}

function fenced(lines: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(lines) + 1));
  return `${fence}text\n${lines.split('\n').map(printable).join('\n')}\n${fence}`;
}

function longestRun(words: string): number {
  return Math.max(0, ...[...words.matchAll(/`+/g)].map(([run]) => run.length));
}
