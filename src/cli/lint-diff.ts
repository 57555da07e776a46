import { join } from 'node:path';
import { printable } from '../display/wrap.ts';
import type { MendedFile } from '../lint/mend-tree.ts';
import { nameAndValue } from '../provisioning/name-and-value.ts';
import { parameterSpeltAs } from '../provisioning/parameters.ts';
import type { Palette } from '../report/palette.ts';

/** What was mended in a file, as a unified diff without context lines; passwords are masked. */
export function* diffLines(
  root: string,
  { path, changes }: MendedFile,
  palette: Palette,
): Generator<string, void, undefined> {
  const place = printable(join(root, path));
  yield palette.strong(`--- ${place}`);
  yield palette.strong(`+++ ${place}`);
  let shift = 0;
  for (const { line, before, after } of changes) {
    const mask = holdsSecret(before) ? masked : shown;
    yield palette.quiet(`@@ -${line} +${line + shift}${after.length === 1 ? '' : `,${after.length}`} @@`);
    yield palette.bad(`-${mask(before)}`);
    for (const text of after) yield palette.good(`+${mask(text)}`);
    shift += after.length - 1;
  }
}

function holdsSecret(line: string): boolean {
  const { name } = nameAndValue(line.trim());
  return name.toUpperCase() === 'SRV_USER_PASS' || parameterSpeltAs(name)?.parameter.secret === true;
}

/** A # may be a part of the password, so that a comment beside it is masked too. */
function masked(line: string): string {
  const { name } = nameAndValue(line.trim());
  return `${shown(name.startsWith('#') ? '#' : name)} ***`;
}

/** Bytes as text for a terminal. */
function shown(line: string): string {
  return printable(Buffer.from(line, 'latin1').toString('utf8'));
}
