import type { MetricUnit } from './metric.ts';
import { metrics } from './metric.ts';
import type { FleetResult } from './result.ts';
import type { Search } from './search.ts';

/** What a spreadsheet is told a number is. */
const unitNames: Readonly<Record<MetricUnit, string>> = {
  duration: 'ms',
  share: 'share',
  factor: 'factor',
  bytes: 'bytes',
  count: '',
};

const US_A_MS = 1_000;

/**
 * Every figure of a fleet as CSV (RFC 4180): its name as in a threshold, the value, the unit. Of a search the
 * loads and what was seen at each stand first.
 */
export function fleetCsv({ figures, search }: FleetResult): string {
  const rows = [...metrics.values()].flatMap(({ name, unit, read }) => {
    const found = read(figures);
    if (found === undefined) return [];
    return [[name, String(unit === 'duration' ? found / US_A_MS : found), unitNames[unit]]];
  });
  const searched = search === undefined ? [] : searchRows(search);
  return [['metric', 'value', 'unit'], ...searched, ...rows].map((row) => `${row.join(',')}\r\n`).join('');
}

function searchRows({ varied, max, missedAt, probes }: Search): readonly (readonly string[])[] {
  const row = (name: string, value: number | null, unit: string) =>
    value === null ? [] : [[`search.${name}`, String(value), unit]];
  return [
    ...row('max', max, varied),
    ...row('missedAt', missedAt, varied),
    ...probes.flatMap(({ load, verdict, bootP95Us, errorShare }, index) => [
      ...row(`${index + 1}.load`, load, varied),
      ...row(`${index + 1}.holds`, verdict === 'passed' ? 1 : 0, ''),
      ...row(`${index + 1}.boot.latency.p95`, bootP95Us === null ? null : bootP95Us / US_A_MS, 'ms'),
      ...row(`${index + 1}.errors.rate`, errorShare, 'share'),
    ]),
  ];
}
