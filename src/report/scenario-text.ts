import { formatDuration } from '../clock/durations.ts';
import { wrap } from '../display/wrap.ts';
import { clockTime } from './clock-time.ts';
import { COLUMNS_MIN, type Layout } from './layout.ts';
import { plainPalette } from './palette.ts';
import type { ExpectationResult, Result, ScenarioResult } from './result.ts';
import { placeWords, repeatWords } from './result-words.ts';

// Verdicts for people: a line a scenario, and of one that failed everything that is needed to go on.

const words = { passed: 'passed', failed: 'FAILED', error: 'ERROR' } as const;
const tones = { passed: 'good', failed: 'bad', error: 'bad' } as const;
const WORD_COLUMNS = 7;
const LABEL_COLUMNS = 12;

/** One scenario: its verdict, and why. */
export function scenarioLines(result: ScenarioResult, layout: Layout): string[] {
  const { palette } = layout;
  const { verdict, id, title, tookMs, repeats } = result;
  const took = tookMs === null ? '' : palette.quiet(` (${formatDuration(tookMs)})`);
  const head = `${palette[tones[verdict]](words[verdict].padEnd(WORD_COLUMNS))} ${id}  ${palette.quiet(title)}${took}`;
  const flaky = repeats === undefined ? [] : [labelled('repeats', repeatWords(repeats), layout)].flat();
  if (verdict === 'passed') return [head, ...flaky];
  return [
    head,
    ...flaky,
    ...(result.error === undefined ? [] : labelled('error', result.error, layout)),
    ...result.expectations.filter(({ holds }) => !holds).flatMap((one) => failureLines(one, result, layout)),
    ...(result.notJudged === 0
      ? []
      : labelled('not judged', `${result.notJudged} more, since the story ended there`, layout)),
    ...labelled('replay', result.replay, layout),
    '',
  ];
}

function failureLines(failure: ExpectationResult, { phones }: ScenarioResult, layout: Layout): string[] {
  const { where, word, phone } = failure;
  const name = phones.find(({ mac }) => mac === phone)?.name ?? phone ?? '';
  const whose = phones.length > 1 && phone !== null ? ` of ${name}` : '';
  return [
    `  ${layout.palette.strong(`${placeWords(where)}: ${word}${whose}`)}`,
    ...findingLines(failure, layout),
  ];
}

const COLUMNS_OF_ERRORS = 110;

/** A failure as the message of an error: what was meant, expected, found, and told around it. */
export function failureText(failure: ExpectationResult): string {
  const layout: Layout = { columns: COLUMNS_OF_ERRORS, palette: plainPalette, letters: 'unicode' };
  return [failure.word, ...findingLines(failure, layout)].join('\n');
}

function findingLines({ expected, found, facts }: ExpectationResult, layout: Layout): string[] {
  return [
    ...labelled('expected', expected, layout),
    ...labelled('found', found, layout),
    ...facts.flatMap(({ at, subject, text, tone }, index) =>
      labelled(
        index === 0 ? 'around' : '',
        `${clockTime(at)}  ${subject}  ${text}`,
        layout,
        layout.palette[tone],
      ),
    ),
  ];
}

/** A label and a text behind it, broken where it is too long. */
function labelled(label: string, text: string, layout: Layout, paint = (line: string) => line): string[] {
  const columns = Math.max(COLUMNS_MIN, layout.columns) - LABEL_COLUMNS - 2;
  const lines = text.split('\n').flatMap((line) => wrap(line, columns));
  return lines.map((line, index) => {
    const head = (index === 0 ? label : '').padEnd(LABEL_COLUMNS);
    return `  ${layout.palette.quiet(head)}${paint(line)}`;
  });
}

/** The last line: how many, and how it ended. */
export function summaryLine(
  { verdict, summary }: Pick<Result, 'verdict' | 'summary'>,
  { palette }: Layout,
): string {
  const { scenarios, passed, failed, errors } = summary;
  const counts = [
    `${passed} passed`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(errors > 0 ? [`${errors} with an error`] : []),
  ];
  const noun = scenarios === 1 ? 'scenario' : 'scenarios';
  return palette[tones[verdict]](`${scenarios} ${noun}: ${counts.join(', ')}`);
}
