import { countText, durationText, shareText } from '../figure-text.ts';
import { type Search, sayLoad } from '../search.ts';
import type { Chart } from './chart.ts';

/** As many as have room below the axis. */
const MARKS_MAX = 7;

/** What the probes of a search saw, over their load; one load alone is no line. */
export function searchCharts({ varied, probes }: Search): readonly Chart[] {
  const byLoad = probes.toSorted((a, b) => a.load - b.load);
  if (byLoad.length < 2) return [];
  const places = byLoad.map(({ load }) => load);
  const axis = {
    places,
    sayPlace: countText,
    marks: spread(places),
    kind: 'lines' as const,
  };
  const [least, most] = [places.at(0) ?? 0, places.at(-1) ?? 0].map((load) => sayLoad({ varied, load }));
  return [
    {
      ...axis,
      title: 'Boots over load',
      says: `95 % of the boots that ended took so long or less, from when they were due: ${least} to ${most}.`,
      sayValue: durationText,
      lines: [{ name: 'boot p95', values: byLoad.map(({ bootP95Us }) => bootP95Us ?? undefined) }],
    },
    {
      ...axis,
      title: 'Errors over load',
      says: `Share of the files asked for that failed by the server's doing: ${least} to ${most}.`,
      sayValue: shareText,
      lines: [{ name: 'errors', values: byLoad.map(({ errorShare }) => errorShare) }],
    },
  ];
}

/** Places that lie apart: those of a bisection crowd where it ends. */
function spread(places: readonly number[]): readonly number[] {
  const apart = ((places.at(-1) ?? 0) - (places.at(0) ?? 0)) / MARKS_MAX;
  const marks: number[] = [];
  for (const place of places) {
    const last = marks.at(-1);
    if (last === undefined || place - last >= apart) marks.push(place);
  }
  return marks;
}
