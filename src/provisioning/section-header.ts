import { nearestName } from './nearest-name.ts';
import type { ProblemList } from './problem-list.ts';
import type { Quirks } from './quirks.ts';
import { quote } from './quote.ts';
import type { TextLine } from './text-lines.ts';
import { type SectionName, sectionNames } from './words.ts';

/** Spellings that one manual prints and the others do not. */
const otherSpellings: ReadonlyMap<
  string,
  { readonly name: SectionName; readonly quirk: 'readImage' | 'readPolicy' | 'readUserKerys' }
> = new Map([
  ['IMAGE', { name: 'IMAGES', quirk: 'readImage' }],
  ['POLICY', { name: 'SEC_POLICY', quirk: 'readPolicy' }],
  ['USER_KERYS', { name: 'USER_KEYS', quirk: 'readUserKerys' }],
]);

/** Whether a line is there to open a section, well or badly written. */
export function isHeader(line: TextLine): boolean {
  return line.text.startsWith('[');
}

/**
 * The section that a header opens; undefined if this phone knows none by that name. Doubts and the unknown
 * are told.
 */
export function readHeader(header: TextLine, quirks: Quirks, told: ProblemList): SectionName | undefined {
  const written = /^\[([^\]]*)\]$/.exec(header.text)?.[1];
  const upper = upperCase(written ?? '');
  const other = otherSpellings.get(upper);
  const name = sectionNames.find((known) => known === upper) ?? other?.name;
  const lowerCase = upper !== written;
  const ignored =
    (lowerCase && quirks.readLowerCase === 'ignore') || (other && quirks[other.quirk] === 'ignore');
  if (name === undefined || ignored) {
    told.tell('UNKNOWN_SECTION', { line: header.number, message: unknownSection(header.text) });
    return undefined;
  }
  const message = `${header.text} is read as [${name}]; unproven: a real phone may not read this`;
  const at = { line: header.number, section: name, message };
  if (lowerCase) told.tell('LOWER_CASE', at);
  if (other !== undefined) told.tell('SECTION_SPELLING', at);
  return name;
}

/** Of ASCII texts only: no other letter becomes one of a section's name or a keyword. */
export function upperCase(text: string): string {
  return /^[ -~]*$/.test(text) ? text.toUpperCase() : text;
}

function unknownSection(header: string): string {
  const bare = upperCase(header.replace(/[[\]]/g, '')).trim();
  const meant = sectionNames.find((name) => name === bare) ?? nearestName(bare, sectionNames);
  const suggestion = meant === undefined ? '' : `; did you mean [${meant}]?`;
  return `${quote(header)} is no section this phone knows; it is skipped${suggestion}`;
}
