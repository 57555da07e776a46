import type { SearchedLoad } from '../report/fleet/search.ts';
import type { FleetPlan } from './fleet-plan.ts';
import { MACS_OF_A_MAKER } from './population.ts';

/** How much load a fleet is, in the figure of how its phones arrive. */
export function loadOf({ arrivals, count }: FleetPlan): SearchedLoad {
  switch (arrivals.kind) {
    case 'rate':
    case 'poisson':
      return { varied: 'rate', load: arrivals.perSecond };
    case 'closed':
      return { varied: 'concurrency', load: arrivals.atOnce };
    default:
      return { varied: 'phones', load: count };
  }
}

/** The largest load that the fleet has phones for: MACs, names in its list, source addresses. */
export function mostLoad(plan: FleetPlan): number {
  const { varied, load } = loadOf(plan);
  const most = (load * phonesFor(plan)) / plan.count;
  return varied === 'rate' ? most : Math.floor(most);
}

/**
 * The same fleet at another load, as one probe of several. There are as many more phones as the load is more,
 * so that a probe lasts as long at any rate, and chains have as many phones one after the other.
 */
export function planAtLoad(plan: FleetPlan, load: number, probe: number): FleetPlan {
  const count = Math.round((plan.count * load) / loadOf(plan).load);
  return {
    ...plan,
    seed: `${plan.seed}/probe-${probe}`,
    count: Math.max(1, Math.min(count, phonesFor(plan))),
    arrivals: arrivalsAt(plan.arrivals, load),
  };
}

function arrivalsAt(arrivals: FleetPlan['arrivals'], load: number): FleetPlan['arrivals'] {
  switch (arrivals.kind) {
    case 'rate':
    case 'poisson':
      return { ...arrivals, perSecond: load };
    case 'closed':
      return { ...arrivals, atOnce: load };
    default:
      return arrivals;
  }
}

function phonesFor({ firstIndex, macBase, identities, sources }: FleetPlan): number {
  const macs = MACS_OF_A_MAKER - Number.parseInt(macBase.slice(6), 16) - firstIndex;
  return Math.min(identities?.length ?? macs, sources?.size ?? Number.POSITIVE_INFINITY);
}
