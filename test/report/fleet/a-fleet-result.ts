import type { FleetFigures } from '../../../src/report/fleet/figures.ts';
import {
  type FleetResult,
  type FleetRun,
  fleetResult,
  type GeneratorReport,
} from '../../../src/report/fleet/result.ts';
import { parseThreshold, type Threshold } from '../../../src/report/fleet/threshold.ts';

/** A generator that kept up. */
export function aGenerator(given: Partial<GeneratorReport> = {}): GeneratorReport {
  return {
    shard: { index: 0, of: 1 },
    product: '0.1.0',
    node: 'v20.20.0',
    platform: 'linux x64',
    startedAt: '2026-03-02T08:00:00.000Z',
    tookMs: 61_000,
    cores: 2,
    cpuMs: 12_000,
    rssMaxBytes: 150_000_000,
    workers: [
      {
        starts: { count: 12, meanMs: 0.4, maxMs: 2.5, late: 0 },
        loopDelayMs: { p50: 0.1, p99: 4.2, max: 11 },
        busyShare: 0.31,
        collections: { count: 20, totalMs: 40, maxMs: 6 },
        socketsMax: 14,
      },
    ],
    invalid: null,
    ...given,
  };
}

/** A run with those figures, before it is judged. */
export function aFleetRun(figures: FleetFigures, given: Partial<FleetRun> = {}): FleetRun {
  return {
    title: 'Twelve phones boot',
    scenario: '0123456789abcdef',
    seed: 'monday',
    time: 'virtual',
    timings: 'field',
    stagger: 'lcg-minutes',
    phones: { count: figures.phones.scheduled, firstIndex: 0 },
    shards: { of: 1, covered: [0] },
    unknown: null,
    generators: [aGenerator()],
    figures,
    events: [],
    ...given,
  };
}

/** The same, judged by thresholds. */
export function aFleetResult(
  figures: FleetFigures,
  given: Partial<FleetRun> = {},
  thresholds: readonly string[] = [],
): FleetResult {
  return fleetResult(aFleetRun(figures, given), { thresholds: thresholds.map(threshold) });
}

/** One that is known to be well written. */
export function threshold(text: string): Threshold {
  const parsed = parseThreshold(text);
  if ('message' in parsed) throw new Error(parsed.message);
  return parsed;
}
