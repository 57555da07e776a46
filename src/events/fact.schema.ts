import { z } from 'zod';

/** One kind of fact: its name, one sentence about it, and what it tells. */
export function fact<const T extends string, S extends z.ZodRawShape>(type: T, says: string, shape: S) {
  return z.object({ type: z.literal(type), ...shape }).describe(says);
}
