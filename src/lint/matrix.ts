import type { SectionName } from '../provisioning/words.ts';
import { placeOf } from './finding-list.ts';
import type { LintPhone } from './phones.ts';
import type { Rehearsal, Step } from './rehearse.ts';

/** What one phone does about one file in a check. */
export type Cell = Pick<Step, 'why' | 'result' | 'code'>;

/** Who fetches what, and why: a row a file, a cell a phone. */
export interface Matrix {
  readonly phones: readonly (LintPhone & { readonly provisioningFile: string; readonly served: boolean })[];
  readonly rows: readonly {
    readonly section: SectionName;
    /** As it is asked for; `SIP<MAC>.cfg` for each phone's own. */
    readonly file: string;
    readonly sizeBytes: number | null;
    /** In the order of the phones; null: its provisioning file does not name this one. */
    readonly cells: readonly (Cell | null)[];
  }[];
}

/** Rows in the order in which phones come to the files. */
export function matrixOf(rehearsals: readonly Rehearsal[]): Matrix {
  const rows = new Map<
    string,
    { section: SectionName; file: string; sizeBytes: number | null; cells: (Cell | null)[] }
  >();
  for (const [index, { steps }] of rehearsals.entries()) {
    for (const { section, file, sizeBytes, why, result, code } of steps) {
      const place = placeOf(file);
      const key = `${section}\n${place}`;
      const row = rows.get(key) ?? {
        section,
        file: place,
        sizeBytes: null,
        cells: rehearsals.map(() => null),
      };
      rows.set(key, row);
      row.sizeBytes ??= place === file ? (sizeBytes ?? null) : null;
      // The check after a restart finds new firmware no longer newer: what it did first is what counts.
      if ((row.cells[index] ?? null) === null || row.cells[index]?.result === 'skipped') {
        row.cells[index] = { why, result, ...(code !== undefined && { code }) };
      }
    }
  }
  const phones = rehearsals.map(({ phone, provisioningFile, served }) => ({
    ...phone,
    provisioningFile,
    served,
  }));
  return { phones, rows: [...rows.values()] };
}
