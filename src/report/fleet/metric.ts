import { type Protocol, protocols } from '../../provisioning/words.ts';
import { busiestSecond, busiestSessions } from './busiest.ts';
import { type Cause, causes, classOf } from './cause.ts';
import { Distribution, sumOf } from './distribution.ts';
import { jobKinds } from './figures.schema.ts';
import type { FileFigures, FleetFigures, JobFigures, JobKind, StoredDistribution } from './figures.ts';
import { type FileKind, fileKinds } from './file-kind.ts';
import { amplificationOf, errorsOf } from './file-totals.ts';

/** Durations in microseconds, shares in [0, 1]. */
export type MetricUnit = 'duration' | 'share' | 'factor' | 'count' | 'bytes';

/** One number that can be read from the figures of any fleet. */
export interface Metric {
  readonly name: string;
  readonly unit: MetricUnit;
  /** undefined: nothing of the kind was measured. */
  readonly read: (figures: FleetFigures) => number | undefined;
}

/** The last words of a metric of durations. */
export const statistics = {
  min: 'the least',
  mean: 'the mean',
  p50: 'half of all are at or below it',
  p75: '75 % are',
  p90: '90 % are',
  p95: '95 % are',
  p99: '99 % are',
  p999: '99.9 % are',
  max: 'the greatest',
} as const;
export type Statistic = keyof typeof statistics;

const statisticNames = Object.keys(statistics) as Statistic[];

/** Of boots and checks. */
const jobCounts = ['due', 'begun', 'done', 'failed', 'unfinished'] as const;
const jobDurations = ['latency', 'service', 'lateness'] as const;
/** Of files. */
const fileCounts = [
  'asked',
  'received',
  'left',
  'failed',
  'open',
  'repeatedRequests',
  'repeatedAcknowledgements',
  'challenged',
  'sent',
  'connections',
  'tlsFull',
  'tlsResumed',
  'lookUps',
] as const;
const fileDurations = ['connect', 'firstByte', 'service', 'latency'] as const;

/** A statistic of a distribution that was stored; undefined of nothing. */
export function statisticOf(stored: StoredDistribution, statistic: Statistic): number | undefined {
  if (stored.count === 0) return undefined;
  switch (statistic) {
    case 'min':
      return stored.minUs;
    case 'mean':
      return Math.round(stored.sumUs / stored.count);
    case 'max':
      return stored.maxUs;
    default:
      return stored[`${statistic}Us`];
  }
}

/** Every metric there is, by name. */
export const metrics: ReadonlyMap<string, Metric> = new Map(
  [...wholeMetrics(), ...[undefined, ...protocols].flatMap((protocol) => metricsOf(protocol))].map(
    (metric) => [metric.name, metric],
  ),
);

/** Of the whole fleet only. */
function wholeMetrics(): readonly Metric[] {
  return [
    { name: 'phones.scheduled', unit: 'count', read: ({ phones }) => phones.scheduled },
    { name: 'phones.begun', unit: 'count', read: ({ phones }) => phones.begun },
    { name: 'phones.restarts', unit: 'count', read: ({ phones }) => phones.restarts },
    { name: 'phones.gaveUp', unit: 'count', read: ({ phones }) => phones.ends['gave-up'] ?? 0 },
    { name: 'phones.onTheirWay', unit: 'count', read: ({ phones }) => phones.ends['on-its-way'] ?? 0 },
    { name: 'phones.callsDropped', unit: 'count', read: ({ phones }) => phones.callsDropped },
    {
      name: 'files.refused',
      unit: 'count',
      read: ({ refusals }) => Object.values(refusals).reduce((sum, count) => sum + count, 0),
    },
    {
      name: 'notifies.ignored',
      unit: 'count',
      read: ({ notifiesIgnored }) => Object.values(notifiesIgnored).reduce((sum, count) => sum + count, 0),
    },
    ...durations('dnd', ({ dnd }) => dnd),
    ...releaseMetrics(),
  ];
}

function releaseMetrics(): readonly Metric[] {
  return [
    {
      name: 'release.share',
      unit: 'share',
      read: ({ release }) =>
        release === null || release.phones === 0 ? undefined : release.onTarget / release.phones,
    },
    {
      name: 'release.leftBehind',
      unit: 'count',
      read: ({ release }) => (release === null ? undefined : release.phones - release.onTarget),
    },
    ...[50, 95, 100].map(
      (percent): Metric => ({
        name: `release.to${percent}`,
        unit: 'duration',
        read: (figures) => timeToShare(figures, percent),
      }),
    ),
  ];
}

/** When so many percent of all phones had the release, from its publishing; undefined: not reached. */
export function timeToShare({ release }: FleetFigures, percent: number): number | undefined {
  if (release === null || release.phones === 0) return undefined;
  const wanted = Math.ceil((release.phones * percent) / 100);
  if (release.reached.count < wanted) return undefined;
  return Distribution.from(release.reached).percentileUs((100 * wanted) / release.reached.count);
}

