import { type Protocol, protocols } from '../../../provisioning/words.ts';
import { type Phase, phases } from '../../phase.ts';
import { formatBytes } from '../../sizes.ts';
import { Distribution } from '../distribution.ts';
import { countedText, countText, durationText, shareText } from '../figure-text.ts';
import type { FleetFigures, StoredDistribution } from '../figures.ts';
import { filesOf, merged } from '../metric.ts';
import { eachJob, jobWords } from '../result-words.ts';
import { inStretches, storedSeconds } from '../second-counts.ts';
import { levelAtEnds, meanLevels } from '../time-grid.ts';
import type { Chart, ChartLine } from './chart.ts';

/** A picture of 720 points across shows no more. */
const POINTS_MAX = 240;
/** The load of a day is drawn minute by minute, for those who look closer. */
const LOAD_POINTS_MAX = 1_600;
const US_A_SECOND = 1_000_000;
const US_A_MINUTE = 60 * US_A_SECOND;

/** Every chart that has something in it, the load first. */
export function fleetCharts(figures: FleetFigures): readonly Chart[] {
  const time = timeAxis(figures);
  const { overTime } = figures;
  const rate = (values: readonly number[]) => time.sums(values).map((sum) => sum / time.binSeconds);
  return [
    loadChart(figures),
    time.chart({
      title: 'Bytes',
      says: 'Bytes a second, counted when a file ended.',
      sayValue: (value) => `${formatBytes(value)}/s`,
      lines: perProtocol(overTime.bytes, rate),
    }),
    latencyChart(figures),
    percentileChart(figures),
    jobChart(figures),
    time.chart({
      title: 'Sessions',
      says: 'Files on their way at once: the mean of each moment.',
      sayValue: meanText,
      lines: perProtocol(overTime.sessions, (level) =>
        time.means(meanLevels(level, time.bins, figures.binUs)),
      ),
    }),
    { ...statesChart(figures, time), kind: 'stacked' as const },
    time.chart({
      title: 'Connections',
      says: 'Connections made a second, by protocol; of TLS by handshake besides.',
      sayValue: perSecond,
      lines: [
        ...perProtocol(overTime.connections, rate),
        ...Object.entries(overTime.handshakes).map(([kind, counts], index) => ({
          name: `TLS ${kind}`,
          values: rate(counts),
          style: protocols.length + index,
        })),
      ],
    }),
    time.chart({
      title: 'Errors',
      says: "Files that failed by the server's doing, a second.",
      sayValue: perSecond,
      lines: perProtocol(overTime.errors, rate),
    }),
    ...releaseCharts(figures, time),
  ].filter(({ lines }) => lines.length > 0);
}

/** Where a point is longer than a second, its mean hides how much came at once. */
function loadChart(figures: FleetFigures): Chart {
  const minutes = Math.floor(figures.endUs / US_A_MINUTE) + 1;
  const time = timeAxis(figures, Math.max(POINTS_MAX, Math.min(LOAD_POINTS_MAX, minutes)));
  const { binSeconds, points } = time;
  const means = perProtocol(figures.overTime.requests, (values) =>
    time.sums(values).map((sum) => sum / binSeconds),
  );
  const says = 'Requests a second, repeats and challenged ones among them, when they were sent';
  const chart = { title: 'Load', sayValue: perSecond };
  if (figures.perSecond === undefined || binSeconds <= 1) {
    return time.chart({ ...chart, says: `${says}.`, lines: means });
  }
  const busiest = perProtocol(
    figures.perSecond.requests,
    (stored) => inStretches(storedSeconds(stored), binSeconds, points).busiest,
  );
  const each = durationText(binSeconds * US_A_SECOND);
  return time.chart({
    ...chart,
    says: `${says}: means over ${each}, and thin the busiest second in each.`,
    lines: [
      ...busiest.map((line) => ({ ...line, name: `${line.name}, busiest second`, isMost: true as const })),
      ...means,
    ],
  });
}

function statesChart({ overTime: { states } }: FleetFigures, time: TimeAxis): Chart {
  return time.chart({
    title: 'States',
    says: 'Phones in each state; those that had no power yet are not in it.',
    sayValue: countText,
    lines: phases
      .toSorted((a, b) => stateOrder(a) - stateOrder(b))
      .flatMap((phase): ChartLine[] => {
        const level = states[phase];
        if (level === undefined || phase === 'off') return [];
        return [{ name: phase, values: time.lasts(levelAtEnds(level, time.bins)) }];
      }),
  });
}

/** Those who rest lie below those who are on their way. */
function stateOrder(phase: Phase): number {
  const resting: readonly Phase[] = ['idle', 'login', 'banner', 'no-address', 'recovery'];
  return resting.includes(phase) ? 1 : 0;
}

function releaseCharts({ release }: FleetFigures, time: TimeAxis): Chart[] {
  if (release === null || release.phones === 0) return [];
  const share = levelAtEnds(release.level, time.bins).map((phones) => phones / release.phones);
  return [
    time.chart({
      title: `Convergence on ${release.section} ${release.version}`,
      says: `Share of ${countedText(release.phones, 'phone')} that have it. It was published at ${durationText(release.publishedUs)}.`,
      sayValue: shareText,
      lines: [{ name: 'phones on the release', values: time.lasts(share) }],
    }),
  ];
}

