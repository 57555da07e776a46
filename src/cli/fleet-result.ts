import { isoInstant } from '../clock/instant.ts';
import { fleetHash } from '../fleet/fleet-hash.ts';
import { whyInvalid } from '../fleet/generator.ts';
import type { FleetDone } from '../fleet/run-fleet.ts';
import { closingText, verdictText } from '../report/fleet/closing-text.ts';
import { type FleetReportKind, renderFleetReport } from '../report/fleet/render-fleet.ts';
import { type Demands, type FleetResult, fleetResult } from '../report/fleet/result.ts';
import { resultLine } from '../report/fleet/result-line.ts';
import { sayMissed } from '../report/fleet/result-words.ts';
import { thresholdsInForce } from '../report/fleet/usual-thresholds.ts';
import { ansiPalette, plainPalette } from '../report/palette.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import type { Io } from './io.ts';
import type { PreparedFleet } from './prepare-fleet.ts';
import { productVersion } from './product.ts';
import { writeReports } from './report-files.ts';
import type { FileOrder } from './report-option.ts';

/** What a result depends on beside the run. */
interface Circumstances {
  /** Of the host. */
  readonly startedMs: number;
  readonly baseline: Demands['baseline'];
  /** Why not all phones did what they were to do, in a sentence. Absent: the run came to its end. */
  readonly endedEarly?: string | undefined;
}

/** What came of a fleet, judged. */
export function resultOfFleet(
  done: FleetDone,
  { plan, shard }: PreparedFleet,
  { startedMs, baseline, endedEarly }: Circumstances,
): FleetResult {
  const { title, seed, time, timings, quirks, count, firstIndex, identities, macBase } = plan;
  const { health, figures, steered } = done;
  // Under virtual time nothing is late, and in time that leaps all of it is work.
  const doubts = time === 'real' ? (whyInvalid(health, figures) ?? null) : null;
  const generator = {
    shard,
    product: productVersion(),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    startedAt: isoInstant(startedMs),
    ...health,
    workers: [...health.workers],
    ...(steered.length > 0 && { steered: [...steered] }),
    invalid: endedEarly ?? doubts,
  };
  return fleetResult(
    {
      title,
      scenario: fleetHash(plan),
      seed,
      time,
      timings,
      stagger: quirks.stagger,
      phones: { count, firstIndex, ...(identities === undefined && { macBase }) },
      shards: { of: shard.of, covered: [shard.index] },
      unknown: null,
      figures,
      generators: [generator],
      events: plan.events.map(({ kind, atMs }) => ({ event: kind, atMs })),
    },
    {
      thresholds: thresholdsInForce(plan.thresholds),
      ...(baseline && { baseline }),
    },
  );
}

/** How a result is told. */
export interface Telling {
  readonly json: boolean;
  /** The verdict, without the tables. */
  readonly quiet: boolean;
  readonly report: readonly FileOrder<FleetReportKind>[];
  /** The last line is the result, compressed. */
  readonly resultLine?: boolean;
}

/** Shows the result of a fleet and writes what was asked for; its exit code. */
export function tellResult(
  result: FleetResult,
  { json, quiet, report, resultLine: endsWithLine = false }: Telling,
  io: Io,
): ExitCode {
  if (json && !endsWithLine) io.out(renderFleetReport('json', result));
  if (!json) {
    const { letters, color } = io;
    const layout = { columns: io.columns(), palette: color ? ansiPalette : plainPalette, letters };
    const text = quiet ? verdictText(result, layout) : closingText(result, layout);
    io.out(`${text.join('\n')}\n`);
  }
  for (const sentence of sayMissed(result)) io.err(`warning: ${sentence}\n`);
  const written = writeReports(report, ({ kind }) => renderFleetReport(kind, result), io);
  if (endsWithLine) io.out(resultLine(renderFleetReport('json', result)));
  return { passed: written, failed: exitCodes.failed, invalid: exitCodes.invalidRun }[result.verdict];
}
