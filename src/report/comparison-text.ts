import { formatDuration } from '../clock/durations.ts';
import { wrap } from '../display/wrap.ts';
import { requestWords } from './behaviour.ts';
import type { Comparison, Difference, Pair, RequestPair } from './compare.ts';
import { COLUMNS_MIN, type Layout } from './layout.ts';
import type { Tone } from './palette.ts';
import { formatBytes } from './sizes.ts';
import { type Cell, type Column, layOutTable } from './table.ts';

/** Below this two sides and a path do not stand beside each other. */
const SIDE_BY_SIDE_COLUMNS = 72;

/**
 * A comparison for people. `requests`: of every pair, or only of those that differ, for runs of many
 * scenarios; pairs without a difference are then left out.
 */
export function* comparisonLines(
  comparison: Comparison,
  layout: Layout,
  show: 'all' | 'differing',
): Generator<string, void, undefined> {
  const { strong } = layout.palette;
  yield* wrapped(`- A ${comparison.a}`, layout).map(strong);
  yield* wrapped(`+ B ${comparison.b}`, layout).map(strong);
  if (comparison.seed !== null) yield* wrapped(`seed ${comparison.seed}`, layout);
  for (const pair of comparison.pairs) {
    if (show === 'differing' && !pair.differs) continue;
    yield '';
    yield* pairLines(pair, layout);
  }
  yield '';
  const paint = layout.palette[comparison.differs ? 'bad' : 'good'];
  yield* wrapped(comparisonSentence(comparison), layout).map(paint);
}

/** `the same: 3 compared`, or `differs: 2 of 3`. */
export function comparisonSentence({ pairs }: Comparison): string {
  const differing = pairs.filter(({ differs }) => differs).length;
  return differing === 0 ? `the same: ${pairs.length} compared` : `differs: ${differing} of ${pairs.length}`;
}

function* pairLines(pair: Pair, layout: Layout): Generator<string, void, undefined> {
  const { differs, name, requests, differences } = pair;
  const paint = layout.palette[differs ? 'bad' : 'strong'];
  yield* wrapped(`${name}: ${differs ? 'differs' : 'the same'}`, layout).map(paint);
  if (requests.length > 0) {
    yield* layout.columns < SIDE_BY_SIDE_COLUMNS ? requestStack(pair, layout) : requestTable(pair, layout);
  }
  const hasFigures = differences.some(({ change }) => change !== undefined);
  if (hasFigures && layout.columns >= SIDE_BY_SIDE_COLUMNS) yield* figureTable(differences, layout);
  else for (const difference of differences) yield* differenceLines(difference, layout);
}

const columns: readonly Column[] = [
  { title: '', align: 'left' },
  { title: 'A', align: 'left' },
  { title: 'B', align: 'left' },
  { title: 'asked for', align: 'left' },
];

function requestTable(pair: Pair, layout: Layout): string[] {
  const rows = pair.requests.map((request): Cell[] => {
    const { mark, tone } = markOf(request);
    const cells = [mark, sideWords(request.a, pair), sideWords(request.b, pair), request.asked];
    return cells.map((text) => ({ text, tone }));
  });
  const sums = ['', sumWords(pair.a, pair), sumWords(pair.b, pair), 'in all'];
  return layOutTable(columns, [...rows, sums.map((text): Cell => ({ text, tone: 'quiet' }))], layout);
}

const figureColumns: readonly Column[] = [
  { title: '', align: 'left' },
  { title: 'A', align: 'right' },
  { title: 'B', align: 'right' },
  { title: 'change', align: 'left' },
];

function figureTable(differences: readonly Difference[], layout: Layout): string[] {
  const rows = differences.map(({ about, a, b, change = '' }) =>
    [about, a ?? 'none', b ?? 'none', change].map((text): Cell => ({ text })),
  );
  return layOutTable(figureColumns, rows, layout);
}

function requestStack(pair: Pair, layout: Layout): string[] {
  const rows = pair.requests.flatMap((request) => {
    const { mark, tone } = markOf(request);
    const paint = layout.palette[tone];
    const sides = [`- ${sideWords(request.a, pair)}`, `+ ${sideWords(request.b, pair)}`];
    return [
      ...wrapped(`${mark || ' '} ${request.asked}`, layout).map(paint),
      ...sides.flatMap((side) => wrapped(`    ${side}`, layout)),
    ];
  });
  const sums = [`    - ${sumWords(pair.a, pair)}`, `    + ${sumWords(pair.b, pair)}`];
  return [...rows, '  in all', ...sums.flatMap((sum) => wrapped(sum, layout))];
}

function markOf({ a, b, differs }: RequestPair): { readonly mark: string; readonly tone: Tone } {
  if (b === null) return { mark: '-', tone: 'bad' };
  if (a === null) return { mark: '+', tone: 'good' };
  return differs ? { mark: '!', tone: 'doubtful' } : { mark: '', tone: 'plain' };
}

function differenceLines({ about, a, b, change }: Difference, layout: Layout): string[] {
  const { bad, good } = layout.palette;
  const changed = change === undefined ? '' : ` (${change})`;
  return [
    ...wrapped(`! ${about}${changed}`, layout).map(layout.palette.doubtful),
    ...(a === null ? [] : wrapped(`    - ${a}`, layout).map(bad)),
    ...(b === null ? [] : wrapped(`    + ${b}`, layout).map(good)),
  ];
}

/** A side of a request in one cell. */
export function sideWords(side: RequestPair['a'], { timed }: Pick<Pair, 'timed'>): string {
  if (side === null) return 'not asked';
  return timed ? `${requestWords(side)} ${formatDuration(side.ms)}` : requestWords(side);
}

/** The sum of a side in one cell. */
export function sumWords(sum: Pair['a'], { timed }: Pick<Pair, 'timed'>): string {
  if (sum === null) return 'none';
  const files = `${sum.ok ? 'ok' : 'failed'}: ${sum.requests}, ${formatBytes(sum.bytes)}`;
  return timed ? `${files}, ${formatDuration(sum.ms)}` : files;
}

function wrapped(text: string, { columns: width }: Layout): string[] {
  const [indent = ''] = /^ */.exec(text) ?? [];
  const rest = text.slice(indent.length);
  return wrap(rest, Math.max(COLUMNS_MIN, width) - indent.length).map((line) => `${indent}${line}`);
}
