import { parseDuration } from '../../clock/durations.ts';
import { nearestName } from '../../provisioning/nearest-name.ts';
import { quote } from '../../provisioning/quote.ts';
import { figureText } from './figure-text.ts';
import type { FleetFigures } from './figures.ts';
import { type Metric, type MetricUnit, metrics } from './metric.ts';
import type { ThresholdResult } from './result.ts';

const comparisons = {
  '<=': (found: number, limit: number) => found <= limit,
  '>=': (found: number, limit: number) => found >= limit,
  '==': (found: number, limit: number) => found === limit,
  '<': (found: number, limit: number) => found < limit,
  '>': (found: number, limit: number) => found > limit,
} as const;
type Comparison = keyof typeof comparisons;

/** What a figure of a fleet must be: `boot.latency.p95 < 90s`. */
export interface Threshold {
  readonly text: string;
  readonly metric: Metric;
  readonly comparison: Comparison;
  readonly limit: number;
  /** Nobody asked for it: a fleet that measures none of the kind does without. */
  readonly usual?: true;
}

/** Ours: what a line of a file or an option may be. */
const TEXT_LENGTH_MAX = 200;

/** Reads a threshold; a sentence that says what is wrong with it for anything else. */
export function parseThreshold(text: string): Threshold | { readonly message: string } {
  const [, name = '', word, value = ''] = /^\s*([\w.-]+)\s*(<=|>=|==|<|>)\s*(\S+)\s*$/.exec(text) ?? [];
  const comparison = comparisonOf(word);
  if (text.length > TEXT_LENGTH_MAX || comparison === undefined) {
    return {
      message: `${quote(text)} is no threshold; expected a metric, one of < <= == >= >, and a limit, such as boot.latency.p95 < 90s`,
    };
  }
  const metric = metrics.get(name);
  if (metric === undefined) return { message: unknownMetric(name) };
  const limit = limitOf(value, metric.unit);
  if (limit === undefined) {
    return { message: `${name}: the limit is ${quote(value)}; expected ${expectedLimits[metric.unit]}` };
  }
  return { text: `${name} ${comparison} ${value}`, metric, comparison, limit };
}

/** What was found, and whether that will do. What was not measured will not. */
export function judgeThreshold(
  { text, metric, comparison, limit, usual }: Threshold,
  figures: FleetFigures,
): ThresholdResult {
  const found = metric.read(figures);
  // A shard may have no phone.
  const mayBeNothing = figures.phones.scheduled === 0 || (usual && hasMeasured(figures));
  return {
    threshold: text,
    metric: metric.name,
    unit: metric.unit,
    comparison,
    limit,
    found: found ?? null,
    holds: found === undefined ? mayBeNothing === true : comparisons[comparison](found, limit),
    ...(usual && { usual }),
  };
}

/** Boots before the measuring are none, and polls are enough. */
function hasMeasured({ jobs }: FleetFigures): boolean {
  return Object.keys(jobs).length > 0;
}

/** A threshold that does not hold, in a sentence. */
export function sayUnmet({ threshold, metric, unit, found }: ThresholdResult): string {
  const seen = found === null ? 'nothing of the kind was measured' : `found ${figureText(found, unit)}`;
  return `${threshold}: ${seen}${metric.startsWith('release.to') && found === null ? ', so many phones never had it' : ''}`;
}

function comparisonOf(word: string | undefined): Comparison | undefined {
  const known: readonly Comparison[] = ['<=', '>=', '==', '<', '>'];
  return known.find((one) => one === word);
}

function unknownMetric(name: string): string {
  if (/\.TIMEOUT$/.test(name)) {
    return `${quote(name)} is no metric; a time-out is one of NO_CONNECTION, NO_ANSWER, STALLED and TOO_SLOW`;
  }
  const nearest = nearestName(name, [...metrics.keys()]);
  const hint =
    nearest === undefined
      ? '; expected one such as boot.latency.p95, tftp.FW.service.max or errors.rate (docs/fleet-figures.md has them all)'
      : `; did you mean ${nearest}?`;
  return `${quote(name)} is no metric${hint}`;
}

const expectedLimits: Readonly<Record<MetricUnit, string>> = {
  duration: 'a duration with its unit, such as 500ms, 90s or 10m',
  share: 'a share such as 0.5%, or a number from 0 to 1',
  factor: 'a number such as 1.2',
  count: 'a whole number',
  bytes: 'a number of bytes, such as 512, 64k or 3M',
};

const US_A_MS = 1_000;

function limitOf(value: string, unit: MetricUnit): number | undefined {
  switch (unit) {
    case 'duration': {
      const ms = value === '0' ? 0 : parseDuration(value);
      return ms === undefined ? undefined : ms * US_A_MS;
    }
    case 'share': {
      const [, number, percent] = /^(\d+(?:\.\d+)?)(%?)$/.exec(value) ?? [];
      const share = number === undefined ? undefined : Number(percent === '%' ? `${number}e-2` : number);
      return share === undefined || share > 1 ? undefined : share;
    }
    case 'factor':
      return /^\d+(?:\.\d+)?$/.test(value) ? Number(value) : undefined;
    case 'count':
      return /^\d{1,15}$/.test(value) ? Number(value) : undefined;
    case 'bytes': {
      const [, number, letter = ''] = /^(\d{1,12})([kMG]?)$/.exec(value) ?? [];
      return number === undefined ? undefined : Number(number) * (bytesOf[letter] ?? 1);
    }
  }
}

/** As sizes are given on the command line. */
const bytesOf: Readonly<Record<string, number>> = { k: 1024, M: 1024 ** 2, G: 1024 ** 3 };
