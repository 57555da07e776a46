import type { Fault } from '../fault.ts';

/** Ends the transfer early, as a server that dies mid-file: what was sent is good, the rest never comes. */
export const truncate: Fault<'truncate'> = (answer, { afterBytes }) => ({
  ...answer,
  cut: { afterBytes, how: 'truncate' },
});
