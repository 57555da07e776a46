import { printable, wrap } from '../display/wrap.ts';
import { clockTime } from './clock-time.ts';
import { COLUMNS_MIN, type Layout } from './layout.ts';
import type { Palette } from './palette.ts';
import type { TimelineLine } from './timeline.ts';

/** `  0.012`, two blanks, the subject, two blanks, the text. */
const TIME_COLUMNS = 7;
const SUBJECT_COLUMNS = 18;
const INDENT = TIME_COLUMNS + 2 + SUBJECT_COLUMNS + 2;
const NARROW_INDENT = TIME_COLUMNS + 4;

/**
 * A timeline line as lines of text: time, subject, text. What does not fit goes on below, indented; nothing
 * is cut off.
 *
 *     0.013  [FW]                newer: SIP12x004.04.09.00 offered,
 *                                SIP12x004.01.13.00 runs -> download
 */
export function layOutLine(line: TimelineLine, { columns, palette, letters }: Layout): string[] {
  const width = Math.max(COLUMNS_MIN, columns);
  const indent = width < 60 ? NARROW_INDENT : INDENT;
  const time = clockTime(line.at);
  const subject = printable(line.subject);
  const subjectEnd = time.length + 2 + subject.length;
  const textAt = Math.max(indent, subjectEnd + 2);
  const text = printable(letters === 'unicode' ? line.text.replace('->', '→') : line.text);
  const { first, rest } = broken(text, width - textAt, width - indent);
  const paint = palette[line.tone];
  const gap = first === '' ? '' : ' '.repeat(textAt - subjectEnd);
  return [
    `${palette.quiet(time)}  ${paint(subject)}${gap}${paint(first)}`,
    ...rest.map((more) => `${' '.repeat(indent)}${paint(more)}`),
    ...hintLines(line.hint, width, indent, palette),
  ];
}

/**
 * The text broken so that its first line fits behind the subject. A word that would be cut there goes below,
 * whole.
 */
function broken(text: string, firstColumns: number, restColumns: number): { first: string; rest: string[] } {
  if (text === '') return { first: '', rest: [] };
  const first = firstColumns < 1 ? '' : (wrap(text, firstColumns)[0] ?? '');
  const after = text.slice(first.length);
  if (after === '') return { first, rest: [] };
  return after.startsWith(' ')
    ? { first, rest: wrap(after.trimStart(), restColumns) }
    : { first: '', rest: wrap(text, restColumns) };
}

function hintLines(hint: string | undefined, width: number, indent: number, palette: Palette): string[] {
  if (hint === undefined) return [];
  const label = 'look at: ';
  return wrap(hint, width - indent - label.length).map(
    (text, index) =>
      `${' '.repeat(indent)}${palette.quiet(index === 0 ? label : ' '.repeat(label.length))}${text}`,
  );
}
