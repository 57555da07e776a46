import { nameAndValue } from './name-and-value.ts';
import type { Problem } from './problem.ts';
import { ProblemList } from './problem-list.ts';
import type { Quirks } from './quirks.ts';
import { quote } from './quote.ts';
import { readTextLines, type TextLine, tellCutOff } from './text-lines.ts';
import type { SectionName } from './words.ts';

/** A `NAME value` line. Which names there are is not known here. */
export interface ConfigurationValue {
  readonly name: string;
  /** The rest of the line, blanks inside kept; may be empty. */
  readonly value: string;
  readonly line: number;
}

export interface ConfigurationFile {
  /** In file order; of a repeated name the last counts. */
  readonly values: readonly ConfigurationValue[];
  readonly problems: readonly Problem[];
  /** Whether an over-long line ended the reading. */
  readonly cutOff: boolean;
}

/** Values taken from one file. The emulator's own limit, many times what all parameters together need. */
const VALUES_MAX = 5_000;

/**
 * Reads a device or phone-specific configuration file: one `NAME value` a line, without quotes. Never throws.
 * Observed: Wazo's and sipXecs' files for real phones, values with blanks and empty ones included.
 */
export function parseConfigurationFile(
  bytes: Uint8Array,
  options: { readonly file: string; readonly quirks: Quirks; readonly section?: SectionName },
): ConfigurationFile {
  const { file, section, quirks } = options;
  const told = new ProblemList(section === undefined ? { file } : { file, section });
  const { lines, cut } = readTextLines(bytes, quirks, told);
  const taken = lines.slice(0, VALUES_MAX);
  const values = taken.map((line) => ({ ...nameAndValue(line.text), line: line.number }));
  tellCutAtHash(taken, told);
  if (lines.length > VALUES_MAX) {
    const message = `the file has ${lines.length} values; this emulator takes the first ${VALUES_MAX}`;
    told.tell('TOO_MANY_PARAMETERS', { line: lines[VALUES_MAX]?.number ?? 0, message });
  }
  if (cut !== undefined) {
    tellCutOff(
      cut,
      cut.lost.map(({ text }) => nameAndValue(text).name),
      told,
    );
  }
  return { values, problems: told.all(), cutOff: cut !== undefined };
}

/** Names no value: it may be a password. */
function tellCutAtHash(lines: readonly TextLine[], told: ProblemList): void {
  for (const { number, text, cutAtHash } of lines) {
    if (!cutAtHash) continue;
    const message = `the value of ${quote(nameAndValue(text).name)} ends at the #; what follows is a comment`;
    told.tell('HASH_IN_VALUE', { line: number, message });
  }
}
