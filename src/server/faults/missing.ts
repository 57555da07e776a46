import type { Fault } from '../fault.ts';

/** The server has no such file, whatever is in its tree. */
export const missing: Fault<'missing'> = (answer) => ({ ...answer, file: undefined });
