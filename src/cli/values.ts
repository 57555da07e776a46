import { InvalidArgumentError } from 'commander';
import { parseDuration } from '../clock/durations.ts';
import { isAnsweredByText } from '../display/screen.ts';
import { questions } from '../events/facts.schema.ts';
import { hostForm } from '../provisioning/host.ts';
import { isOwnFamily, parseLoad, softwareOf } from '../provisioning/load.ts';
import { nearestName } from '../provisioning/nearest-name.ts';
import { defaultQuirks, type QuirkName, type Quirks, quirkTable } from '../provisioning/quirks.ts';
import { type Protocol, protocols, type SectionName, sectionNames } from '../provisioning/words.ts';
import { failureCodes } from '../report/look-at.ts';
import type { Answers } from '../scenario/answer-questions.ts';
import { parseKeys } from '../scenario/key-list.ts';
import { UsageError } from './exit-codes.ts';

// What options take: each function reads one, or says what it expected.

export function duration(text: string): number {
  const ms = parseDuration(text);
  if (ms === undefined) throw new InvalidArgumentError('Expected a duration such as 500ms, 30s, 2m or 24h.');
  return ms;
}

/** A MAC with or without separators, as 12 upper-case hex digits. */
export function macAddress(text: string): string {
  const digits = text.replaceAll(/[:.-]/g, '').toUpperCase();
  if (!/^[0-9A-F]{12}$/.test(digits))
    throw new InvalidArgumentError('Expected 12 hex digits, such as 00:1B:4F:12:30:01.');
  return digits;
}

/** A SIP load of this family, or a UNIStim one, which is converted. */
export function softwareLoad(text: string): string {
  if (softwareOf(text) === 'UNIStim') return text;
  const load = parseLoad(text);
  if (load === undefined || !isOwnFamily(load)) {
    throw new InvalidArgumentError(
      'Expected a load such as SIP12x004.01.13.00, or of UNIStim such as 062AC7J.',
    );
  }
  return load.name;
}

/** `tftp=6969,ftp=2121,http=8080` */
export function ports(text: string): Partial<Record<Protocol, number>> {
  const given: Partial<Record<Protocol, number>> = {};
  for (const part of text.split(',')) {
    const [name, number] = atFirst('=', part);
    const protocol = protocols.find((known) => known === name.trim().toLowerCase());
    if (protocol === undefined || !isPort(number)) {
      throw new InvalidArgumentError(
        `"${part}": expected PROTOCOL=PORT of ${protocols.join(', ')}, such as tftp=6969.`,
      );
    }
    given[protocol] = Number(number);
  }
  return given;
}

/** A file or folder that need not be there. An empty one is what an unset variable of a script leaves. */
export function path(text: string): string {
  if (text === '') throw new InvalidArgumentError('It is empty; expected a path.');
  return text;
}

/** A seed. An empty one is what an unset variable of a script leaves: every run would be the same. */
export function seed(text: string): string {
  if (text === '') throw new InvalidArgumentError('It is empty; expected any text, or leave it out.');
  return text;
}

/** `5060`, `192.0.2.7:5060`, `[::1]:5060`: where to listen. Without an address: on the phone's own. */
export function listenPlace(text: string): { readonly address?: string; readonly port: number } {
  const [, bracketed, plain, number = ''] = /^(?:\[([^\]]*)\]:|([^:]*):)?(\d+)$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  if (!isPort(number) || (host !== undefined && !isAddress(host))) {
    throw new InvalidArgumentError('Expected a port such as 5060, or ADDRESS:PORT such as 127.0.0.1:5060.');
  }
  return { port: Number(number), ...(host !== undefined && { address: host }) };
}

/** `ANY`, or addresses with commas between. */
export function senders(text: string): 'anyone' | readonly string[] {
  if (text === 'ANY') return 'anyone';
  const addresses = text.split(',').map((part) => part.trim());
  if (addresses.every(isAddress)) return addresses;
  throw new InvalidArgumentError('Expected ANY, or IP addresses such as 192.0.2.10,192.0.2.11.');
}

/** An IP address; whether it is one of this machine shows when it is used. */
export function address(text: string): string {
  if (!isAddress(text)) throw new InvalidArgumentError('Expected an IP address such as 127.0.0.2.');
  return text;
}

function isAddress(text: string): boolean {
  const form = hostForm(text);
  return form === 'IPv4' || form === 'IPv6';
}

export function port(text: string): number {
  if (!isPort(text)) throw new InvalidArgumentError('Expected a port from 0 to 65535 (0: a free one).');
  return Number(text);
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text.trim()) && Number(text) <= 65535;
}

export function junkByte(text: string): number | 'seen' {
  if (text === 'seen') return text;
  if (!/^[0-9a-f]{1,2}$/i.test(text))
    throw new InvalidArgumentError('Expected a byte in hex such as 17, or seen.');
  const byte = Number.parseInt(text, 16);
  if ([0, 10, 13].includes(byte)) {
    throw new InvalidArgumentError(
      'NUL, CR and LF would end the header line; no phone was seen to send them.',
    );
  }
  return byte;
}

