import type { Fault } from '../fault.ts';

/** Breaks the connection off without a word, as a crashed server's machine or a firewall does (TCP RST). */
export const reset: Fault<'reset'> = (answer, { afterBytes }) => ({
  ...answer,
  cut: { afterBytes, how: 'reset' },
});
