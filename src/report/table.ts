import { printable, wrap } from '../display/wrap.ts';
import type { Palette, Tone } from './palette.ts';

export interface Cell {
  readonly text: string;
  readonly tone?: Tone;
}

export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
}

const GAP = '  ';

/**
 * A table as aligned lines, two blanks between columns. When it is wider than `columns`, its last column is
 * wrapped at blanks. Nothing is cut, least of all a URL: what has no blank to break at sticks out.
 */
export function layOutTable(
  heads: readonly Column[],
  rows: readonly (readonly Cell[])[],
  { columns, palette }: { readonly columns: number; readonly palette: Palette },
): string[] {
  const shown = rows.map((row) => row.map((cell) => ({ ...cell, text: printable(cell.text) })));
  const widths = heads.map((head, index) =>
    Math.max(head.title.length, ...shown.map((row) => [...(row[index]?.text ?? '')].length)),
  );
  const last = heads.length - 1;
  const before = widths.slice(0, last).reduce((sum, width) => sum + width + GAP.length, 0);
  const words = shown.flatMap((row) => (row[last]?.text ?? '').split(' ')).map((word) => [...word].length);
  const lastWidth = Math.max(
    heads[last]?.title.length ?? 0,
    ...words,
    Math.min(widths[last] ?? 0, columns - before),
  );
  const line = (cells: readonly Cell[]) => {
    const wrapped = wrap(cells[last]?.text ?? '', lastWidth);
    return wrapped.map((text, index) =>
      heads
        .map((head, at) => {
          const cell = at === last ? { ...cells[at], text } : index === 0 ? cells[at] : undefined;
          return padded(cell ?? { text: '' }, at === last ? 0 : (widths[at] ?? 0), head.align, palette);
        })
        .join(GAP)
        .trimEnd(),
    );
  };
  return [
    ...line(heads.map(({ title }) => ({ text: title, tone: 'quiet' }))),
    ...shown.flatMap((row) => line(row)),
  ];
}

function padded(
  { text, tone = 'plain' }: Cell,
  width: number,
  align: Column['align'],
  palette: Palette,
): string {
  const blanks = ' '.repeat(Math.max(0, width - [...text].length));
  const painted = palette[tone](text);
  return align === 'right' ? `${blanks}${painted}` : `${painted}${blanks}`;
}