/** Suggests what was probably meant, else says where to look, or all there is. */
export function unknownWord(
  word: string,
  {
    what,
    known,
    listed,
  }: { readonly what: string; readonly known: readonly string[]; readonly listed?: string },
): InvalidArgumentError {
  const meant = nearestName(word, known);
  const all = listed === undefined ? `expected ${known.join(', ')}` : `${listed} lists them`;
  const hint = meant === undefined ? all : `did you mean ${meant}?`;
  return new InvalidArgumentError(`"${word}" is no ${what}; ${hint}`);
}

/** An exception from the verdict: `NOT_FOUND` or `NOT_FOUND:USER_CONFIG`. */
export interface Allowance {
  readonly code: string;
  readonly section?: SectionName;
}

export function allowances(text: string, before: readonly Allowance[] = []): readonly Allowance[] {
  return [...before, ...text.split(',').map(allowance)];
}

function allowance(text: string): Allowance {
  const [code, name] = atFirst(':', text.trim());
  if (!failureCodes.includes(code)) {
    throw unknownWord(code, { what: 'code', known: failureCodes, listed: 'deskphone schema problems' });
  }
  if (!text.includes(':')) return { code };
  const section = sectionNames.find((known) => known === name);
  if (section === undefined) throw unknownWord(name, { what: 'section', known: sectionNames });
  return { code, section };
}

export const steps = ['check', 'poll', 'notify', 'reset', 'off', 'on'] as const;
type Step = (typeof steps)[number];

export function stepList(text: string): readonly Step[] {
  return text.split(',').map((word) => {
    const step = steps.find((known) => known === word.trim());
    if (step === undefined)
      throw new InvalidArgumentError(`"${word}": expected a list of ${steps.join(', ')}.`);
    return step;
  });
}

/**
 * Reads an option whose text may hold a password: what is wrong with it becomes a `UsageError`, since
 * commander would print the text.
 */
export function unsaid<T>(flag: string, read: (text: string, before?: T) => T): typeof read {
  return (text, before) => {
    try {
      return read(text, before);
    } catch (error) {
      if (error instanceof InvalidArgumentError) throw new UsageError(`${flag}: ${error.message}`);
      throw error;
    }
  };
}

/** Keys as `parseKeys` reads them. */
export function keyList(text: string): readonly string[] {
  const read = parseKeys(text);
  if (read.ok) return read.keys;
  throw new InvalidArgumentError(
    /quote/.test(read.message) ? 'A quote is not closed.' : 'Expected keys such as "Srvcs 4 Yes".',
  );
}

/** What a phone makes of the maker's signature; a root is read later. */
export type AuthenticityChoice = 'accept' | 'reject' | { readonly signedBy: string };

export function authenticity(text: string): AuthenticityChoice {
  if (text === 'accept' || text === 'reject') return text;
  const [word, file] = atFirst('=', text);
  if (word === 'signed-by' && file !== '') return { signedBy: file };
  throw new InvalidArgumentError('Expected accept, reject, or signed-by=FILE with a root in PEM.');
}

/**
 * `QUESTION=ANSWER`, on top of those given before. Throws `UsageError`: an answer may be a password, and
 * commander would print it.
 */
export function questionAnswer(text: string, before: Answers = {}): Answers {
  const [name, answer] = atFirst('=', text);
  if (!text.includes('=')) throw new UsageError('--answer: expected QUESTION=ANSWER');
  const question = questions.find((known) => known === name);
  if (question === undefined) {
    throw new UsageError(`--answer: ${unknownWord(name, { what: 'question', known: questions }).message}`);
  }
  if (!isAnsweredByText(question) && answer !== 'yes' && answer !== 'no') {
    throw new UsageError(`--answer ${name}: expected ${name}=yes or ${name}=no`);
  }
  return { ...before, [question]: answer };
}

/** `NAME=VALUE` of a quirk, on top of those given before. */
export function quirk(text: string, before: Quirks = defaultQuirks): Quirks {
  const [name, value] = atFirst('=', text);
  if (name === 'customDataMax') return { ...before, customDataMax: wholeNumber(value) };
  if (!isQuirkName(name)) {
    const known = ['customDataMax', ...Object.keys(quirkTable)];
    throw unknownWord(name, { what: 'quirk', known, listed: 'deskphone schema quirks' });
  }
  const { values } = quirkTable[name];
  if (!values.some((known) => known === value)) {
    throw new InvalidArgumentError(`${name} is "${value}"; expected ${values.join(' or ')}.`);
  }
  return { ...before, [name]: value };
}

/** What stands before and behind the first mark, all further ones included; empty: nothing behind it. */
function atFirst(mark: string, text: string): [before: string, behind: string] {
  const place = text.indexOf(mark);
  return place === -1 ? [text, ''] : [text.slice(0, place), text.slice(place + 1)];
}

function isQuirkName(name: string): name is QuirkName {
  return Object.hasOwn(quirkTable, name);
}

function wholeNumber(text: string): number {
  if (!/^\d{1,12}$/.test(text)) throw new InvalidArgumentError(`"${text}": expected a number of bytes.`);
  return Number(text);
}
