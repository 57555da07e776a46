import type { z } from 'zod';
import { expectedBy } from './expected.ts';

/** A file of ours read back as data, or what is wrong with it: a line each thing, beginning with the key. */
export type JsonReading<T> = { readonly value: T } | { readonly problems: readonly string[] };

/** What a file of ours is: its type and version, its schema, and the command that writes it. */
export interface JsonForm<T> {
  readonly type: string;
  readonly version: number;
  readonly schema: z.ZodType<T>;
  readonly writtenBy: string;
}

/** More would bury what matters. */
const PROBLEMS_MAX = 10;

/** The JSON of a text, or that it is none of the file that `writtenBy` writes. */
export function parseJson(
  text: string,
  writtenBy: string,
): { readonly json: unknown } | { readonly problems: readonly string[] } {
  try {
    return { json: JSON.parse(text) };
  } catch {
    return { problems: [`is no JSON; expected a file of ${writtenBy}`] };
  }
}

/** What a file says it is. */
export function typeOfJson(json: unknown): unknown {
  return headOf(json).type;
}

/** JSON as a file of that form. Never throws. Keys that later versions add are passed over. */
export function readJson<T>(json: unknown, form: JsonForm<T>): JsonReading<T> {
  const { type, version } = headOf(json);
  if (type !== form.type) return { problems: [sayForeignType(json, `"${form.type}"`, form.writtenBy)] };
  if (version !== form.version) {
    return { problems: [`version: found ${shown(version)}; this deskphone reads ${form.version}`] };
  }
  const reading = form.schema.safeParse(json, { reportInput: true });
  if (reading.success) return { value: reading.data };
  const { issues } = reading.error;
  const told = issues.slice(0, PROBLEMS_MAX).map((issue) => `${pathWords(issue.path)}: ${sayIssue(issue)}`);
  const left = issues.length - told.length;
  return { problems: left === 0 ? told : [...told, `and ${left} more`] };
}

function sayIssue(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys')
    return `found ${shown(issue.keys)}, which this deskphone does not know`;
  const expected = expectedBy(issue);
  return expected === undefined ? issue.message : `found ${shown(issue.input)}; expected ${expected}`;
}

/** Of JSON that is something else: what it says it is, and what was expected. */
export function sayForeignType(json: unknown, expected: string, writtenBy: string): string {
  return `type: found ${shown(typeOfJson(json))}; expected ${expected}, as ${writtenBy} writes it`;
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
