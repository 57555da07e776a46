import { baselineHolds, type Regressions, sayRegressions } from './baseline.ts';
import { figureText } from './figure-text.ts';
import type { FleetResult } from './result.ts';
import type { FleetTable, TableRow } from './tables.ts';

/** What decided about the verdict, or would have. */
export function verdictTable({ thresholds, limits, regressions }: FleetResult): FleetTable {
  return {
    title: 'What had to hold',
    columns: [{ title: 'Verdict' }, { title: 'Threshold or limit' }, { title: 'Found' }],
    head: 1,
    rows: [
      ...thresholds.map(({ threshold, found, unit, holds }) => {
        const seen = found === null ? 'nothing measured' : figureText(found, unit);
        return verdictRow(holds, threshold, seen);
      }),
      ...limits.map(({ name, says, holds }) => verdictRow(holds, name.replaceAll('-', ' '), says)),
      ...(regressions === null ? [] : baselineRows(regressions)),
    ],
  };
}

function baselineRows(regressions: Regressions): readonly TableRow[] {
  const holds = baselineHolds(regressions);
  return sayRegressions(regressions).map((one) => verdictRow(holds, 'baseline', one));
}

function verdictRow(holds: boolean, what: string, found: string): TableRow {
  return { cells: [holds ? 'holds' : 'does not hold', what, found], tone: holds ? 'good' : 'bad' };
}
