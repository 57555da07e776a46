import { parseServerAddress } from './server-address.ts';
import { withScheme } from './server-address-parts.ts';

/** What a parameter's value may be. */
export type ParameterType =
  | { readonly kind: 'yes-no' }
  | {
      readonly kind: 'words';
      readonly words: readonly string[];
      /** Upper-case spellings taken for one of the words. */
      readonly aliases?: Readonly<Record<string, string>>;
    }
  /** `tooLow: 'default'`: a whole number below `min` stands for the default. */
  | {
      readonly kind: 'integer';
      readonly min: number;
      readonly max: number;
      readonly tooLow?: 'bad' | 'default';
    }
  /** Some of the words, each once, separated by commas. */
  | { readonly kind: 'list'; readonly words: readonly string[] }
  /** Any text of so many characters. */
  | { readonly kind: 'text'; readonly what: string; readonly lengthMin: number; readonly lengthMax: number }
  /** A provisioning server, with or without its protocol. */
  | { readonly kind: 'server-address'; readonly lengthMax: number }
  /** A text of a certain form. */
  | { readonly kind: 'form'; readonly what: string; readonly form: RegExp; readonly empty: 'clears' | 'bad' };

/** Whether a value is legal, and how the phone keeps it: `y` as `YES`, `007` as `7`. */
export type CheckedValue =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly expected: string };

/** No limit is printed for these; ours is that of a line (S41 p30). */
const TEXT_LENGTH_MAX = 80;
/** No limit is printed for open-ended numbers; ours is that of 32 bits. */
export const INTEGER_MAX = 2_147_483_647;

export const yesNo: ParameterType = { kind: 'yes-no' };
export const dscp = integer(-1, 63);
/** Observed: SIP_TLS_PORT 0 switches that port off in the field; 0 is taken for every port. */
export const port = integer(0, 65_535);
export const anyText = text('text');
export const fileName = text('file name');
export const uriOrNumber = text('URI or number');
/** Observed: beside the Server URL of Device Settings the phone says "enter 1 to 49 characters". */
export const serverAddressType: ParameterType = { kind: 'server-address', lengthMax: 49 };
export const ipv4: ParameterType = {
  kind: 'form',
  what: 'an IPv4 address such as 192.0.2.1',
  form: /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/,
  empty: 'bad',
};
export const host: ParameterType = {
  kind: 'form',
  what: 'a host name or IPv4 address',
  form: /^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/,
  empty: 'clears',
};

export function integer(min: number, max = INTEGER_MAX): ParameterType {
  return { kind: 'integer', min, max };
}

export function words(...all: readonly string[]): ParameterType {
  return { kind: 'words', words: all };
}

export function text(what: string, length: { min?: number; max?: number } = {}): ParameterType {
  return { kind: 'text', what, lengthMin: length.min ?? 0, lengthMax: length.max ?? TEXT_LENGTH_MAX };
}

/**
 * Checks a value against its type; `defaultValue` is for types where a number too low stands for the default.
 * Never throws.
 *
 * Documented: an empty value is legal and common (`SIP_DOMAIN2 `). Assumed: it clears a text or host name;
 * where it can mean nothing (YES/NO, words, numbers, addresses) it is a bad value, so the one in force stays.
 */
export function checkType(type: ParameterType, value: string, defaultValue: string): CheckedValue {
  const kept = keptAs(type, value, defaultValue);
  return kept === undefined ? { ok: false, expected: expectedOf(type) } : { ok: true, value: kept };
}

/** What a type takes, as words that follow "expected". */
export function expectedOf(type: ParameterType): string {
  switch (type.kind) {
    case 'yes-no':
      return 'YES or NO';
    case 'words':
      return `${either(type.words)}${type.aliases === undefined ? '' : ` (also ${aliasesOf(type.aliases)})`}`;
    case 'integer':
      return `a whole number${rangeOf(type)}`;
    case 'list':
      return `some of ${type.words.join(', ')}, separated by commas`;
    case 'text':
      return `${type.what} of ${type.lengthMin > 1 ? `${type.lengthMin} to` : 'at most'} ${type.lengthMax} characters`;
    case 'server-address':
      return `a provisioning server of 1 to ${type.lengthMax} characters, such as http://192.0.2.1`;
    case 'form':
      return type.what;
  }
}

function keptAs(type: ParameterType, value: string, defaultValue: string): string | undefined {
  switch (type.kind) {
    case 'yes-no':
      return yesNoWords.get(value.toUpperCase());
    case 'words':
      return wordOf(type.words, value) ?? aliasOf(type.aliases, value);
    case 'integer':
      return integerOf(type, value, defaultValue);
    case 'list':
      return listOf(type.words, value);
    case 'text':
      return isTextOf(type, value) ? value : undefined;
    case 'server-address':
      return isServerAddress(value, type.lengthMax) ? value : undefined;
    case 'form':
      return (value === '' && type.empty === 'clears') || type.form.test(value) ? value : undefined;
  }
}

// Observed: R3.2 text writes Y/N now and then (M32 p151). Assumed: values are read whatever their case.
const yesNoWords = new Map([
  ['YES', 'YES'],
  ['Y', 'YES'],
  ['NO', 'NO'],
  ['N', 'NO'],
]);

function wordOf(all: readonly string[], value: string): string | undefined {
  return all.find((word) => word.toUpperCase() === value.toUpperCase());
}

function aliasOf(aliases: Readonly<Record<string, string>> | undefined, value: string): string | undefined {
  const alias = value.toUpperCase();
  return aliases !== undefined && Object.hasOwn(aliases, alias) ? aliases[alias] : undefined;
}

function integerOf(
  type: Extract<ParameterType, { kind: 'integer' }>,
  value: string,
  defaultValue: string,
): string | undefined {
  if (!/^-?\d{1,10}$/.test(value)) return undefined;
  const number = Number(value);
  if (number > type.max) return undefined;
  if (number < type.min) return type.tooLow === 'default' ? defaultValue : undefined;
  // "-0" is 0.
  return String(number === 0 ? 0 : number);
}

function listOf(all: readonly string[], value: string): string | undefined {
  const found = value.split(',').map((item) => wordOf(all, item.trim()));
  if (found.includes(undefined) || new Set(found).size < found.length) return undefined;
  return found.join(',');
}

function isTextOf(type: Extract<ParameterType, { kind: 'text' }>, value: string): boolean {
  const length = [...value].length;
  return length === 0 || (length >= type.lengthMin && length <= type.lengthMax);
}

/** Without a scheme it goes with a protocol that stands elsewhere, so any will do to read it. */
function isServerAddress(value: string, lengthMax: number): boolean {
  return [...value].length <= lengthMax && parseServerAddress(withScheme(value, 'tftp'), 'typed').ok;
}

function either(all: readonly string[]): string {
  const last = all.at(-1) ?? '';
  return all.length < 2 ? last : `${all.slice(0, -1).join(', ')} or ${last}`;
}

function aliasesOf(aliases: Readonly<Record<string, string>>): string {
  return Object.entries(aliases)
    .map(([alias, word]) => `${alias} = ${word}`)
    .join(', ');
}

function rangeOf(type: Extract<ParameterType, { kind: 'integer' }>): string {
  const below = type.tooLow === 'default' ? '; lower ones stand for the default' : '';
  if (type.max < INTEGER_MAX) return ` from ${type.min} to ${type.max}${below}`;
  return type.min > -INTEGER_MAX ? ` of at least ${type.min}${below}` : '';
}
