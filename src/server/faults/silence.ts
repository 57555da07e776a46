import type { Fault } from '../fault.ts';

/** The server takes the request and never says a word about it. */
export const silence: Fault<'silence'> = (answer) => ({ ...answer, latencyMs: Number.POSITIVE_INFINITY });
