import { formatDuration, SECOND_MS } from '../clock/durations.ts';
import type { FleetPlan } from '../fleet/fleet-plan.ts';
import type { MetricsServer } from '../fleet/metrics-server.ts';
import { indexesOf } from '../fleet/population.ts';
import { type FleetDone, type RunningFleet, runFleet } from '../fleet/run-fleet.ts';
import type { FleetProgress } from '../fleet/workers-as-one.ts';
import { withoutPassword } from '../provisioning/server-address-parts.ts';
import { unfitBaseline } from '../report/fleet/baseline.ts';
import { durationText } from '../report/fleet/figure-text.ts';
import type { FleetFigures } from '../report/fleet/figures.ts';
import type { Demands } from '../report/fleet/result.ts';
import { counted } from '../report/result-words.ts';
import { withoutSecrets } from '../report/secrets.ts';
import type { Call } from './command.ts';
import { type ExitCode, stoppedBy, UsageError } from './exit-codes.ts';
import { listenToKeys } from './fleet-keys.ts';
import { openMetrics } from './fleet-metrics.ts';
import type { FleetValues } from './fleet-options.ts';
import { resultOfFleet, tellResult } from './fleet-result.ts';
import { startOf } from './fleet-start.ts';
import { type FleetView, fleetView } from './fleet-view.ts';
import type { Io } from './io.ts';
import { listening } from './listening.ts';
import { type PreparedFleet, prepareFleet, refuseForeignSources, whyNoPhone } from './prepare-fleet.ts';
import { refuseUnwritable } from './report-files.ts';
import { fleetResultIn } from './result-file.ts';

/** Runs a fleet from its first phone to its report. */
export async function leadFleet(call: Call<FleetValues>, io: Io): Promise<ExitCode> {
  const prepared = prepareFleet(call, io);
  refuseForeignSources(prepared);
  const { values } = call;
  refuseUnwritable(values.report, { inputs: filesOf(prepared, values) });
  const baseline = baselineOf(values, prepared);
  const startedMs = io.clock.now();
  const startAtMs = startOf(values, prepared.plan, startedMs);
  const metrics = await openMetrics(values, io);
  tellStart(prepared, call, io);
  const without = whyNoPhone(prepared);
  if (without !== undefined) io.err(`warning: ${without}\n`);
  const view = fleetView(call, io, prepared.plan);
  const fleet = runFleet({
    ...prepared,
    ...(startAtMs !== undefined && { startAtMs }),
    clock: io.clock,
    onProgress: tellBoth(metrics, view),
    onFigures: view.dump,
    onFact: ({ at, phone, n, event }) =>
      view.print(`${JSON.stringify({ at, phone, n, ...withoutSecrets(event) })}\n`),
  });
  const stopHeeding = heedStop(fleet, io, view);
  const stopListening = values.quiet ? () => {} : listenToKeys(fleet, io, view);
  try {
    const done = await doneOrRefused(fleet, prepared.plan);
    view.end();
    const result = resultOfFleet(done, prepared, {
      ...{ startedMs, baseline },
      endedEarly: io.stop.aborted ? `the run was interrupted (${String(io.stop.reason)})` : done.noPoll,
    });
    const code = tellResult(result, values, io);
    const overtime = sayOvertime(prepared.plan, result.figures);
    if (overtime !== undefined && !values.quiet) io.err(`${overtime}\n`);
    for (const { invalid } of result.environment.generators) {
      if (invalid !== null) io.err(`INVALID: ${invalid}\n`);
    }
    return io.stop.aborted ? stoppedBy(io.stop) : code;
  } finally {
    stopHeeding();
    stopListening();
    view.end();
    await metrics?.close();
  }
}

/** Who sees how far a fleet is. */
export function tellBoth(
  metrics: MetricsServer | undefined,
  view: FleetView,
): (progress: FleetProgress) => void {
  return (progress) => {
    metrics?.tell(progress);
    view.tell(progress);
  };
}

/** Waits for the end of a fleet. Throws `UsageError` where our own server could not listen. */
export function doneOrRefused({ done }: RunningFleet, { ports }: FleetPlan): Promise<FleetDone> {
  return listening(() => done, { ports, flag: (protocol) => `--ports ${protocol}=PORT` });
}

/** What is read of a fleet, and beside it. */
function filesOf({ files }: PreparedFleet, { baseline }: FleetValues): readonly string[] {
  return baseline === undefined ? files : [...files, baseline];
}

/** Throws `UsageError` for a result that is no baseline of this run. */
function baselineOf({ baseline, worse }: FleetValues, { plan, shard }: PreparedFleet): Demands['baseline'] {
  if (baseline === undefined) return undefined;
  const name = `--baseline ${baseline}`;
  const result = fleetResultIn(baseline, name);
  const shards = { of: shard.of, covered: [shard.index] };
  const unfit = unfitBaseline(result, { time: plan.time, shards });
  if (unfit.length > 0) throw new UsageError(unfit.map((problem) => `${name}: ${problem}`).join('\n'));
  return { result, share: worse };
}

/** How long phones that were under way still took, when the time they were to stay up for was over. */
function sayOvertime(
  { life }: Pick<FleetPlan, 'life'>,
  { endUs }: Pick<FleetFigures, 'endUs'>,
): string | undefined {
  if (life.kind !== 'duration' || endUs / 1_000 - life.ms < SECOND_MS) return undefined;
  const [planned, took] = [formatDuration(life.ms), durationText(endUs)];
  return `after ${planned}, as --duration says, phones were under way: they came to their end, the last after ${took}`;
}

/** SIGINT lets those under way come to their end; a second signal, or another, ends it as it stands. */
function heedStop(fleet: RunningFleet, io: Io, view: FleetView): () => void {
  const heed = () => {
    if (io.stop.reason !== 'SIGINT') {
      fleet.halt();
      return;
    }
    io.atSecondSignal(() => fleet.halt());
    const refusal = fleet.steer({ kind: 'drain' });
    view.drain();
    view.say(
      refusal ??
        'no more phones begin; those under way come to their end (Ctrl-C again ends the run as it stands)',
    );
  };
  if (io.stop.aborted) heed();
  io.stop.addEventListener('abort', heed, { once: true });
  return () => {
    io.stop.removeEventListener('abort', heed);
    io.atSecondSignal(undefined);
  };
}

/** Says what is about to be run. */
export function tellStart(
  { plan, shard, workers }: PreparedFleet,
  { values, argument }: Call<FleetValues>,
  io: Io,
): void {
  if (values.quiet) return;
  if (values.json) {
    const server = argument === undefined ? null : withoutPassword(argument);
    const options = { server, phones: plan.count, time: plan.time, shard, workers };
    io.out(`${JSON.stringify({ type: 'run.started', at: 0, n: 0, seed: plan.seed, options })}\n`);
    return;
  }
  const all = counted(plan.count, 'phone');
  const ours = indexesOf({ first: plan.firstIndex, count: plan.count }, shard).length;
  const who = shard.of === 1 ? all : `${ours} of ${all}, shard ${shard.index}/${shard.of}`;
  io.err(
    `${plan.title}: ${who}, ${plan.time} time, timings ${plan.timings}, stagger ${plan.quirks.stagger}, seed ${plan.seed}, ${counted(workers, 'worker')}\n`,
  );
}
