import type { FleetPlan, Shard } from '../fleet/fleet-plan.ts';
import { indexesOf, Population } from '../fleet/population.ts';
import { readFleet } from '../fleet/read-fleet.ts';
import { workersFor } from '../fleet/workers-for.ts';
import { sayProblem } from '../scenario/scenario-problem.ts';
import type { Call } from './command.ts';
import { UsageError } from './exit-codes.ts';
import { type FleetValues, flagsGiven, sourceOf } from './fleet-options.ts';
import type { Io } from './io.ts';

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
