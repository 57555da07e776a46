import type { z } from 'zod';
import { counted } from '../result-words.ts';
import { type Baseline, baselineHolds, regressionsIn, sayRegressions } from './baseline.ts';
import { durationText } from './figure-text.ts';
import type { FleetFigures } from './figures.ts';
import { phoneLimits } from './phone-limits.ts';
import type {
  fleetResultSchema,
  generatorSchema,
  phoneLimitSchema,
  regressionSchema,
  thresholdResultSchema,
} from './result.schema.ts';
import { judgeThreshold, sayUnmet, type Threshold } from './threshold.ts';

/** What came of a run of a fleet: the file of `deskphone fleet --report json=FILE`. */
export type FleetResult = Readonly<z.infer<typeof fleetResultSchema>>;
export type FleetVerdict = FleetResult['verdict'];
export type ThresholdResult = Readonly<z.infer<typeof thresholdResultSchema>>;
export type PhoneLimit = Readonly<z.infer<typeof phoneLimitSchema>>;
export type Regression = Readonly<z.infer<typeof regressionSchema>>;
/** How the generator itself fared on one machine, for one shard. */
export type GeneratorReport = Readonly<z.infer<typeof generatorSchema>>;
/** How one worker of it fared, stretch by stretch of its time. */
export type HealthOverTime = NonNullable<GeneratorReport['workers'][number]['overTime']>;

export const FLEET_RESULT_VERSION = 1;

/** A run of a fleet, or of a shard of it, before it is judged. */
export interface FleetRun
  extends Pick<
    FleetResult,
    'title' | 'scenario' | 'seed' | 'time' | 'timings' | 'stagger' | 'phones' | 'shards' | 'unknown'
  > {
  readonly figures: FleetFigures;
  readonly generators: readonly GeneratorReport[];
  /** What was to happen on the way, as far as it may have been missed. */
  readonly events: readonly PlannedEvent[];
}

/** Something that was to happen to a fleet, in a word, from the start of the run. */
export type PlannedEvent = NonNullable<FleetResult['missed']>[number];

/** By what a run is judged beside the limits of phones. */
export interface Demands {
  readonly thresholds: readonly Threshold[];
  readonly baseline?: Baseline;
}

/** A run with its verdict. */
export function fleetResult(run: FleetRun, demands: Demands): FleetResult {
  const { figures, generators, title, scenario, seed, time, timings, stagger, phones, shards, unknown } = run;
  const thresholds = demands.thresholds.map((threshold) => judgeThreshold(threshold, figures));
  const limits = phoneLimits(figures);
  // A shard may have no phone.
  const isCompared = demands.baseline !== undefined && figures.phones.scheduled > 0;
  const regressions = isCompared ? regressionsIn(figures, demands.baseline) : null;
  const judged = { thresholds, limits, regressions, unknown };
  const missed = run.events.filter(({ atMs }) => atMs * US_A_MS > figures.endUs);
  const invalid = whyInvalid(judged, generators);
  const failed = [...neverMeasured(figures), ...whyFailed(judged)];
  return {
    type: 'fleet-result',
    version: FLEET_RESULT_VERSION,
    verdict: invalid.length > 0 ? 'invalid' : failed.length > 0 ? 'failed' : 'passed',
    why: [...invalid, ...failed],
    title,
    scenario,
    seed,
    time,
    timings,
    stagger,
    phones,
    shards: { of: shards.of, covered: [...shards.covered] },
    unknown,
    thresholds,
    limits,
    regressions,
    ...(missed.length > 0 && { missed }),
    figures,
    environment: { generators: [...generators] },
  };
}

const US_A_MS = 1_000;

type Judged = Pick<FleetResult, 'thresholds' | 'limits' | 'regressions' | 'unknown'>;

function whyInvalid({ unknown }: Judged, generators: readonly GeneratorReport[]): string[] {
  const missing =
    unknown === null ? [] : [`nothing is known of ${counted(unknown.phones, 'phone')} of missing shards`];
  return [...missing, ...new Set(generators.flatMap(({ invalid }) => invalid ?? []))];
}

function neverMeasured({ endUs, measuredFromUs }: FleetFigures): string[] {
  if (endUs >= measuredFromUs) return [];
  const [end, from] = [endUs, measuredFromUs].map(durationText);
  return [`nothing was measured: the run ended after ${end}, and was to be measured from ${from} on`];
}

function whyFailed({ thresholds, limits, regressions }: Judged): string[] {
  return [
    ...thresholds.filter(({ holds }) => !holds).map(sayUnmet),
    ...limits.filter(({ holds }) => !holds).map(({ says }) => says),
    ...(regressions === null || baselineHolds(regressions) ? [] : sayRegressions(regressions)),
  ];
}
