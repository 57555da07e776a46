import { protocols } from '../../provisioning/words.ts';
import { figureText, shareText } from './figure-text.ts';
import { jobKinds } from './figures.schema.ts';
import type { FleetFigures } from './figures.ts';
import { fileKinds } from './file-kind.ts';
import { type Metric, metrics } from './metric.ts';
import type { FleetResult, Regression } from './result.ts';

/** A difference below this is the machine's, in microseconds. */
const NOTICEABLE_US = 1_000;

/**
 * Figures that are held against those of another run: the more of each the worse. Few, so that what is told
 * is read.
 */
export const comparedMetrics: readonly Metric[] = [
  ...jobKinds.flatMap((kind) => [`${kind}.failed`, `${kind}.unfinished`]),
  ...protocols.flatMap((protocol) => [
    ...jobKinds.flatMap((kind) => percentiles(`${protocol}.${kind}.latency`)),
    ...fileKinds.flatMap((kind) => percentiles(`${protocol}.${kind}.service`)),
    `${protocol}.errors.rate`,
    `${protocol}.amplification`,
  ]),
  'files.refused',
  'release.leftBehind',
  'release.to50',
  'release.to95',
  'release.to100',
].flatMap((name) => metrics.get(name) ?? []);

function percentiles(of: string): readonly string[] {
  return [`${of}.p50`, `${of}.p95`, `${of}.p99`];
}

/** What is worse than in the baseline by more than a share. */
export function regressionsIn(
  figures: FleetFigures,
  { result, share }: { readonly result: FleetResult; readonly share: number },
): NonNullable<FleetResult['regressions']> {
  const found = comparedMetrics.flatMap((metric): Regression[] => {
    const before = metric.read(result.figures);
    const after = metric.read(figures);
    if (before === undefined || after === undefined || !isWorse(metric, before, after, share)) return [];
    return [{ metric: metric.name, unit: metric.unit, before, after }];
  });
  return { share, found };
}

function isWorse({ unit }: Metric, before: number, after: number, share: number): boolean {
  const noticeable = unit === 'duration' ? NOTICEABLE_US : 0;
  return after - before > noticeable && after > before * (1 + share);
}

/** A regression in a sentence. */
export function sayRegression({ metric, unit, before, after }: Regression): string {
  const more = before === 0 ? '' : ` (+${shareText(after / before - 1)})`;
  return `${metric}: ${figureText(before, unit)} in the baseline, now ${figureText(after, unit)}${more}`;
}