function latencyChart(figures: FleetFigures): Chart {
  const { coarseBinUs, latencyOverTime } = figures;
  const bins = Math.floor(figures.endUs / coarseBinUs) + 1;
  const places = Array.from({ length: bins }, (_, bin) => bin * coarseBinUs);
  const lines = protocols.flatMap((protocol): ChartLine[] => {
    const series = latencyOverTime[protocol];
    if (series === undefined) return [];
    const at = (pick: (one: StoredDistribution) => number) =>
      places.map((_, bin) => {
        const stored = series[String(bin)];
        return stored === undefined ? undefined : pick(stored);
      });
    return [
      { name: `${protocol} p50`, values: at(({ p50Us }) => p50Us) },
      { name: `${protocol} p99`, values: at(({ p99Us }) => p99Us) },
    ];
  });
  return {
    title: 'Latency over time',
    says: 'Time from request to last byte of files that arrived, by when they were asked for.',
    places,
    sayPlace: durationText,
    marks: marksOf(places),
    sayValue: durationText,
    kind: 'logarithmic',
    lines,
  };
}

/** From half of all to one in ten thousand, each step ten times as rare as the last four. */
const RARITIES = Array.from({ length: 81 }, (_, step) => step / 20);

function percentileChart(figures: FleetFigures): Chart {
  return {
    ...percentiles(
      protocols.flatMap((protocol) => {
        const stored = filesOf(figures, protocol, undefined).map(({ service }) => service);
        return stored.length === 0 ? [] : [{ ...curve(protocol, merged(stored)), style: styleOf(protocol) }];
      }),
    ),
    title: 'Files by percentile',
    says: 'So long or less took so many of the files that arrived, from request to last byte.',
  };
}

function jobChart(figures: FleetFigures): Chart {
  return {
    ...percentiles(
      eachJob(figures)
        .filter(({ job }) => job.latency.count > 0)
        .map(({ protocol, kind, job }) => curve(`${jobWords[kind]} over ${protocol}`, job.latency)),
    ),
    title: 'Boots and checks by percentile',
    says: 'So long or less took so many, from when they were due.',
  };
}

function curve(name: string, stored: StoredDistribution): ChartLine {
  const distribution = Distribution.from(stored);
  return { name, values: RARITIES.map((rarity) => distribution.percentileUs(percentOf(rarity))) };
}

function percentOf(rarity: number): number {
  return 100 * (1 - 10 ** -rarity);
}

function percentiles(lines: readonly ChartLine[]): Omit<Chart, 'title' | 'says'> {
  return {
    places: RARITIES,
    sayPlace: (rarity) => `${Number(percentOf(rarity).toPrecision(4))}%`,
    marks: [0, 1, 2, 3, 4],
    sayValue: durationText,
    kind: 'logarithmic',
    lines,
  };
}

interface TimeAxis {
  readonly bins: number;
  readonly points: number;
  /** Length of what is one point of the picture. */
  readonly binSeconds: number;
  sums(values: readonly number[]): number[];
  means(values: readonly number[]): number[];
  lasts(values: readonly number[]): number[];
  chart(chart: Pick<Chart, 'title' | 'says' | 'sayValue' | 'lines'>): Chart;
}

/** The time of the run in no more points than a picture shows; longer than a second, they are whole ones. */
function timeAxis({ endUs, binUs }: FleetFigures, pointsMax = POINTS_MAX): TimeAxis {
  const bins = Math.floor(endUs / binUs) + 1;
  const least = Math.ceil(bins / pointsMax);
  const perSecond = Math.max(1, Math.round(US_A_SECOND / binUs));
  const perPoint = least <= perSecond ? least : Math.ceil(least / perSecond) * perSecond;
  const points = Math.ceil(bins / perPoint);
  const places = Array.from({ length: points }, (_, point) => point * perPoint * binUs);
  const fold = (values: readonly number[], of: (some: readonly number[]) => number) =>
    places.map((_, point) => {
      const some = Array.from({ length: perPoint }, (_none, bin) => values[point * perPoint + bin] ?? 0);
      return of(some);
    });
  return {
    bins,
    points,
    binSeconds: (perPoint * binUs) / US_A_SECOND,
    sums: (values) => fold(values, sum),
    means: (values) => fold(values, (some) => sum(some) / perPoint),
    // The last point may be cut short by the end of the run.
    lasts: (values) => places.map((_, point) => values[Math.min((point + 1) * perPoint, bins) - 1] ?? 0),
    chart: (chart) => ({
      ...chart,
      places,
      sayPlace: durationText,
      marks: marksOf(places),
      kind: 'lines',
    }),
  };
}

/** Steps between the marks of a time axis, in seconds. */
const MARK_STEPS_S = [
  0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200,
  86_400,
];
const MARKS_MAX = 7;

/** Round instants, few enough to be read. */
export function marksOf(places: readonly number[]): readonly number[] {
  const last = places.at(-1) ?? 0;
  const fits = (step: number) => last / (step * US_A_SECOND) < MARKS_MAX;
  const stepUs = (MARK_STEPS_S.find(fits) ?? last / MARKS_MAX / US_A_SECOND) * US_A_SECOND;
  return Array.from({ length: Math.floor(last / (stepUs || 1)) + 1 }, (_, mark) => mark * stepUs);
}

function perProtocol<T>(
  table: Readonly<Partial<Record<Protocol, T>>>,
  values: (series: T) => readonly number[],
): ChartLine[] {
  return protocols.flatMap((protocol) => {
    const series = table[protocol];
    return series === undefined ? [] : [{ name: protocol, values: values(series), style: styleOf(protocol) }];
  });
}

/** A protocol looks the same in all charts. */
function styleOf(protocol: Protocol): number {
  return protocols.indexOf(protocol);
}

function perSecond(value: number): string {
  return `${meanText(value)}/s`;
}

/** Means over minutes may be less than what counts are rounded to: an axis of zeros says nothing. */
function meanText(value: number): string {
  return value > 0 && value < 0.01 ? String(Number(value.toPrecision(2))) : countText(value);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
