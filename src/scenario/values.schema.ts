import { z } from 'zod';
import { parseDuration } from '../clock/durations.ts';
import { isRunnable } from '../provisioning/load.ts';
import { nearestName } from '../provisioning/nearest-name.ts';
import { quote } from '../provisioning/quote.ts';
import { parseKeys } from './key-list.ts';

// What stands behind the words of a scenario file. Each says what it expected when it is given anything else.

/** More names than these would bury a message. */
const LISTED_MAX = 24;

/** "did you mean", or all there is. */
export function hint(word: string, known: readonly string[]): string {
  const meant = nearestName(word, known);
  if (meant !== undefined) return `did you mean ${meant}?`;
  return known.length > LISTED_MAX
    ? 'deskphone schema scenario has them all'
    : `expected ${known.join(', ')}`;
}

/** An object that takes these keys and no other; each unknown one is a line of the message. */
export function keyed<S extends z.ZodRawShape>(what: string, shape: S) {
  const known = Object.keys(shape).filter((key) => !isRefused(shape[key]));
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? sayUnknown(what, issue.keys, known) : undefined),
  });
}

/** A value each for some of a few words; `example`: such a map, as one writes it. */
export function byWord<const W extends readonly [string, ...string[]], V extends z.ZodType>(
  { what, words, example }: { readonly what: string; readonly words: W; readonly example: string },
  value: V,
) {
  // Observed: zod asks it about unknown keys too, which the type of its own option does not say.
  const error: z.core.$ZodErrorMap = (issue) =>
    issue.code === 'unrecognized_keys'
      ? sayUnknown(what, issue.keys, words)
      : `expected a map such as ${example}`;
  return z.partialRecord(z.enum(words), value, { error });
}

/** A line for each key. */
function sayUnknown(what: string, keys: readonly string[], known: readonly string[]): string {
  return keys.map((key) => `${what} has no ${quote(key)}; ${hint(key, known)}`).join('\n');
}

/** A key that is there only to be refused in words of its own. */
function isRefused(value: z.ZodRawShape[string] | undefined): boolean {
  return value instanceof z.ZodOptional && value.unwrap() instanceof z.ZodNever;
}

/** One of a few words. */
export function oneOf<const W extends readonly [string, ...string[]]>(words: W, what = 'one of them') {
  return z.enum(words, {
    error: ({ input }) => {
      const known = words.map((word) => word).join(', ');
      if (typeof input !== 'string') return `expected ${known}`;
      const meant = nearestName(input, words);
      return `${quote(input)} is not ${what}; ${meant === undefined ? `expected ${known}` : `did you mean ${meant}?`}`;
    },
  });
}

/** Milliseconds, written `500ms`, `30s`, `2m`, `24h`. */
export const duration = z
  .string()
  .transform((text, context) => {
    const ms = parseDuration(text);
    if (ms !== undefined) return ms;
    return complaint(context, `${quote(text)} is no duration; expected one such as 500ms, 30s, 2m or 24h`);
  })
  .describe('A duration such as 500ms, 30s, 2m or 24h.');

const sizeUnits: Readonly<Record<string, number>> = { '': 1, k: 1024, M: 1024 * 1024 };

/** Bytes, written `512`, `64k`, `3M`. */
export const size = z
  .string()
  .transform((text, context) => {
    const [, amount, unit = ''] = /^(\d{1,9}(?:\.\d+)?)([kM]?)$/.exec(text) ?? [];
    const bytes = Math.round(Number(amount) * (sizeUnits[unit] ?? 1));
    if (amount !== undefined && bytes <= SIZE_BYTES_MAX) return bytes;
    return complaint(context, `${quote(text)} is no size; expected one such as 512, 64k or 3M, at most 64M`);
  })
  .describe('Bytes such as 512, 64k or 3M.');

/** Of the largest file a phone takes: an image. */
const SIZE_BYTES_MAX = 64 * 1024 * 1024;

/** An instant; without an offset it is meant in the zone of the scenario. */
export const instant = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)?$/, {
    error: ({ input }) =>
      `${quote(String(input))} is no instant; expected one such as "2026-03-02T08:00:00+01:00"`,
  })
  .refine((text) => !Number.isNaN(Date.parse(/Z|[+-]\d\d:\d\d$/.test(text) ? text : `${text}Z`)), {
    error: 'this instant is in no calendar',
  })
  .describe('An instant such as 2026-03-02T08:00:00+01:00; without an offset in the zone of the scenario.');

export const zone = z
  .string()
  .regex(/^(Z|[+-]\d\d:\d\d)$/, {
    error: ({ input }) =>
      `${quote(String(input))} is no offset from UTC; expected one such as "+01:00", or Z`,
  })
  .describe('Offset from UTC such as +01:00, or Z.');

/** 12 upper-case hex digits, whatever stands between them. */
export const mac = z
  .string()
  .transform((text, context) => {
    const digits = text.replaceAll(/[:.-]/g, '').toUpperCase();
    if (/^[0-9A-F]{12}$/.test(digits)) return digits;
    return complaint(context, `${quote(text)} is no MAC; expected 12 hex digits such as 00:1B:4F:12:30:01`);
  })
  .describe('12 hex digits, with or without separators.');

export const software = z
  .string()
  .refine(isRunnable, {
    error: ({ input }) =>
      `${quote(String(input))} is no load; expected one such as SIP12x004.01.13.00, or of UNIStim such as 062AC7J`,
  })
  .describe('A load such as SIP12x004.01.13.00, or of UNIStim such as 062AC7J.');

/** `on`, `off`, true or false. */
export const onOff = z
  .union([z.enum(['on', 'off']), z.boolean()], { error: 'expected on or off' })
  .transform((value) => value === 'on' || value === true);

/** Keys of the phone between blanks, as `deskphone boot --keys` takes them, or as a list. */
export const keys = z
  .union([z.string(), z.array(z.string().min(1)).min(1)], { error: 'expected keys such as "Srvcs 4 Yes"' })
  .transform((value, context): readonly string[] => {
    if (typeof value !== 'string') return value;
    const read = parseKeys(value);
    return read.ok ? read.keys : complaint(context, `${read.message}; expected keys such as "Srvcs 4 Yes"`);
  });

/** A value of a setting as a configuration file writes it; a number is taken as its text. */
export const settingValue = z
  .union([z.string(), z.number()], { error: 'expected a value such as YES, 3600 or "ACME"' })
  .transform(String);

function complaint(context: z.RefinementCtx, message: string): never {
  context.issues.push({ code: 'custom', message, input: context.value });
  return z.NEVER;
}