/** Of the phones of one protocol, or of all. */
function metricsOf(protocol: Protocol | undefined): readonly Metric[] {
  const before = protocol === undefined ? '' : `${protocol}.`;
  return [
    ...jobKinds.flatMap((kind) => jobMetrics(`${before}${kind}`, protocol, kind)),
    ...fileMetrics(`${before}files`, protocol, undefined),
    ...fileKinds.flatMap((kind) => fileMetrics(`${before}${kind}`, protocol, kind)),
    ...errorMetrics(before, protocol),
    ...busiestMetrics(before, protocol),
    {
      name: `${before}amplification`,
      unit: 'factor',
      read: (figures) => amplificationOf(filesOf(figures, protocol, undefined)),
    },
  ];
}

function jobMetrics(name: string, protocol: Protocol | undefined, kind: JobKind): readonly Metric[] {
  return [
    ...jobCounts.map(
      (word): Metric => ({
        name: `${name}.${word}`,
        unit: 'count',
        read: (figures) => total(jobsOf(figures, protocol, kind), (job) => job[word]),
      }),
    ),
    ...jobDurations.flatMap((phase) =>
      durations(`${name}.${phase}`, (figures) =>
        merged(jobsOf(figures, protocol, kind).map((job) => job[phase])),
      ),
    ),
  ];
}

function fileMetrics(
  name: string,
  protocol: Protocol | undefined,
  kind: FileKind | undefined,
): readonly Metric[] {
  return [
    ...fileCounts.map(
      (word): Metric => ({
        name: `${name}.${word}`,
        unit: 'count',
        read: (figures) => total(filesOf(figures, protocol, kind), (file) => file[word]),
      }),
    ),
    {
      name: `${name}.bytes`,
      unit: 'bytes',
      read: (figures) => total(filesOf(figures, protocol, kind), ({ bytes }) => bytes),
    },
    ...fileDurations.flatMap((phase) =>
      durations(`${name}.${phase}`, (figures) =>
        merged(filesOf(figures, protocol, kind).map((file) => file[phase])),
      ),
    ),
  ];
}

function errorMetrics(before: string, protocol: Protocol | undefined): readonly Metric[] {
  const all = (figures: FleetFigures) => filesOf(figures, protocol, undefined);
  return [
    {
      name: `${before}errors.count`,
      unit: 'count',
      read: (figures) => (all(figures).length === 0 ? undefined : errorsOf(all(figures))),
    },
    {
      name: `${before}errors.rate`,
      unit: 'share',
      read: (figures) => {
        const asked = total(all(figures), (file) => file.asked) ?? 0;
        return asked === 0 ? undefined : errorsOf(all(figures)) / asked;
      },
    },
    ...causes.map(
      (cause: Cause): Metric => ({
        name: `${before}${classOf(cause) === 'server' ? 'errors' : 'failures'}.${cause}`,
        unit: 'count',
        read: (figures) => total(all(figures), (file) => file.causes[cause] ?? 0),
      }),
    ),
  ];
}

function busiestMetrics(before: string, protocol: Protocol | undefined): readonly Metric[] {
  return [
    {
      name: `${before}requests.busiest`,
      unit: 'count',
      read: (figures) => busiestSecond(figures, 'requests', protocol),
    },
    {
      name: `${before}connections.busiest`,
      unit: 'count',
      read: (figures) => busiestSecond(figures, 'connections', protocol),
    },
    {
      name: `${before}sessions.busiest`,
      unit: 'count',
      read: (figures) => busiestSessions(figures, protocol),
    },
  ];
}

/** Adding up histograms costs; it is done once for all statistics of them. */
function durations(name: string, pick: (figures: FleetFigures) => StoredDistribution): readonly Metric[] {
  const picked = new WeakMap<FleetFigures, StoredDistribution>();
  const pickOnce = (figures: FleetFigures) => {
    const known = picked.get(figures);
    if (known !== undefined) return known;
    const distribution = pick(figures);
    picked.set(figures, distribution);
    return distribution;
  };
  return statisticNames.map((statistic) => ({
    name: `${name}.${statistic}`,
    unit: 'duration',
    read: (figures) => statisticOf(pickOnce(figures), statistic),
  }));
}

/** Boots or checks of one kind, of phones of one protocol or of all. */
export function jobsOf(
  { jobs }: FleetFigures,
  protocol: Protocol | undefined,
  kind: JobKind,
): readonly JobFigures[] {
  return (protocol === undefined ? protocols : [protocol]).flatMap((one) => jobs[one]?.[kind] ?? []);
}

/** Files of one kind or of all, over one protocol or all. */
export function filesOf(
  { files }: FleetFigures,
  protocol: Protocol | undefined,
  kind: FileKind | undefined,
): readonly FileFigures[] {
  return (protocol === undefined ? protocols : [protocol]).flatMap((one) =>
    (kind === undefined ? fileKinds : [kind]).flatMap((each) => files[one]?.[each] ?? []),
  );
}

/** Several distributions as one. */
export function merged(all: readonly StoredDistribution[]): StoredDistribution {
  const [first] = all;
  if (all.length === 1 && first !== undefined) return first;
  return sumOf(all.map((one) => Distribution.from(one))).stored();
}

/** undefined: there are none to add up. */
function total<T>(all: readonly T[], amount: (one: T) => number): number | undefined {
  return all.length === 0 ? undefined : all.reduce((sum, one) => sum + amount(one), 0);
}
