import { wrap } from '../display/wrap.ts';
import type { CaptureComparison } from '../recording/capture-comparison.schema.ts';
import { COLUMNS_MIN, type Layout } from '../report/layout.ts';
import type { Tone } from '../report/palette.ts';
import { counted } from '../report/result-words.ts';
import { type Cell, type Column, layOutTable } from '../report/table.ts';

const tones: Readonly<Record<string, Tone>> = {
  refuted: 'bad',
  contradicted: 'bad',
  narrowed: 'strong',
  settled: 'good',
};

const columns: readonly Column[] = [
  { title: 'verdict', align: 'left' },
  { title: 'switch', align: 'left' },
  { title: 'what the capture shows', align: 'left' },
];

/** What a capture says, for people: the refuted first, what it does not show in one line at the end. */
export function* captureComparisonLines(
  comparison: CaptureComparison,
  layout: Layout,
): Generator<string, void, undefined> {
  const { phone, requests, checks, runs, switches, rules, differences, notes } = comparison;
  const { palette } = layout;
  const within = checks === 1 ? 'a check' : `${checks} checks`;
  const size = `${counted(requests, 'request')} in ${within}, our phone played ${runs === 1 ? 'once' : `${runs} times`}`;
  const who = `${phone.model} ${phone.mac} at ${phone.address}, ${phone.software ?? 'software unknown'}`;
  yield* wrapped(`${who}: ${size}`, layout).map(palette.strong);
  for (const note of notes) yield* wrapped(`note: ${note}`, layout);
  yield '';
  const rows = [
    ...switches.filter(isShown).map(({ verdict, name, default: usual, values, because }): Cell[] => {
      const found = values.length > 0 && values.join() !== usual ? ` (ours: ${usual})` : '';
      return [
        verdictCell(verdict),
        { text: `${name}=${values.join('|') || '?'}${found}` },
        { text: because },
      ];
    }),
    ...rules
      .filter(isShown)
      .map(({ verdict, rule, expected, captured = '' }): Cell[] => [
        verdictCell(verdict),
        { text: '(rule)' },
        { text: verdict === 'settled' ? rule : `${rule}: captured ${captured}; ours ${expected}` },
      ]),
  ];
  if (rows.length > 0) yield* layOutTable(columns, rows, { ...layout, columns: widthOf(layout) });
  const unseen = switches.filter((one) => !isShown(one)).map(({ name }) => name);
  if (unseen.length > 0) yield* wrapped(`no evidence of: ${unseen.join(', ')}`, layout);
  for (const { says, captured, played } of differences) {
    yield '';
    yield* wrapped(`not reproduced: ${says}`, layout).map(palette.bad);
    yield* wrapped(`- captured: ${captured.join('; ') || 'nothing'}`, layout);
    yield* wrapped(`+ ours: ${played.join('; ') || 'nothing'}`, layout);
  }
  yield '';
  const paint = palette[comparison.reproduced && Object.keys(comparison.best).length === 0 ? 'good' : 'bad'];
  yield* wrapped(captureSentence(comparison), layout).map(paint);
}

/** What came of it, in one line. */
export function captureSentence({ reproduced, best, rules }: CaptureComparison): string {
  const options = Object.entries(best).map(([name, value]) => `--quirk ${name}=${value}`);
  const refuted = rules.filter(({ verdict }) => verdict === 'refuted').length;
  const rest = refuted === 0 ? '' : `; ${refuted} of our rules without a switch refuted`;
  if (!reproduced)
    return `not reproduced${options.length > 0 ? `, nearest with ${options.join(' ')}` : ''}${rest}`;
  return `${options.length === 0 ? 'reproduced as assumed' : `reproduced with ${options.join(' ')}`}${rest}`;
}

function isShown({ verdict }: { readonly verdict: string }): boolean {
  return verdict !== 'no-evidence';
}

function verdictCell(verdict: string): Cell {
  const tone = tones[verdict];
  return { text: verdict, ...(tone !== undefined && { tone }) };
}

function wrapped(text: string, layout: Layout): string[] {
  return [...wrap(text, widthOf(layout))];
}

function widthOf({ columns: width }: Layout): number {
  return Math.max(COLUMNS_MIN, width);
}
