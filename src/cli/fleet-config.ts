import { fleetHash } from '../fleet/fleet-hash.ts';
import type { MetricsPlace } from '../fleet/metrics-server.ts';
import { thresholdsInForce } from '../report/fleet/usual-thresholds.ts';
import type { PreparedFleet } from './prepare-fleet.ts';
import { aroundConfig } from './run-config.ts';

/**
 * What --print-config shows of a fleet: what came of its file and the options. `scenario`: as in its result;
 * the same of two command lines means the same fleet.
 */
export function fleetConfig(
  { plan, shard, workers }: PreparedFleet,
  { prometheus = null }: { readonly prometheus?: MetricsPlace | null },
): Readonly<Record<string, unknown>> {
  const { title, count, firstIndex, macBase, identities, protocols, sources, link, arrivals, kinds } = plan;
  const { life, limitMs, measureFromMs, events, release } = plan;
  return {
    title,
    scenario: fleetHash(plan),
    ...aroundConfig(plan),
    fleet: {
      count,
      firstIndex,
      macs: identities === undefined ? `from ${macBase} on` : `${identities.length} of a list`,
      protocols,
      sources: sources?.text ?? null,
      link: link ?? null,
      arrivals,
      kinds: kinds.map(({ share, state, phone: { model, flash } }) => ({
        share,
        state,
        model,
        software: flash.software,
      })),
      life,
      limitMs,
      measureFromMs,
      events: events.map(({ atMs, kind }) => ({ atMs, kind })),
      release: release ?? null,
      thresholds: thresholdsInForce(plan.thresholds).map(({ text }) => text),
    },
    shard,
    workers,
    prometheus,
  };
}
