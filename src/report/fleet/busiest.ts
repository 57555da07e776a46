import { type Protocol, protocols } from '../../provisioning/words.ts';
import type { FleetFigures } from './figures.ts';
import { meanLevels } from './time-grid.ts';

const US_A_SECOND = 1_000_000;

/** What is counted over time, bin by bin. */
type Counted = 'requests' | 'connections';

/**
 * How many there were in the busiest second, over one protocol or all; in a run so long that its bins are
 * longer, a second of the busiest bin. undefined: none at all.
 */
export function busiestSecond(
  { overTime, binUs }: FleetFigures,
  counted: Counted,
  protocol: Protocol | undefined,
): number | undefined {
  const series = chosen(overTime[counted], protocol);
  if (series.length === 0) return undefined;
  const binsASecond = Math.max(1, Math.round(US_A_SECOND / binUs));
  const seconds: number[] = [];
  for (const counts of series) {
    for (const [bin, count] of counts.entries()) {
      const second = Math.floor(bin / binsASecond);
      seconds[second] = (seconds[second] ?? 0) + count;
    }
  }
  const most = seconds.reduce((highest, count) => Math.max(highest, count ?? 0), 0);
  return Math.ceil((most * US_A_SECOND) / (binsASecond * binUs));
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
