import { resultSchema } from './result.schema.ts';
import type { Result } from './result.ts';
import { RESULT_VERSION } from './result.ts';
import { restoredResult } from './stored-result.ts';

/** A result read back, or what is wrong with it: a line each thing, beginning with the key. */
export type ResultReading = { readonly result: Result } | { readonly problems: readonly string[] };

/** More would bury what matters. */
const PROBLEMS_MAX = 10;

/** Reads the file of `--report json=FILE`. Never throws. Keys that later versions add are passed over. */
export function readResult(text: string): ResultReading {
  const json = parsed(text);
  if (json === undefined)
    return { problems: ['is no JSON; expected a file of deskphone run --report json=FILE'] };
  const { type, version } = headOf(json.value);
  if (type !== 'result') {
    return {
      problems: [
        `type: found ${shown(type)}; expected "result", as deskphone run --report json=FILE writes it`,
      ],
    };
  }
  if (version !== RESULT_VERSION) {
    return { problems: [`version: found ${shown(version)}; this deskphone reads ${RESULT_VERSION}`] };
  }
  const reading = resultSchema.safeParse(json.value);
  if (reading.success) return { result: restoredResult(reading.data) };
  const { issues } = reading.error;
  const told = issues.slice(0, PROBLEMS_MAX).map(({ path, message }) => `${pathWords(path)}: ${message}`);
  const left = issues.length - told.length;
  return { problems: left === 0 ? told : [...told, `and ${left} more`] };
}

function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function headOf(value: unknown): { readonly type?: unknown; readonly version?: unknown } {
  return typeof value === 'object' && value !== null ? value : {};
}

/** Of a foreign value no more than a line. */
function shown(value: unknown): string {
  return value === undefined ? 'none' : JSON.stringify(value).slice(0, 60);
}

function pathWords(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (words, key) =>
      typeof key === 'number' ? `${words}[${key}]` : `${words}${words === '' ? '' : '.'}${String(key)}`,
    '',
  );
}
