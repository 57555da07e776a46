import type { Fault } from '../fault.ts';

/** The file comes slowly, from its first byte to its last. Of several the slowest counts. */
export const bandwidth: Fault<'bandwidth'> = (answer, { bytesPerSecond }) => ({
  ...answer,
  bytesPerSecond: Math.min(answer.bytesPerSecond, bytesPerSecond),
});
