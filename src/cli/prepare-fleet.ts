import type { FleetPlan, Shard } from '../fleet/fleet-plan.ts';
import { foreignSources } from '../fleet/foreign-sources.ts';
import { indexesOf, Population } from '../fleet/population.ts';
import { type FleetRead, readFleet } from '../fleet/read-fleet.ts';
import { workersFor } from '../fleet/workers-for.ts';
import { addressesOfThisMachine } from '../network/own-addresses.ts';
import { counted } from '../report/result-words.ts';
import { sayProblem } from '../scenario/scenario-problem.ts';
import type { Call } from './command.ts';
import { UsageError } from './exit-codes.ts';
import { refuseFindMaxOptions } from './find-max-options.ts';
import { flagsGiven } from './fleet-file-flags.ts';
import { type FleetValues, sourceOf } from './fleet-options.ts';
import type { Io } from './io.ts';
import { refuseManifestOptions } from './manifest-options.ts';
import { chosenShard } from './shard-choice.ts';

/** A fleet as it is about to be run. */
export interface PreparedFleet {
  readonly plan: FleetPlan;
  readonly shard: Shard;
  readonly workers: number;
  /** Phones whose facts are wanted, by index. */
  readonly trace: readonly number[];
  /** What it was read from. */
  readonly files: readonly string[];
}

/** Reads everything before anything is run. Throws `UsageError` with everything that is wrong. */
export function prepareFleet(call: Call<FleetValues>, io: Pick<Io, 'env'>): PreparedFleet {
  refuseManifestOptions(call);
  const { plan, files } = readFleetOf(call);
  const shard = chosenShard(call.values.shard, io.env);
  const workers = workersOf(plan, shard, call.values);
  const trace = call.values.trace.map((text) => tracedIndex(text, plan, shard));
  return { plan, shard, workers, trace, files };
}

/** How many workers run a shard of a plan. Throws `UsageError` for a number that cannot. */
export function workersOf(plan: FleetPlan, shard: Shard, { workers }: FleetValues): number {
  const fit = workersFor(plan, shard, workers);
  if (typeof fit !== 'number') throw new UsageError(fit.message);
  return fit;
}

/** The plan of a fleet, and the files it was read from. Throws `UsageError` with everything that is wrong. */
export function readFleetOf(call: Call<FleetValues>): FleetRead {
  refuseFindMaxOptions(call);
  refuseWorseThanNothing(call);
  const reading = readFleet(sourceOf(call.argument), flagsGiven(call));
  if ('problems' in reading) throw new UsageError(reading.problems.map(sayProblem).join('\n'));
  return reading;
}

function refuseWorseThanNothing({ values, said }: Call<FleetValues>): void {
  const isAsked = said.some(({ name, by }) => name === 'worse' && by === 'flag');
  if (!isAsked || values.baseline !== undefined) return;
  throw new UsageError('--worse goes with --baseline only: it says when a figure is worse than there');
}

/** Throws `UsageError` if phones are to send from addresses that this machine does not have. */
export function refuseForeignSources({ plan, shard }: PreparedFleet): void {
  const problem = foreignSources(plan, shard, addressesOfThisMachine());
  if (problem !== undefined) throw new UsageError(`--source-ips: ${problem}`);
}

/** Of a fleet in more shards than it has phones, that this one is beyond them; undefined: it has some. */
export function whyNoPhone({ plan, shard }: Pick<PreparedFleet, 'plan' | 'shard'>): string | undefined {
  const { firstIndex: first, count } = plan;
  if (indexesOf({ first, count }, shard).length > 0) return undefined;
  return `shard ${shard.index}/${shard.of} has no phone: the fleet has ${counted(count, 'phone')}`;
}

function tracedIndex(text: string, plan: FleetPlan, shard: Shard): number {
  const without = whyNoPhone({ plan, shard });
  if (without !== undefined) throw new UsageError(`--trace ${text}: ${without}`);
  const indexes = indexesOf({ first: plan.firstIndex, count: plan.count }, shard);
  const mac = text.replaceAll(/[:.-]/g, '').toUpperCase();
  const population = new Population(plan);
  const found = /^\d{1,7}$/.test(text)
    ? indexes.find((index) => index === Number(text))
    : indexes.find((index) => population.mac(index) === mac);
  if (found !== undefined) return found;
  const range = `${indexes.at(0)} to ${indexes.at(-1)}${shard.of === 1 ? '' : ` in steps of ${shard.of}`}`;
  throw new UsageError(
    `--trace ${text}: no such phone here; expected an index from ${range}, or the MAC of one of them`,
  );
}
