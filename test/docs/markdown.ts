import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** Path of a file of the repository. */
export function pathOf(file: string): string {
  return join(root, file);
}

/** A document of the repository, by its path from the root. */
export function readDocument(file: string): string {
  return readFileSync(pathOf(file), 'utf8');
}

/** A Markdown table. Pipes in cells are escaped, and so is `<`, which would begin a tag. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [heads, heads.map(() => '---'), ...rows.map((row) => row.map(escaped))]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

/** Inside code a backslash would be shown, so `<` stays there. */
function escaped(cell: string): string {
  return cell
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part : part.replaceAll('<', '\\<')))
    .join('')
    .replaceAll('|', '\\|');
}

/**
 * The document with what stands between `<!-- NAME -->` and `<!-- /NAME -->` replaced; the rest is written by
 * hand. Throws when the marks are not there, once and in order.
 */
export function withBlock(document: string, name: string, content: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [before, inside, ...more] = document.split(open);
  const [, after, ...others] = inside?.split(close) ?? [];
  if (before === undefined || after === undefined || more.length + others.length > 0) {
    throw new Error(`expected one ${open} with ${close} after it`);
  }
  return `${before}${open}\n\n${content}\n\n${close}${after}`;
}

/** Cells of the rows of every table under a heading, without heads; code marks stay. */
export function rowsUnder(document: string, heading: string): readonly (readonly string[])[] {
  return sectionUnder(document, heading)
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim()),
    )
    .filter((cells, index, all) => !isRule(cells) && !isRule(all[index + 1] ?? []));
}

/** The text from a heading to the next of its level or above. Throws when there is no such heading. */
export function sectionUnder(document: string, heading: string): string {
  const level = /^#+/.exec(heading)?.[0].length ?? 0;
  const lines = document.split('\n');
  const start = lines.indexOf(heading);
  if (start === -1) throw new Error(`there is no heading "${heading}"`);
  const end = lines.findIndex((line, index) => index > start && new RegExp(`^#{1,${level}} `).test(line));
  return lines.slice(start + 1, end === -1 ? undefined : end).join('\n');
}

function isRule(cells: readonly string[]): boolean {
  return cells.length > 0 && cells.every((cell) => /^:?-+:?$/.test(cell));
}
