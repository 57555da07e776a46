import { AggregatorRegistry } from 'prom-client';
import { classOf } from '../report/fleet/cause.ts';
import { boundsUs, type LiveTimes } from '../report/fleet/live-figures.ts';
import { phases } from '../report/phase.ts';
import type { WorkerProgress } from './do-share.ts';

/** A metric of a fleet under way, as Prometheus knows it. */
export interface Metric {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly labels: readonly string[];
  /** How values of several workers become one; absent: they add up. */
  readonly aggregator?: 'max';
  /** What one worker has of it. */
  readonly samples: (of: WorkerProgress, worker: string) => readonly Sample[];
}

interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  /** Of a histogram: with its ending. */
  readonly metricName?: string;
}

const PREFIX = 'deskphone_fleet_';
const US_A_SECOND = 1e6;
const MS_A_SECOND = 1e3;

/**
 * Everything that is exported. No label names a phone: each label has few values, however large the fleet.
 * Units are seconds and bytes, as Prometheus wants them.
 */
export const metrics: readonly Metric[] = [
  {
    name: `${PREFIX}run_seconds`,
    type: 'gauge',
    help: 'Time since the start of the run, by the clock of the phones.',
    labels: [],
    aggregator: 'max',
    samples: ({ progress }) => [{ labels: {}, value: progress.atMs / MS_A_SECOND }],
  },
  {
    name: `${PREFIX}phones`,
    type: 'gauge',
    help: 'Phones in each state; waiting: had no power yet.',
    labels: ['state'],
    samples: ({ progress: { phones, begun, glance } }) => [
      { labels: { state: 'waiting' }, value: phones - begun },
      ...phases.map((state) => ({ labels: { state }, value: glance.states[state] ?? 0 })),
    ],
  },
  {
    name: `${PREFIX}phones_left`,
    type: 'gauge',
    help: 'Phones for which the run is over.',
    labels: [],
    samples: ({ progress }) => [{ labels: {}, value: progress.left }],
  },
  ...(['due', 'done', 'failed'] as const).map(
    (outcome): Metric => ({
      name: `${PREFIX}jobs_${outcome}_total`,
      type: 'counter',
      help: `Boots and checks that ${outcome === 'due' ? 'were due' : `ended, ${outcome}`}.`,
      labels: ['protocol', 'job'],
      samples: ({ live }) =>
        live.jobs.map(({ protocol, kind, ...jobs }) => ({
          labels: { protocol, job: kind },
          value: jobs[outcome],
        })),
    }),
  ),
  {
    name: `${PREFIX}job_seconds`,
    type: 'histogram',
    help: 'From when a boot or check was due to its end, of those that were done.',
    labels: ['protocol', 'job'],
    samples: ({ live }) =>
      live.jobs.flatMap(({ protocol, kind, latency }) =>
        histogram(`${PREFIX}job_seconds`, { protocol, job: kind }, latency),
      ),
  },
  {
    name: `${PREFIX}requests_total`,
    type: 'counter',
    help: 'Requests sent, repeats and those that were answered with 401 among them.',
    labels: ['protocol', 'section'],
    samples: ({ live }) =>
      live.files.map(({ protocol, kind, asked, repeatedRequests, challenged }) => ({
        labels: { protocol, section: kind },
        value: asked + repeatedRequests + challenged,
      })),
  },
  {
    name: `${PREFIX}files_total`,
    type: 'counter',
    help: 'Files by what came of them; left: no later than the stored ones.',
    labels: ['protocol', 'section', 'outcome'],
    samples: ({ live }) =>
      live.files.flatMap(({ protocol, kind, ...files }) =>
        (['received', 'left', 'failed'] as const).map((outcome) => ({
          labels: { protocol, section: kind, outcome },
          value: files[outcome],
        })),
      ),
  },
  {
    name: `${PREFIX}bytes_total`,
    type: 'counter',
    help: 'Bytes of files that ended, as much as came of those that failed among them.',
    labels: ['protocol', 'section'],
    samples: ({ live }) =>
      live.files.map(({ protocol, kind, bytes }) => ({ labels: { protocol, section: kind }, value: bytes })),
  },
  {
    name: `${PREFIX}failures_total`,
    type: 'counter',
    help: 'Files that failed, by code; side: whose doing it was, server, machine (this one) or phone.',
    labels: ['protocol', 'section', 'code', 'side'],
    samples: ({ live }) =>
      live.files.flatMap(({ protocol, kind, causes }) =>
        causes.map(([code, value]) => ({
          labels: { protocol, section: kind, code, side: classOf(code) },
          value,
        })),
      ),
  },
  {
    name: `${PREFIX}file_seconds`,
    type: 'histogram',
    help: 'From the request of a file to its last byte, of files that arrived.',
    labels: ['protocol', 'section'],
    samples: ({ live }) =>
      live.files.flatMap(({ protocol, kind, service }) =>
        histogram(`${PREFIX}file_seconds`, { protocol, section: kind }, service),
      ),
  },
  {
    name: `${PREFIX}sessions`,
    type: 'gauge',
    help: 'Files on their way.',
    labels: ['protocol'],
    samples: ({ live }) => live.sessions.map(([protocol, value]) => ({ labels: { protocol }, value })),
  },
  {
    name: `${PREFIX}generator_lag_seconds`,
    type: 'gauge',
    help: 'How late the event loop of a worker came round, since the start; percentile 100 is the latest.',
    labels: ['worker', 'percentile'],
    samples: ({ health: { loopDelayMs } }, worker) =>
      [
        ['50', loopDelayMs.p50] as const,
        ['99', loopDelayMs.p99] as const,
        ['100', loopDelayMs.max] as const,
      ].map(([percentile, ms]) => ({ labels: { worker, percentile }, value: ms / MS_A_SECOND })),
  },
  {
    name: `${PREFIX}generator_busy_ratio`,
    type: 'gauge',
    help: 'Share of the time in which the event loop of a worker was at work, since the start.',
    labels: ['worker'],
    samples: ({ health }, worker) => [{ labels: { worker }, value: health.busyShare }],
  },
  {
    name: `${PREFIX}starts_total`,
    type: 'counter',
    help: 'Phones that began.',
    labels: ['worker'],
    samples: ({ health }, worker) => [{ labels: { worker }, value: health.starts.count }],
  },
  {
    name: `${PREFIX}late_starts_total`,
    type: 'counter',
    help: 'Phones that began later than they were due: more of them than 1 % make the run invalid.',
    labels: ['worker'],
    samples: ({ health }, worker) => [{ labels: { worker }, value: health.starts.late }],
  },
];

