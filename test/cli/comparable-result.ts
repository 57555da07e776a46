import { fleetResultSchema } from '../../src/report/fleet/result.schema.ts';

/** The text of a fleet's result file, without what differs from run to run. */
export function comparableResult(text: string): unknown {
  const { environment: _, ...result } = fleetResultSchema.parse(JSON.parse(text));
  return result;
}
