import { countText, durationText, shareText } from './figure-text.ts';
import { type Probe, probeWords, type Search, sayLoad } from './search.ts';
import type { FleetTable, TableRow } from './tables.ts';

/** Every probe of a search, in the order they were made. */
export function searchTable({ varied, probes }: Search): FleetTable {
  return {
    title: 'The search for the largest load',
    columns: [
      { title: 'Probe', align: 'right' },
      { title: 'Load' },
      { title: 'Phones', align: 'right' },
      { title: 'Verdict' },
      { title: 'Boot p95', align: 'right' },
      { title: 'Errors', align: 'right' },
      { title: 'Why', spare: true },
      { title: 'Seed', spare: true },
    ],
    head: 1,
    rows: probes.map((probe, index) => rowOf(probe, index, sayLoad({ varied, load: probe.load }))),
  };
}

/** One that does not hold was looked for: it is no failure. */
function rowOf(
  { phones, verdict, bootP95Us, errorShare, why, seed }: Probe,
  index: number,
  load: string,
): TableRow {
  const cells = [
    String(index + 1),
    load,
    countText(phones),
    probeWords[verdict],
    bootP95Us === null ? '' : durationText(bootP95Us),
    shareText(errorShare),
    why[0] ?? '',
    seed,
  ];
  return { cells, tone: verdict === 'passed' ? 'good' : 'doubtful' };
}
