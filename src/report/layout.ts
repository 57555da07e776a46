import type { Palette } from './palette.ts';

/** How text is laid out for a terminal or a file. */
export interface Layout {
  /** Columns to stay within; below 40 counts as 40. */
  readonly columns: number;
  readonly palette: Palette;
  /** What the reader's terminal can show. */
  readonly letters: 'ascii' | 'unicode';
}

export const COLUMNS_MIN = 40;
