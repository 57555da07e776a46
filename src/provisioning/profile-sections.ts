import type { Problem } from './problem.ts';
import { ProblemList } from './problem-list.ts';
import { quote } from './quote.ts';
import { decode } from './text-encoding.ts';

/** A `[section]` of a user's roaming file with its `name=value` lines, in file order. */
export interface ProfileSection {
  /** In lower case. */
  readonly name: string;
  /** 1-based. */
  readonly line: number;
  readonly values: readonly ProfileValue[];
}

export interface ProfileValue {
  /** In lower case. */
  readonly name: string;
  /** May be empty. */
  readonly value: string;
  readonly line: number;
}

/** What a roaming file holds, as far as it can be read. */
export interface ProfileSections {
  readonly sections: readonly ProfileSection[];
  readonly problems: readonly Problem[];
}

/** A line that says something; 1-based. */
interface NumberedLine {
  readonly number: number;
  readonly text: string;
}

/**
 * Reads an address book, custom keys or speed dials: `[section]`, then `name=value` a line (M44 p199, S43
 * p167, M43 p178). Never throws.
 * Assumed: a comment takes a whole line, since a `#` belongs to numbers; the limit of 80 bytes is for
 * configuration; letter case of names does not matter.
 */
export function readProfileSections(bytes: Uint8Array, file: string): ProfileSections {
  const told = new ProblemList({ file });
  const sections = profileSectionsOf(wholeLines(bytes), told);
  return { sections, problems: told.all() };
}

/** Puts the lines of a roaming file into their sections; what is neither header nor value goes to `told`. */
export function profileSectionsOf(lines: Iterable<NumberedLine>, told: ProblemList): ProfileSection[] {
  const sections: { name: string; line: number; values: ProfileValue[] }[] = [];
  for (const { number: line, text } of lines) {
    const header = /^\[([^\]]*)\]$/.exec(text)?.[1];
    const equals = text.indexOf('=');
    const open = sections.at(-1);
    if (header !== undefined) {
      sections.push({ name: header.trim().toLowerCase(), line, values: [] });
    } else if (equals <= 0) {
      told.tell('PROFILE_LINE', { line, message: `${quote(text)} is no [section] and no name=value` });
    } else if (open === undefined) {
      told.tell('PROFILE_LINE', { line, message: `${quote(text)} stands before the first [section]` });
    } else {
      const name = text.slice(0, equals).trim().toLowerCase();
      open.values.push({ name, value: text.slice(equals + 1).trim(), line });
    }
  }
  return sections;
}

/** The last value of a name in a section; undefined when it is not there. */
export function valueIn({ values }: ProfileSection, name: string): string | undefined {
  return values.findLast((value) => value.name === name)?.value;
}

/** Of sections whose name the phone does not know it takes nothing. */
export function tellUnknownSections(
  sections: readonly ProfileSection[],
  known: readonly string[],
  told: ProblemList,
): void {
  for (const { name, line } of sections) {
    if (known.includes(name)) continue;
    told.tell('PROFILE_LINE', { line, message: `[${name}] is no section of this file: it is skipped` });
  }
}

function wholeLines(bytes: Uint8Array): NumberedLine[] {
  const latin1 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const text = latin1.startsWith('\xef\xbb\xbf') ? latin1.slice(3) : latin1;
  return text
    .split(/\r\n|\n|\r/)
    .map((line, index) => ({ number: index + 1, text: decode(line).trim() }))
    .filter((line) => line.text !== '' && !line.text.startsWith('#'));
}
