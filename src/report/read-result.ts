import { readFleetJson } from './fleet/read-fleet-result.ts';
import type { FleetResult } from './fleet/result.ts';
import { resultSchema } from './result.schema.ts';
import type { Result } from './result.ts';
import { RESULT_VERSION } from './result.ts';
import { parseJson, readJson, typeOfJson } from './stored-json.ts';
import { restoredResult } from './stored-result.ts';

/** A result read back, or what is wrong with it: a line each thing, beginning with the key. */
export type ResultReading = { readonly result: Result } | { readonly problems: readonly string[] };

/** The same of a file that may be of scenarios or of a fleet. */
export type AnyResultReading = ResultReading | { readonly fleet: FleetResult };

/** Reads the file of `--report json=FILE`. Never throws. Keys that later versions add are passed over. */
export function readResult(text: string): ResultReading {
  const parsed = parseJson(text);
  return parsed === undefined ? noJson : readRun(parsed.json);
}

/** Reads a result of scenarios or of a fleet, by what it says it is. Never throws. */
export function readAnyResult(text: string): AnyResultReading {
  const parsed = parseJson(text);
  if (parsed === undefined) return noJson;
  if (typeOfJson(parsed.json) !== 'fleet-result') return readRun(parsed.json);
  const reading = readFleetJson(parsed.json);
  return 'value' in reading ? { fleet: reading.value } : reading;
}

const noJson = { problems: ['is no JSON; expected a file of deskphone run --report json=FILE'] } as const;

function readRun(json: unknown): ResultReading {
  const reading = readJson(json, {
    type: 'result',
    version: RESULT_VERSION,
    schema: resultSchema,
    writtenBy: 'deskphone run --report json=FILE',
  });
  return 'value' in reading ? { result: restoredResult(reading.value) } : reading;
}