/**
 * What Prometheus scrapes, in its text format 0.0.4; without workers names and types only.
 *
 * The histograms are counted elsewhere, and prom-client's own can only be observed: so the metrics are handed
 * over as plain objects, as a cluster's master gets them from its workers, and are added up as there.
 */
export async function metricsText(
  workers: readonly WorkerProgress[],
): Promise<{ readonly contentType: string; readonly text: string }> {
  const parts = workers.map((of, worker) => exported((metric) => metric.samples(of, String(worker))));
  const sum = AggregatorRegistry.aggregate(parts.length === 0 ? [exported(() => [])] : parts);
  return { contentType: sum.contentType, text: await sum.metrics() };
}

function exported(valuesOf: (metric: Metric) => readonly Sample[]): readonly object[] {
  return metrics.map((metric) => {
    const { name, type, help, aggregator = 'sum' } = metric;
    return { name, type, help, aggregator, values: valuesOf(metric) };
  });
}

function histogram(name: string, labels: Sample['labels'], times: LiveTimes): readonly Sample[] {
  const { count, sumUs, upTo } = times;
  const bucket = (le: string, value: number) => ({
    metricName: `${name}_bucket`,
    labels: { ...labels, le },
    value,
  });
  return [
    ...boundsUs.map((us, index) => bucket(String(us / US_A_SECOND), upTo[index] ?? 0)),
    bucket('+Inf', count),
    { metricName: `${name}_sum`, labels, value: sumUs / US_A_SECOND },
    { metricName: `${name}_count`, labels, value: count },
  ];
}
