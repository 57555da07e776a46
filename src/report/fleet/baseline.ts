import { protocols } from '../../provisioning/words.ts';
import { countedText, countText, figureText, shareText } from './figure-text.ts';
import { jobKinds } from './figures.schema.ts';
import type { FleetFigures } from './figures.ts';
import { fileKinds } from './file-kind.ts';
import { type Metric, metrics } from './metric.ts';
import type { FleetResult, Regression } from './result.ts';

/** What a run is held against; figures that are worse by more than the share are regressions. */
export interface Baseline {
  readonly result: FleetResult;
  readonly share: number;
}

/** What came of that. */
export type Regressions = NonNullable<FleetResult['regressions']>;

/** A difference below this is the machine's, in microseconds. */
const NOTICEABLE_US = 1_000;

/**
 * Figures of the phones of one protocol that are held against those of another run: the more of each the
 * worse. Few, so that what is told is read. What grows with the fleet is a share of it.
 */
const metricsOfProtocols: readonly Metric[] = protocols.flatMap((protocol) => [
  ...jobKinds.flatMap((kind) => {
    const job = `${protocol}.${kind}`;
    return [
      ...['failed', 'unfinished'].flatMap((word) => shareOf(`${job}.${word}`, `${job}.due`)),
      ...percentiles(`${job}.latency`),
    ];
  }),
  ...fileKinds.flatMap((kind) => percentiles(`${protocol}.${kind}.service`)),
  ...named(`${protocol}.errors.rate`, `${protocol}.amplification`),
]);

/** The same of all phones, whatever they asked over. */
const metricsOfAll: readonly Metric[] = [
  ...shareOf('files.refused', 'files.received'),
  ...shareOf('release.leftBehind', 'phones.scheduled'),
  ...named('release.to50', 'release.to95', 'release.to100'),
];

function named(...names: readonly string[]): readonly Metric[] {
  return names.flatMap((name) => metrics.get(name) ?? []);
}

function percentiles(of: string): readonly Metric[] {
  return named(`${of}.p50`, `${of}.p95`, `${of}.p99`);
}

function shareOf(part: string, whole: string): readonly Metric[] {
  const [counted, all] = named(part, whole);
  if (counted === undefined || all === undefined) return [];
  const read = (figures: FleetFigures) => {
    const [count, of] = [counted.read(figures), all.read(figures)];
    return count === undefined || of === undefined || of === 0 ? undefined : count / of;
  };
  return [{ name: `${part} of ${whole}`, unit: 'share', read }];
}

/** What is worse than in the baseline by more than a share; of what only one of them measured, nothing. */
export function regressionsIn(figures: FleetFigures, { result, share }: Baseline): Regressions {
  const ofProtocols = pairsOf(metricsOfProtocols, result.figures, figures);
  // Phones that went another way altogether are not the same phones again.
  const ofAll = ofProtocols.length === 0 ? [] : pairsOf(metricsOfAll, result.figures, figures);
  const pairs = [...ofProtocols, ...ofAll];
  const known = [...metricsOfProtocols, ...metricsOfAll].filter(
    ({ read }) => read(result.figures) !== undefined,
  );
  const found = pairs
    .filter((pair) => isWorse(pair, share))
    .map(({ metric: { name, unit }, before, after }) => ({ metric: name, unit, before, after }));
  return { share, compared: pairs.length, left: known.length - pairs.length, found };
}

interface Pair {
  readonly metric: Metric;
  readonly before: number;
  readonly after: number;
}

function pairsOf(all: readonly Metric[], earlier: FleetFigures, now: FleetFigures): readonly Pair[] {
  return all.flatMap((metric) => {
    const [before, after] = [metric.read(earlier), metric.read(now)];
    return before === undefined || after === undefined ? [] : [{ metric, before, after }];
  });
}

function isWorse({ metric: { unit }, before, after }: Pair, share: number): boolean {
  const noticeable = unit === 'duration' ? NOTICEABLE_US : 0;
  return after - before > noticeable && after > before * (1 + share);
}

/** Nothing is worse, and something could have been. */
export function baselineHolds({ compared, found }: Regressions): boolean {
  return compared !== 0 && found.length === 0;
}

/** What the baseline said of a run, in a sentence each: the regressions, or that there is none. */
export function sayRegressions({ share, compared, left, found }: Regressions): readonly string[] {
  if (compared === 0) return ['nothing of the baseline was asked for again'];
  if (found.length > 0) return found.map(sayRegression);
  const none = `none is worse by more than ${shareText(share)}`;
  if (compared === undefined) return [none];
  const rest = left === undefined || left === 0 ? '' : `; ${countText(left)} more of it had no like here`;
  return [`${countedText(compared, 'figure')} compared, ${none}${rest}`];
}

function sayRegression({ metric, unit, before, after }: Regression): string {
  const more = before === 0 ? '' : ` (+${shareText(after / before - 1)})`;
  return `${metric}: ${figureText(before, unit)} in the baseline, now ${figureText(after, unit)}${more}`;
}

/** A run that is about to be held against a baseline. */
export type ComparedRun = Pick<FleetResult, 'time' | 'shards'>;

/** Why a result is no baseline of a run, a sentence each as found and expected; none: it is one. */
export function unfitBaseline(
  { verdict, why, unknown, time, shards }: FleetResult,
  run: ComparedRun,
): readonly string[] {
  const [reason = 'it does not say why'] = why;
  return [
    ...(unknown === null && sayShards(shards) === sayShards(run.shards)
      ? []
      : [`shards: found ${sayShards(shards)}; expected ${sayShards(run.shards)}, as this run has`]),
    ...(verdict !== 'invalid' || unknown !== null
      ? []
      : [`verdict: found invalid (${reason}); expected passed or failed: a run whose figures count`]),
    ...(time === run.time ? [] : [`time: found ${time}; expected ${run.time}, as this run has`]),
  ];
}

function sayShards({ of, covered }: FleetResult['shards']): string {
  return of === 1 ? 'the whole fleet' : `${covered.join(', ')} of ${of}`;
}
