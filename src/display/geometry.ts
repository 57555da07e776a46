import type { Model } from '../provisioning/words.ts';

/** How many characters a panel shows above its soft keys. */
export interface Geometry {
  readonly rows: number;
  readonly columns: number;
}

/**
 * The text area of each model.
 * Assumed: no manual seen gives lines and columns. BANNER holds at most 24 characters, which suggests 24
 * columns; each larger model has more lines than the one below it.
 */
export const geometries: Readonly<Record<Model, Geometry>> = {
  1210: { rows: 4, columns: 24 },
  1220: { rows: 5, columns: 24 },
  1230: { rows: 9, columns: 24 },
};

/** Documented: four context-sensitive soft keys under the display, on every model (1230 user guide p241). */
export type SoftKeys = readonly [string, string, string, string];

/** Assumed, after the UNIStim sibling: a soft key's label has six characters. */
export const SOFT_KEY_COLUMNS = 6;
