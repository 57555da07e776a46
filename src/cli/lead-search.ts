import { sleep } from '../clock/clock.ts';
import { type EndedProbe, LoadSearch } from '../fleet/load-search.ts';
import type { MetricsServer } from '../fleet/metrics-server.ts';
import type { LoadRange } from '../fleet/next-load.ts';
import { loadOf, mostLoad, planAtLoad } from '../fleet/plan-at-load.ts';
import { runFleet } from '../fleet/run-fleet.ts';
import { probeOf, sayLoad, sayProbe, saySearch } from '../report/fleet/search.ts';
import type { Call } from './command.ts';
import { type ExitCode, exitCodes, stoppedBy, UsageError } from './exit-codes.ts';
import { openMetrics } from './fleet-metrics.ts';
import type { FleetValues } from './fleet-options.ts';
import { resultOfFleet, tellResult } from './fleet-result.ts';
import { fleetView } from './fleet-view.ts';
import type { Io } from './io.ts';
import { doneOrRefused, tellBoth, tellStart } from './lead-fleet.ts';
import { type PreparedFleet, prepareFleet, refuseForeignSources, workersOf } from './prepare-fleet.ts';
import { refuseUnwritable } from './report-files.ts';

/** Looks for the largest load that keeps the thresholds: runs the fleet at one load after the other. */
export async function leadSearch(call: Call<FleetValues>, io: Io): Promise<ExitCode> {
  const prepared = prepareFleet(call, io);
  refuseForeignSources(prepared);
  refuseUnwritable(call.values.report, { inputs: prepared.files });
  const range = rangeOf(prepared, call.values);
  const metrics = await openMetrics(call.values, io);
  tellStart(prepared, call, io);
  try {
    return await probeUntilFound({ range, prepared, call, io, metrics });
  } finally {
    await metrics?.close();
  }
}

interface Searching {
  readonly range: LoadRange;
  readonly prepared: PreparedFleet;
  readonly call: Call<FleetValues>;
  readonly io: Io;
  /** Its counters begin anew with each probe. */
  readonly metrics: MetricsServer | undefined;
}

async function probeUntilFound(searching: Searching): Promise<ExitCode> {
  const { range, prepared, call, io } = searching;
  const search = new LoadSearch(range, loadOf(prepared.plan).varied);
  for (let load = search.next(); load !== undefined; load = search.next()) {
    if (search.probes.length > 0) await rest(prepared, call.values, io);
    if (io.stop.aborted) break;
    const ended = await probeAt(load, search.probes.length + 1, searching);
    if (ended === 'interrupted') break;
    if ('noPoll' in ended) {
      io.err(`error: ${ended.noPoll}\n`);
      return exitCodes.failed;
    }
    search.take(ended);
  }
  const result = search.result(io.stop.aborted);
  if (result === undefined) {
    io.err('The search was interrupted before its first probe ended: nothing is known.\n');
    return stoppedBy(io.stop);
  }
  const code = tellResult(result, call.values, io);
  if (result.search?.ended === 'generator') io.err(`INVALID: ${saySearch(result.search)}\n`);
  return io.stop.aborted ? stoppedBy(io.stop) : code;
}

/** Between which loads to look. Throws `UsageError` for a first probe that is none. */
function rangeOf(
  { plan }: PreparedFleet,
  { findMaxFrom, findMaxPrecision: precision }: FleetValues,
): LoadRange {
  const { varied, load } = loadOf(plan);
  const isWhole = varied !== 'rate';
  const most = mostLoad(plan);
  const from = findMaxFrom ?? load;
  if (isWhole && !Number.isInteger(from)) {
    throw new UsageError(`--find-max-from ${from}: there is no part of a phone; expected a whole number`);
  }
  if (from > most) {
    const says = sayLoad({ varied, load: most });
    throw new UsageError(
      `--find-max-from ${from}: more than the fleet has phones for; expected at most ${says}`,
    );
  }
  return { from, most, precision, isWhole };
}

/** Runs the fleet at one load. What it was when somebody stopped it says nothing. */
async function probeAt(
  load: number,
  number: number,
  { prepared, call, io, metrics }: Searching,
): Promise<EndedProbe | { readonly noPoll: string } | 'interrupted'> {
  const plan = planAtLoad(prepared.plan, load, number);
  const at = { ...prepared, plan, workers: workersOf(plan, prepared.shard, call.values) };
  const view = fleetView(call, io, plan);
  const named = `probe ${number}, ${sayLoad({ ...loadOf(plan), load })}`;
  view.say(named);
  const startedMs = io.clock.now();
  const onProgress = tellBoth(metrics, view);
  const fleet = runFleet({ ...at, clock: io.clock, onProgress, onFact: () => {} });
  const halt = () => fleet.halt();
  io.stop.addEventListener('abort', halt, { once: true });
  try {
    const done = await doneOrRefused(fleet, plan);
    if (io.stop.aborted) return 'interrupted';
    if (done.noPoll !== undefined) return { noPoll: done.noPoll };
    const result = resultOfFleet(done, at, { startedMs, baseline: undefined });
    const probe = probeOf(load, result);
    view.say(`${named}: ${sayProbe(probe)}`);
    return { probe, result };
  } finally {
    io.stop.removeEventListener('abort', halt);
    view.end();
  }
}

/** The server is to be at rest again before the next probe; a loopback is. */
async function rest(
  { plan }: PreparedFleet,
  { findMaxPause }: FleetValues,
  { clock, stop }: Io,
): Promise<void> {
  if (plan.time === 'virtual') return;
  // Only a stop ends it early, which whoever waits looks at.
  await sleep(clock, findMaxPause, stop).catch(() => {});
}
