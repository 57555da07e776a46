import { isoInstant } from '../clock/instant.ts';
import { fleetHash } from '../fleet/fleet-hash.ts';
import type { FleetPlan, Shard } from '../fleet/fleet-plan.ts';
import { whyInvalid } from '../fleet/generator.ts';
import { indexesOf, Population } from '../fleet/population.ts';
import { readFleet } from '../fleet/read-fleet.ts';
import { type FleetDone, type RunningFleet, runFleet } from '../fleet/run-fleet.ts';
import { workersFor } from '../fleet/workers-for.ts';
import { withoutPassword } from '../provisioning/server-address-parts.ts';
import { closingText } from '../report/fleet/closing-text.ts';
import type { FleetFigures } from '../report/fleet/figures.ts';
import { ansiPalette, plainPalette } from '../report/palette.ts';
import { withoutSecrets } from '../report/secrets.ts';
import { sayProblem } from '../scenario/scenario-problem.ts';
import type { Call } from './command.ts';
import { type ExitCode, exitCodes, stoppedBy, UsageError } from './exit-codes.ts';
import { type FleetValues, flagsGiven, sourceOf } from './fleet-options.ts';
import { fleetView } from './fleet-view.ts';
import type { Io } from './io.ts';
import { listening } from './listening.ts';
import { productVersion } from './product.ts';
import { writeReport } from './report-files.ts';

/** A fleet as it is about to be run. */
export interface PreparedFleet {
  readonly plan: FleetPlan;
  readonly shard: Shard;
  readonly workers: number;
  /** Phones whose facts are wanted, by index. */
  readonly trace: readonly number[];
}

/** Reads everything before anything is run. Throws `UsageError` with everything that is wrong. */
export function prepareFleet(call: Call<FleetValues>, io: Pick<Io, 'env'>): PreparedFleet {
  const reading = readFleet(sourceOf(call.argument), flagsGiven(call));
  if ('problems' in reading) throw new UsageError(reading.problems.map(sayProblem).join('\n'));
  const { plan } = reading;
  const shard = call.values.shard ?? shardOfJob(io.env) ?? { index: 0, of: 1 };
  const workers = workersFor(plan, shard, call.values.workers);
  if (typeof workers !== 'number') throw new UsageError(workers.message);
  return { plan, shard, workers, trace: call.values.trace.map((text) => tracedIndex(text, plan, shard)) };
}

/** Which shard an Indexed Job of Kubernetes or an array of Slurm says this is. */
function shardOfJob(env: Io['env']): Shard | undefined {
  const kubernetes = { index: env['JOB_COMPLETION_INDEX'], of: env['JOB_COMPLETIONS'] };
  const slurm = { index: env['SLURM_ARRAY_TASK_ID'], of: env['SLURM_ARRAY_TASK_COUNT'] };
  for (const { index, of } of [kubernetes, slurm]) {
    if (index === undefined || of === undefined) continue;
    const shard = { index: Number(index), of: Number(of) };
    if (Number.isInteger(shard.index) && Number.isInteger(shard.of) && shard.index < shard.of) return shard;
    throw new UsageError(`shard ${index} of ${of}, as the environment says: expected one from 0 to N-1`);
  }
  return undefined;
}

function tracedIndex(text: string, plan: FleetPlan, shard: Shard): number {
  const indexes = indexesOf({ first: plan.firstIndex, count: plan.count }, shard);
  const mac = text.replaceAll(/[:.-]/g, '').toUpperCase();
  const population = new Population(plan);
  const found = /^\d{1,7}$/.test(text)
    ? indexes.find((index) => index === Number(text))
    : indexes.find((index) => population.mac(index) === mac);
  if (found !== undefined) return found;
  throw new UsageError(
    `--trace ${text}: no such phone here; expected an index or MAC of this fleet and shard`,
  );
}

