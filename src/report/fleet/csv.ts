import type { MetricUnit } from './metric.ts';
import { metrics } from './metric.ts';
import type { FleetResult } from './result.ts';

/** What a spreadsheet is told a number is. */
const unitNames: Readonly<Record<MetricUnit, string>> = {
  duration: 'ms',
  share: 'share',
  factor: 'factor',
  bytes: 'bytes',
  count: '',
};

const US_A_MS = 1_000;

/** Every figure of a fleet as CSV (RFC 4180): its name as in a threshold, the value, the unit. */
export function fleetCsv({ figures }: FleetResult): string {
  const rows = [...metrics.values()].flatMap(({ name, unit, read }) => {
    const found = read(figures);
    if (found === undefined) return [];
    return [[name, String(unit === 'duration' ? found / US_A_MS : found), unitNames[unit]]];
  });
  return [['metric', 'value', 'unit'], ...rows].map((row) => `${row.join(',')}\r\n`).join('');
}
