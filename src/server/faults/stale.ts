import type { Fault } from '../fault.ts';

/** The file as an older tree has it, as a cache or a mirror gives it; what is new since then is not there. */
export const stale: Fault<'stale'> = (answer, { from }, { olderFile }) => ({
  ...answer,
  file: olderFile(from),
});
