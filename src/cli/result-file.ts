import { fstatSync, readFileSync, statSync } from 'node:fs';
import { readFleetResult } from '../report/fleet/read-fleet-result.ts';
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
  const reading = readAnyResult(textIn(file));
  if ('problems' in reading) throw refusal(file, reading.problems);
  return reading;
}

/**
 * What `--report json=FILE` of `fleet` wrote. Throws `UsageError` with what is wrong with it, in which it is
 * called `name`.
 */
export function fleetResultIn(file: string, name = file): FleetResult {
  return fleetResultOf(textIn(file, name), name);
}

/** A text as the result of a fleet. Throws `UsageError` with what is wrong with it. */
export function fleetResultOf(text: string, name: string): FleetResult {
  const reading = readFleetResult(text);
  if ('problems' in reading) throw refusal(name, reading.problems);
  return reading.value;
}

/** The text of a file, or of an open one by its number. Throws `UsageError` with why there is none. */
export function textIn(file: string | number, name = String(file)): string {
  try {
    const { size } = typeof file === 'string' ? statSync(file) : fstatSync(file);
    if (size <= RESULT_BYTES_MAX) return readFileSync(file, 'utf8');
    throw new UsageError(`${name}: is ${size} bytes; expected at most ${RESULT_BYTES_MAX}`);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${name}: ${sayFileFailure(error)}`);
  }
}

function refusal(name: string, problems: readonly string[]): UsageError {
  return new UsageError(problems.map((problem) => `${name}: ${problem}`).join('\n'));
}
