import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { figuresSchema } from '../../src/report/fleet/figures.schema.ts';
import type { FleetFigures } from '../../src/report/fleet/figures.ts';
import { writeFiles } from '../scenario/scenario-file.ts';

/** The figures that a run of `fleet` wrote, and the whole text beside them. */
export interface WrittenResult {
  readonly figures: FleetFigures;
  readonly text: string;
}

/** Where a run may write its result: the words that say so, and what then stands there. */
export function resultFile(): { readonly words: readonly string[]; read(): WrittenResult } {
  const file = join(dirname(writeFiles({ empty: '' })), 'result.json');
  return {
    words: ['--report', `json=${file}`],
    read: () => {
      const text = readFileSync(file, 'utf8');
      return { figures: z.object({ figures: figuresSchema }).parse(JSON.parse(text)).figures, text };
    },
  };
}
