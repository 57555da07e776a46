import { readFleetJson } from './fleet/read-fleet-result.ts';
import type { FleetResult } from './fleet/result.ts';
import { resultSchema } from './result.schema.ts';
import type { Result } from './result.ts';
import { RESULT_VERSION } from './result.ts';
import { parseJson, readJson, sayForeignType, typeOfJson } from './stored-json.ts';
import { restoredResult } from './stored-result.ts';

/** A result read back, or what is wrong with it: a line each thing, beginning with the key. */
export type ResultReading = { readonly result: Result } | { readonly problems: readonly string[] };

/** The same of a file that may be of scenarios or of a fleet. */
export type AnyResultReading = ResultReading | { readonly fleet: FleetResult };

const WRITTEN_BY = 'deskphone run --report json=FILE';
const ANY_WRITTEN_BY = 'deskphone run or fleet --report json=FILE';

/** Reads the file of `--report json=FILE`. Never throws. Keys that later versions add are passed over. */
export function readResult(text: string): ResultReading {
  const parsed = parseJson(text, WRITTEN_BY);
  return 'problems' in parsed ? parsed : readRun(parsed.json);
}

/** Reads a result of scenarios or of a fleet, by what it says it is. Never throws. */
export function readAnyResult(text: string): AnyResultReading {
  const parsed = parseJson(text, ANY_WRITTEN_BY);
  if ('problems' in parsed) return parsed;
  const { json } = parsed;
  switch (typeOfJson(json)) {
    case 'result':
      return readRun(json);
    case 'fleet-result': {
      const reading = readFleetJson(json);
      return 'value' in reading ? { fleet: reading.value } : reading;
    }
    default:
      return { problems: [sayForeignType(json, '"result" or "fleet-result"', ANY_WRITTEN_BY)] };
  }
}

function readRun(json: unknown): ResultReading {
  const reading = readJson(json, {
    type: 'result',
    version: RESULT_VERSION,
    schema: resultSchema,
    writtenBy: WRITTEN_BY,
  });
  return 'value' in reading ? { result: restoredResult(reading.value) } : reading;
}
