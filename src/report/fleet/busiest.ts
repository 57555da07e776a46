import { type Protocol, protocols } from '../../provisioning/words.ts';
import type { CountedPerSecond, FleetFigures } from './figures.ts';
import { sumOfSeconds } from './second-counts.ts';
import { meanLevels } from './time-grid.ts';

/**
 * How many there were in the busiest second, counted from the start of the run, over one protocol or all.
 * undefined: none at all, or nobody counted by seconds when the result was written.
 */
export function busiestSecond(
  { perSecond }: FleetFigures,
  counted: CountedPerSecond,
  protocol: Protocol | undefined,
): number | undefined {
  if (perSecond === undefined) return undefined;
  const series = chosen(perSecond[counted], protocol);
  return series.length === 0 ? undefined : sumOfSeconds(series).busiest;
}

/** Files on their way at once in the busiest bin, by its mean; undefined: there were none. */
export function busiestSessions(
  { overTime, binUs, endUs }: FleetFigures,
  protocol: Protocol | undefined,
): number | undefined {
  const levels = chosen(overTime.sessions, protocol);
  if (levels.length === 0) return undefined;
  const bins = Math.floor(endUs / binUs) + 1;
  const means = levels.map((level) => meanLevels(level, bins, binUs));
  const most = Array.from({ length: bins }, (_, bin) =>
    means.reduce((sum, mean) => sum + (mean[bin] ?? 0), 0),
  ).reduce((highest, mean) => Math.max(highest, mean), 0);
  return Math.ceil(most);
}

function chosen<T>(
  table: Readonly<Partial<Record<Protocol, T>>>,
  protocol: Protocol | undefined,
): readonly T[] {
  const all = (protocol === undefined ? protocols : [protocol]).map((one) => table[one]);
  return all.filter((series) => series !== undefined);
}
