import type { Fault } from '../fault.ts';

/** The server takes longer until its first word on the file. Several add up. */
export const latency: Fault<'latency'> = (answer, { ms }) => ({
  ...answer,
  latencyMs: answer.latencyMs + ms,
});
