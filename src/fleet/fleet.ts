import type { z } from 'zod';
import type { fleetSchema } from './fleet.schema.ts';

/** A fleet as it was read: durations in ms, shares in [0, 1], one form for everything. */
export type Fleet = z.output<typeof fleetSchema>;
export type FleetBlock = Fleet['fleet'];
