import { availableParallelism } from 'node:os';
import { type FleetPlan, isServerEvent, type Shard } from './fleet-plan.ts';
import { indexesOf } from './population.ts';

/** A thread costs a good part of a second before its first phone; fewer than these are not worth one. */
const PHONES_A_WORKER = 200;

/** How many workers a shard of a fleet gets; a sentence if that many cannot be. */
export function workersFor(
  plan: FleetPlan,
  shard: Shard,
  wanted: number | 'auto',
): number | { readonly message: string } {
  const phones = indexesOf({ first: plan.firstIndex, count: plan.count }, shard).length;
  const most =
    wanted === 'auto' ? Math.min(availableParallelism(), Math.ceil(phones / PHONES_A_WORKER)) : wanted;
  const count = Math.max(1, Math.min(most, phones));
  if (plan.time === 'jump' && count > 1 && plan.events.some(isServerEvent)) {
    if (wanted === 'auto') return 1;
    return {
      message: 'publish and blackout in jump time go with one worker: each has a clock of its own that leaps',
    };
  }
  return plan.arrivals.kind === 'closed' ? workersForChains(plan.arrivals.atOnce, shard, count) : count;
}

/** A chain of phones, each after the other, is one worker's: as many workers as divide the chains evenly. */
function workersForChains(
  atOnce: number,
  { of }: Shard,
  most: number,
): number | { readonly message: string } {
  if (atOnce % of !== 0) {
    return {
      message: `${atOnce} at a time cannot be divided among ${of} shards; expected a multiple of ${of}`,
    };
  }
  const chains = atOnce / of;
  for (let count = Math.min(most, chains); count > 1; count--) if (chains % count === 0) return count;
  return 1;
}
