import type { PhoneEvent } from '../events/phone-event.ts';
import { withoutSecrets } from '../report/secrets.ts';
import { matchesName } from '../server/path-pattern.ts';
import type { FactPattern } from './fact-pattern.schema.ts';

/** Whether a fact is of the pattern's type and has its fields. */
export function matchesFact({ fact, ...fields }: FactPattern, event: PhoneEvent): boolean {
  if (event.type !== fact) return false;
  const told = new Map<string, unknown>(Object.entries(event));
  return Object.entries(fields).every(([name, wanted]) => matches(wanted, told.get(name)));
}

/** Whether a value is as wanted: in texts * stands for anything, of an object what is named counts. */
export function matches(wanted: unknown, found: unknown): boolean {
  if (typeof wanted === 'string' && typeof found === 'string') return matchesName(wanted, found);
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(found) &&
      wanted.length === found.length &&
      wanted.every((one, index) => matches(one, (found as readonly unknown[])[index]))
    );
  }
  if (typeof wanted !== 'object' || wanted === null) return wanted === found;
  if (typeof found !== 'object' || found === null) return false;
  const inner = new Map<string, unknown>(Object.entries(found));
  return Object.entries(wanted).every(([name, value]) => matches(value, inner.get(name)));
}

/** `section.decided {section: LANGUAGE}` */
export function sayPattern({ fact, ...fields }: FactPattern): string {
  return said(fact, fields);
}

const FACT_LENGTH_MAX = 160;

/** A fact as a scenario would name it. */
export function sayFact(event: PhoneEvent): string {
  const { type, ...fields } = withoutSecrets(event);
  const text = said(type, fields);
  return text.length > FACT_LENGTH_MAX ? `${text.slice(0, FACT_LENGTH_MAX)}...}` : text;
}

function said(type: string, fields: object): string {
  const named = Object.entries(fields).map(([name, value]) => `${name}: ${plain(value)}`);
  return named.length === 0 ? type : `${type} {${named.join(', ')}}`;
}

function plain(value: unknown): string {
  if (typeof value === 'string') return /^[\w./:*-]+$/.test(value) ? value : JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(plain).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  return `{${Object.entries(value)
    .map(([name, inner]) => `${name}: ${plain(inner)}`)
    .join(', ')}}`;
}