export async function leadFleet(call: Call<FleetValues>, io: Io): Promise<ExitCode> {
  const prepared = prepareFleet(call, io);
  const { values } = call;
  const startedMs = io.clock.now();
  begin(prepared, call, io);
  const view = values.quiet ? () => {} : fleetView(io, values.every);
  const fleet = await listening(
    async () =>
      runFleet({
        ...prepared,
        clock: io.clock,
        onProgress: view,
        onFact: ({ at, phone, n, event }) => {
          io.out(`${JSON.stringify({ at, phone, n, ...withoutSecrets(event) })}\n`);
        },
      }),
    { ports: prepared.plan.ports, flag: (protocol) => `--ports ${protocol}=PORT` },
  );
  const stopHeeding = heedStop(fleet, io, values.quiet);
  try {
    const done = await fleet.done;
    return finish(done, prepared, { call, io, startedMs });
  } finally {
    stopHeeding();
  }
}

/** SIGINT lets those under way come to their end; anything else ends it as it stands. */
function heedStop(fleet: RunningFleet, io: Io, quiet: boolean): () => void {
  const heed = () => {
    if (io.stop.reason !== 'SIGINT') {
      fleet.halt();
      return;
    }
    if (!quiet) io.err('no more phones begin; those under way come to their end (Ctrl-C again quits)\n');
    fleet.drain();
  };
  if (io.stop.aborted) heed();
  io.stop.addEventListener('abort', heed, { once: true });
  return () => io.stop.removeEventListener('abort', heed);
}

function begin(
  { plan, shard, workers }: PreparedFleet,
  { values, argument }: Call<FleetValues>,
  io: Io,
): void {
  if (values.json) {
    const server = argument === undefined ? null : withoutPassword(argument);
    const options = { server, phones: plan.count, time: plan.time, shard, workers };
    io.out(`${JSON.stringify({ type: 'run.started', at: 0, n: 0, seed: plan.seed, options })}\n`);
    return;
  }
  if (values.quiet) return;
  const part = shard.of === 1 ? '' : `, shard ${shard.index}/${shard.of}`;
  io.err(
    `${plan.title}: ${plan.count} phones${part}, ${plan.time} time, timings ${plan.timings}, stagger ${plan.quirks.stagger}, seed ${plan.seed}, ${workers} worker${workers === 1 ? '' : 's'}\n`,
  );
}

interface Ending {
  readonly call: Call<FleetValues>;
  readonly io: Io;
  readonly startedMs: number;
}

function finish(done: FleetDone, prepared: PreparedFleet, { call, io, startedMs }: Ending): ExitCode {
  const { plan, shard, workers } = prepared;
  const { values } = call;
  const invalid = plan.time === 'real' ? whyInvalid(done.health) : undefined;
  const result = {
    type: 'fleet',
    version: 1,
    title: plan.title,
    scenario: fleetHash(plan),
    seed: plan.seed,
    time: plan.time,
    phones: { count: plan.count, firstIndex: plan.firstIndex, macBase: plan.macBase },
    shard,
    figures: done.figures,
    environment: {
      product: productVersion(),
      node: process.version,
      platform: `${process.platform} ${process.arch}`,
      startedAt: isoInstant(startedMs),
      workers,
      generator: done.health,
      invalid: invalid ?? null,
    },
  };
  if (values.json) io.out(`${JSON.stringify(result)}\n`);
  else {
    const layout = {
      columns: io.columns(),
      palette: io.color ? ansiPalette : plainPalette,
      letters: io.letters,
    };
    io.out(`${closingText(done.figures, layout).join('\n')}\n`);
  }
  for (const { kind, file } of values.report)
    writeReport(file, `${JSON.stringify(result)}\n`, `--report ${kind}=${file}`);
  if (io.stop.aborted) return stoppedBy(io.stop);
  if (invalid !== undefined) {
    io.err(`INVALID: ${invalid}\n`);
    return exitCodes.invalidRun;
  }
  return allDone(done.figures) ? exitCodes.asExpected : exitCodes.failed;
}

/** Whether every boot and check that was due came to its end with all that was due. */
function allDone({ jobs }: FleetFigures): boolean {
  return Object.values(jobs).every((kinds) =>
    Object.values(kinds).every(({ failed, unfinished }) => failed === 0 && unfinished === 0),
  );
}
