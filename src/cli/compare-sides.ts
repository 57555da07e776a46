import { randomInt } from 'node:crypto';
import { type Comparison, comparePhone, comparisonOf, type Pair } from '../report/compare.ts';
import { compareResults, otherSeeds } from '../report/compare-results.ts';
import { comparisonLines, comparisonSentence } from '../report/comparison-text.ts';
import { compareFleets } from '../report/fleet/compare-fleets.ts';
import { ansiPalette, plainPalette } from '../report/palette.ts';
import type { Call } from './command.ts';
import { comparedPhones, interrupted, outcomeOn } from './compared-phones.ts';
import type { DiffReportKind, DiffValues } from './diff.ts';
import { type ExitCode, exitCodes, stoppedBy } from './exit-codes.ts';
import type { Io } from './io.ts';
import { refuseUnwritable, writeReports } from './report-files.ts';
import { type PhoneSide, type TwoSides, twoSides } from './two-sides.ts';

/** Holds A against B and shows it; what `diff` does. Throws `UsageError`. */
export async function compareSides(call: Call<DiffValues>, io: Io): Promise<ExitCode> {
  const { values } = call;
  refuseUnwritable(values.report, { inputs: call.arguments });
  const sides = twoSides(call.arguments);
  const comparison = await comparisonFor(sides, call, io);
  if (io.stop.aborted && comparison.pairs.length === 0) {
    io.err('stopped: nothing was compared to its end\n');
    return stoppedBy(io.stop);
  }
  const show = sides.kind === 'phones' ? 'all' : 'differing';
  const written = writeReports(values.report, ({ kind }) => reportText(kind, comparison, show), io);
  if (values.json) io.out(`${JSON.stringify(comparison)}\n`);
  else if (values.quiet) io.out(`${comparisonSentence(comparison)}\n`);
  else print(comparison, show, io);
  if (io.stop.aborted) return stoppedBy(io.stop);
  return comparison.differs ? exitCodes.failed : written;
}

async function comparisonFor(sides: TwoSides, call: Call<DiffValues>, io: Io): Promise<Comparison> {
  switch (sides.kind) {
    case 'results':
      return resultsCompared(sides, io);
    case 'fleets':
      return fleetsCompared(sides);
    case 'phones':
      return phonesCompared(sides, call, io);
  }
}

function fleetsCompared({ a, b }: Extract<TwoSides, { kind: 'fleets' }>): Comparison {
  const seed = a.fleet.seed === b.fleet.seed ? a.fleet.seed : null;
  return comparisonOf({ a: a.shown, b: b.shown, seed }, compareFleets(a.fleet, b.fleet));
}

function resultsCompared({ a, b }: Extract<TwoSides, { kind: 'results' }>, io: Io): Comparison {
  const reseeded = otherSeeds(a.result, b.result).length;
  if (reseeded > 0) {
    io.err(`warning: ${reseeded} of the scenarios ran with another seed in B, and may differ by it alone\n`);
  }
  return comparisonOf({ a: a.shown, b: b.shown, seed: null }, compareResults(a.result, b.result));
}

/** One phone after the other, so that none makes another slow: as far as it came if it was told to stop. */
async function phonesCompared(
  { a, b }: Extract<TwoSides, { kind: 'phones' }>,
  call: Call<DiffValues>,
  io: Io,
): Promise<Comparison> {
  const { values } = call;
  const seed = values.seed ?? String(randomInt(2 ** 32));
  const timed = a.kind === b.kind;
  const pairs: Pair[] = [];
  const phones = comparedPhones(call);
  for (const phone of phones) {
    const on = (side: PhoneSide, other: PhoneSide) => outcomeOn({ side, other, phone, values, seed, io });
    const [first, second] = [await on(a, b), await on(b, a)];
    if (first === interrupted || second === interrupted) break;
    const pair = comparePhone({ name: `${phone.model} ${phone.flash.mac}`, timed }, first, second);
    pairs.push(pair);
    io.err(sayDeaf(pair));
  }
  const missing = phones.length - pairs.length;
  if (missing > 0 && pairs.length > 0) {
    io.err(`stopped: ${pairs.length} of ${phones.length} phones were compared to their end\n`);
  }
  return comparisonOf({ a: a.shown, b: b.shown, seed }, pairs);
}

/** Two servers are soon the same to a phone that hears of neither. A file that is missing is an answer. */
function sayDeaf({ name, requests }: Pair): string {
  const all = requests.flatMap(({ a, b }) => [a?.result, b?.result]);
  const found = [...new Set(all)].filter((result) => result !== undefined);
  if (found.length === 0 || found.includes('ok') || found.includes('NOT_FOUND')) return '';
  const advice = found.includes('TLS') ? '; --ca FILE says whom to trust' : '';
  return `warning: ${name} had no answer from either side (${found.join(', ')})${advice}\n`;
}

function print(comparison: Comparison, show: 'all' | 'differing', io: Io): void {
  const palette = io.color ? ansiPalette : plainPalette;
  const layout = { columns: io.columns(), palette, letters: io.letters };
  for (const line of comparisonLines(comparison, layout, show)) io.out(`${line}\n`);
}

const MARKDOWN_COLUMNS = 100;

/** As Markdown: the words for people as a block of code, in which nothing of a name is markup. */
function reportText(kind: DiffReportKind, comparison: Comparison, show: 'all' | 'differing'): string {
  if (kind === 'json') return `${JSON.stringify(comparison, null, 2)}\n`;
  const layout = { columns: MARKDOWN_COLUMNS, palette: plainPalette, letters: 'ascii' } as const;
  const lines = [...comparisonLines(comparison, layout, show)].map((line) => line && `    ${line}`);
  return `# deskphone diff: ${comparisonSentence(comparison)}\n\n${lines.join('\n')}\n`;
}
