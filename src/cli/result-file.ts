import { readFileSync, statSync } from 'node:fs';
import type { FleetResult } from '../report/fleet/result.ts';
import { readAnyResult } from '../report/read-result.ts';
import type { Result } from '../report/result.ts';
import { sayFileFailure } from '../scenario/file-failure.ts';
import { UsageError } from './exit-codes.ts';

/**
 * A string of JavaScript holds no more than half a gigabyte; a run of 10,000 scenarios has a fifth of this.
 */
const RESULT_BYTES_MAX = 500 * 1024 * 1024;

/** A result of scenarios, or of a fleet. */
export type AnyResult = { readonly result: Result } | { readonly fleet: FleetResult };

/** What `--report json=FILE` of `run` or `fleet` wrote. Throws `UsageError` with what is wrong with it. */
export function resultIn(file: string): AnyResult {
  const reading = readAnyResult(textOf(file));
  if (!('problems' in reading)) return reading;
  throw new UsageError(reading.problems.map((problem) => `${file}: ${problem}`).join('\n'));
}

function textOf(file: string): string {
  const { size } = tried(file, () => statSync(file));
  if (size > RESULT_BYTES_MAX) {
    throw new UsageError(`${file}: is ${size} bytes; expected at most ${RESULT_BYTES_MAX}`);
  }
  return tried(file, () => readFileSync(file, 'utf8'));
}

function tried<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new UsageError(`${file}: ${sayFileFailure(error)}`);
  }
}
