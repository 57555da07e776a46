import type { Problem } from './problem.ts';
import { ProblemList } from './problem-list.ts';
import {
  type ProfileSection,
  readProfileSections,
  tellUnknownSections,
  valueIn,
} from './profile-sections.ts';
import { quote } from './quote.ts';

/** Documented: M43 p182; `feature` means something in IP Office mode only (M44 p203). */
export const keyTypes = ['spdial', 'cfwd', 'dnd', 'im', 'presence', 'feature'] as const;
export type KeyType = (typeof keyTypes)[number];

/** A key that a user's file puts on the panel. */
export interface CustomKey {
  /** Place of the line key, from 1. */
  readonly index: number;
  /** May be empty. */
  readonly label: string;
  readonly type: KeyType;
  /** What else its section says, by lower-case name; which ones there are depends on the type. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** Documented: S43 p172. */
export const speedDialModes = ['IdleOnly', 'MidCall', 'Always'] as const;

/** An entry of the speed-dial list. */
export interface SpeedDial {
  readonly label: string;
  readonly mode: (typeof speedDialModes)[number];
  readonly attributes: Readonly<Record<string, string>>;
}

export interface CustomKeys {
  readonly keys: readonly CustomKey[];
  /** Values of the other sections by `section.name`; an empty one takes a value back. */
  readonly preferences: Readonly<Record<string, string>>;
  readonly problems: readonly Problem[];
}

/** Documented: the vendor model of sipXecs counts the keys of SPEEDLIST_KEY_INDEX so. */
const KEY_INDEX_MAX = 64;

/** Documented: M43 p178. */
const preferenceSections = ['audiocodecs', 'autoanswer', 'prefs', 'reasons', 'subjects'];

/**
 * Reads a custom keys file: `[key]` (index, label, type) as often as wanted, and preferences, in any order
 * (M43 p178, p182). A key of an unknown type is told and ignored. Never throws.
 */
export function parseCustomKeys(bytes: Uint8Array, { file }: { readonly file: string }): CustomKeys {
  const { sections, problems } = readProfileSections(bytes, file);
  const told = new ProblemList({ file });
  tellUnknownSections(sections, ['key', 'version', ...preferenceSections], told);
  const keys = sections.filter(({ name }) => name === 'key').flatMap((found) => keyOf(found, told));
  const preferences = sections
    .filter(({ name }) => preferenceSections.includes(name))
    .flatMap((section) => section.values.map(({ name, value }) => [`${section.name}.${name}`, value]));
  return { keys, preferences: Object.fromEntries(preferences), problems: [...problems, ...told.all()] };
}

/**
 * Reads a speed-dial list: like custom keys, but of type spdial only, without index, with a mode (S43 p172).
 * Never throws. Assumed: an entry without mode, or with another, is there always.
 */
export function parseSpeedDials(
  bytes: Uint8Array,
  { file }: { readonly file: string },
): { readonly speedDials: readonly SpeedDial[]; readonly problems: readonly Problem[] } {
  const { sections, problems } = readProfileSections(bytes, file);
  const told = new ProblemList({ file });
  tellUnknownSections(sections, ['key', 'version'], told);
  const speedDials = sections
    .filter(({ name }) => name === 'key')
    .flatMap((section): SpeedDial[] => {
      const type = typeOf(section, ['spdial'], told);
      if (type === undefined) return [];
      const label = valueIn(section, 'label') ?? '';
      return [{ label, mode: modeOf(section, told), attributes: attributesOf(section, ['mode']) }];
    });
  return { speedDials, problems: [...problems, ...told.all()] };
}

function keyOf(section: ProfileSection, told: ProblemList): CustomKey[] {
  const type = typeOf(section, keyTypes, told);
  if (type === undefined) return [];
  const text = valueIn(section, 'index') ?? '';
  const index = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (index < 1 || index > KEY_INDEX_MAX) {
    const message = `index is ${quote(text)}; expected 1 to ${KEY_INDEX_MAX}: the [key] is skipped`;
    told.tell('PROFILE_ENTRY', { line: section.line, message });
    return [];
  }
  return [{ index, label: valueIn(section, 'label') ?? '', type, attributes: attributesOf(section, []) }];
}

/** Documented: M43 p182, spdial is the default, and a key of an unknown type is ignored. */
function typeOf<T extends KeyType>(
  section: ProfileSection,
  known: readonly T[],
  told: ProblemList,
): T | undefined {
  const text = valueIn(section, 'type') ?? 'spdial';
  const type = known.find((name) => name === text.toLowerCase());
  if (type === undefined) {
    const message = `type is ${quote(text)}; expected ${known.join(', ')}: the [key] is ignored`;
    told.tell('UNKNOWN_KEY_TYPE', { line: section.line, message });
  }
  return type;
}

function modeOf(section: ProfileSection, told: ProblemList): SpeedDial['mode'] {
  const text = valueIn(section, 'mode') ?? 'Always';
  const mode = speedDialModes.find((name) => name.toLowerCase() === text.toLowerCase());
  if (mode !== undefined) return mode;
  const message = `mode is ${quote(text)}; expected ${speedDialModes.join(', ')}: it counts as Always`;
  told.tell('PROFILE_ENTRY', { line: section.line, message });
  return 'Always';
}

const common = ['index', 'label', 'type'];

function attributesOf(section: ProfileSection, others: readonly string[]): Record<string, string> {
  const rest = section.values.filter(({ name }) => !common.includes(name) && !others.includes(name));
  return Object.fromEntries(rest.map(({ name, value }) => [name, value]));
}
