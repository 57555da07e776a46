import type { Fault } from '../fault.ts';

/** Stops in the middle of the file and keeps the connection open, as a server does whose disk hangs. */
export const stall: Fault<'stall'> = (answer, { afterBytes }) => ({
  ...answer,
  cut: { afterBytes, how: 'stall' },
});
