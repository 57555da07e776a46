import { parseLoad } from './load.ts';
import type { Quirks } from './quirks.ts';

/**
 * What comes between a check-sync and its check: a question that waits for a key without limit, nothing, or
 * the dialogue of the scheduled update.
 */
export type CheckSyncManner = Exclude<Quirks['checkSync'], 'by-release'>;

/**
 * How the running software takes a check-sync.
 * Observed: 04.01.13.00 waits for a key. Documented: S43 p12, silent in 4.3. Assumed: the dialogue from 4.4
 * on, as the R4.4 user guide of the 1140E describes it; a load whose release is not known is of the latest.
 */
export function checkSyncManner(software: string, quirk: Quirks['checkSync']): CheckSyncManner {
  if (quirk !== 'by-release') return quirk;
  const [major, minor] = parseLoad(software)?.groups ?? [4, 4];
  if (major < 4 || (major === 4 && minor < 3)) return 'key';
  return major === 4 && minor === 3 ? 'silent' : 'dialogue';
}
