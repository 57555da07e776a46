import type { TallyPlan } from '../report/fleet/tally.ts';
import type { FleetPlan } from './fleet-plan.ts';

/** What is counted of a fleet: the same in all its parts. */
export function tallyPlan({ measureFromMs, release, events }: FleetPlan): TallyPlan {
  const publishedMs = events.find(({ kind }) => kind === 'publish')?.atMs ?? 0;
  return { measureFromMs, ...(release && { release: { ...release, publishedMs } }) };
}
