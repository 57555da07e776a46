import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { FleetPlan } from './fleet-plan.ts';

/**
 * What tells fleets apart, whatever machine they are on: everything of a plan but its seed and what only
 * judges it. Folders count by their names: shards may find them at different places.
 */
export function fleetHash(plan: FleetPlan): string {
  const { seed: _, thresholds: __, title: ___, ...rest } = plan;
  const text = JSON.stringify(rest, (key, value: unknown) => {
    if ((key === 'path' || key === 'folder') && typeof value === 'string') return basename(value);
    return isPlain(value) ? Object.fromEntries(Object.entries(value).toSorted(byKey)) : value;
  });
  return createHash('sha256').update(text).digest('hex').slice(0, HASH_LENGTH);
}

const HASH_LENGTH = 16;

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
