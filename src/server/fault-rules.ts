import type { z } from 'zod';
import { nearestName } from '../provisioning/nearest-name.ts';
import { quote } from '../provisioning/quote.ts';
import { type FaultRule, type FaultWord, faultRulesSchema, faultWords, settingsOf } from './faults.schema.ts';

/** What is wrong with one place of a list of rules. */
export interface FaultComplaint {
  /** The rule's place in the list, and the setting: `[0, 'afterBytes']`. Empty: the list itself. */
  readonly path: readonly (string | number)[];
  /** Names the rule by its number from 1, what was found, and what was expected. */
  readonly message: string;
}

export type ReadFaultRules =
  | { readonly ok: true; readonly rules: readonly FaultRule[] }
  | { readonly ok: false; readonly complaints: readonly FaultComplaint[] };

/** Reads rules of any source; every complaint is told, not the first alone. */
export function readFaultRules(list: unknown): ReadFaultRules {
  const read = faultRulesSchema.safeParse(list);
  return read.success
    ? { ok: true, rules: read.data }
    : { ok: false, complaints: read.error.issues.flatMap((issue) => complaintsAbout(list, issue)) };
}

/**
 * What sockets cannot do. A server that has heard the name of a file has taken the connection: it can refuse
 * that of every file, or of none.
 */
export function complaintsOnTheWire(rules: readonly FaultRule[]): readonly FaultComplaint[] {
  return rules.flatMap((rule, index) => {
    if (rule.fault !== 'refuse') return [];
    const { match, after, times, share } = rule;
    const wrong = [
      ...(everyFile.includes(match) ? [] : [`match is ${quote(match)}`]),
      ...Object.entries({ after, times, share }).flatMap(([name, value]) =>
        value === undefined ? [] : [`${name} is ${shown(value)}`],
      ),
    ];
    if (wrong.length === 0) return [];
    const why = 'over a real network a port is closed for every file; expected match "**" and no more';
    return [{ path: [index], message: `${nameOfRule(index, rule.fault)}: ${wrong.join(', ')}; ${why}` }];
  });
}

const everyFile: readonly string[] = ['*', '**'];

/** How messages name a rule. */
export function nameOfRule(index: number, word: unknown): string {
  return isWord(word) ? `rule ${index + 1} (${word})` : `rule ${index + 1}`;
}

function complaintsAbout(list: unknown, issue: z.core.$ZodIssue): readonly FaultComplaint[] {
  const path = issue.path.filter((step) => typeof step !== 'symbol');
  const [index, ...within] = path;
  if (typeof index !== 'number') return [{ path, message: aboutList(list) }];
  const rule = Array.isArray(list) ? (list as readonly unknown[])[index] : undefined;
  const word = valueAt(rule, ['fault']);
  const name = nameOfRule(index, word);
  if (typeof rule !== 'object' || rule === null || Array.isArray(rule)) {
    return [{ path, message: `${name} is ${shown(rule)}; expected settings such as match and fault` }];
  }
  if (!isWord(word)) return [{ path: [index, 'fault'], message: `${name}: ${aboutWord(word)}` }];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...path, key],
      message: `${name}: ${key} is no setting; ${hint(key, settingsOf(word))}`,
    }));
  }
  const found = valueAt(rule, within);
  const says = found === undefined ? 'is missing' : `is ${shown(found)}`;
  return [{ path, message: `${name}: ${settingAt(within)} ${says}; expected ${issue.message}` }];
}

function aboutList(list: unknown): string {
  return Array.isArray(list)
    ? `there are ${list.length} rules; expected at most 100`
    : `the rules are ${shown(list)}; expected a list of them`;
}

function aboutWord(word: unknown): string {
  return word === undefined
    ? `fault is missing; expected ${faultWords.join(', ')}`
    : `${shown(word)} is no fault; ${hint(String(word), faultWords)}`;
}

function isWord(word: unknown): word is FaultWord {
  return faultWords.some((known) => known === word);
}

/** `at[2]` */
function settingAt(path: readonly (string | number)[]): string {
  return path.map((step) => (typeof step === 'number' ? `[${step}]` : step)).join('');
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inner, step) =>
      typeof inner === 'object' && inner !== null
        ? Object.entries(inner).find(([key]) => key === String(step))?.[1]
        : undefined,
    value,
  );
}

function shown(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'object') return Array.isArray(value) ? 'a list' : 'a mapping';
  return typeof value === 'string' ? quote(value) : String(value);
}

function hint(found: string, known: readonly string[]): string {
  const meant = nearestName(found, known);
  return meant === undefined ? `expected ${known.join(', ')}` : `did you mean ${meant}?`;
}
