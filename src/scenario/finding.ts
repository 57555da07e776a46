import type { JournalEntry } from '../events/journal.ts';
import { shownValue } from '../report/secrets.ts';
import type { PhoneRecord } from './phone-record.ts';

/** What an expectation is held against: one phone as of now. */
export interface View {
  readonly record: PhoneRecord;
  readonly zoneMinutes: number;
}

/** What came of it. Texts are for people, a line each thing. */
export interface Finding {
  readonly holds: boolean;
  readonly expected: string;
  readonly found: string;
  /** The fact it turned on; absent: the last. */
  readonly near?: JournalEntry | undefined;
  /** What would hold, as it is written in a file; absent: nothing that could be written. */
  readonly instead?: unknown;
  /** Why what would hold is not written; absent: there is no value that would. */
  readonly unwritten?: string;
}

export function found(
  holds: boolean,
  expected: string,
  shown: string,
  more: Pick<Finding, 'near' | 'instead'> = {},
): Finding {
  return { holds, expected, found: shown, ...more };
}

/** One thing compared, by the name it has in the file. */
export interface Compared {
  readonly name: string;
  readonly wanted: unknown;
  readonly is: unknown;
  readonly holds: boolean;
}

/** Several things compared: all that hold are passed over as soon as one does not. */
export function foundAll(
  compared: readonly Compared[],
  near?: JournalEntry,
): Finding & { readonly instead?: Readonly<Record<string, unknown>> } {
  const wrong = compared.filter(({ holds }) => !holds);
  const told = wrong.length > 0 ? wrong : compared;
  const secret = wrong.find(({ name, is }) => isSecret(name, is));
  return {
    holds: wrong.length === 0,
    expected: told.map(({ name, wanted }) => `${name}: ${shownOf(name, wanted)}`).join('\n'),
    found: told.map(foundLine).join('\n'),
    near,
    ...(secret === undefined
      ? {
          instead: Object.fromEntries(
            compared.map(({ name, wanted, is, holds }) => [name, holds ? wanted : is]),
          ),
        }
      : { unwritten: `what was found of ${secret.name} is a secret` }),
  };
}

function isSecret(name: string, value: unknown): boolean {
  return typeof value === 'string' && shownValue(name, value) !== value;
}

function foundLine({ name, wanted, is, holds }: Compared): string {
  const text = shownOf(name, is);
  const masked = !holds && text !== 'none' && text === shownOf(name, wanted);
  return `${name}: ${text}${masked ? ' (another one)' : ''}`;
}

/** Passwords are masked: what is told here goes to terminals and reports. */
function shownOf(name: string, value: unknown): string {
  return shown(typeof value === 'string' ? shownValue(name, value) : value);
}

/** A value as a file would have it. */
export function shown(value: unknown): string {
  if (value === undefined || value === null) return 'none';
  if (typeof value === 'string') return value === '' ? '""' : value;
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(shown).join(', ');
  if (typeof value !== 'object') return String(value);
  return Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .map(([name, inner]) => `${name} ${shown(inner)}`)
    .join(', ');
}

/** The last fact for which this is so. */
export function lastEntry(
  { record }: View,
  holds: (entry: JournalEntry) => boolean,
): JournalEntry | undefined {
  return record.entries.findLast(holds);
}
