import { protocols } from '../../provisioning/words.ts';
import { countedPerSecond } from './figures.schema.ts';
import type { CountedPerSecond, FleetFigures } from './figures.ts';
import type { FleetResult } from './result.ts';
import { inStretches, sumOfSeconds } from './second-counts.ts';

const US_A_SECOND = 1_000_000;
const MINUTE_SECONDS = 60;
/** A run of up to an hour is told second by second, a longer one minute by minute. */
const SECONDS_MAX = 3_600;

/**
 * How many requests and connections there were over time, as CSV (RFC 4180): a row a second or a minute, of
 * all protocols and of each, with the busiest second in it. No rows: seconds were not counted when the
 * result was written.
 */
export function fleetLoadCsv({ figures }: FleetResult): string {
  const { perSecond, endUs } = figures;
  const seconds = Math.floor(endUs / US_A_SECOND) + 1;
  const stretchSeconds = seconds <= SECONDS_MAX ? 1 : MINUTE_SECONDS;
  const stretches = perSecond === undefined ? 0 : Math.ceil(seconds / stretchSeconds);
  const columns = countedSeries(perSecond).flatMap(({ name, stored }) => {
    const { totals, busiest } = inStretches(sumOfSeconds(stored).counted(), stretchSeconds, stretches);
    return [
      { name, values: totals },
      { name: `${name}.busiest`, values: busiest },
    ];
  });
  const rows = Array.from({ length: stretches }, (_, stretch) => [
    stretch * stretchSeconds,
    ...columns.map(({ values }) => values[stretch] ?? 0),
  ]);
  const head = ['fromSeconds', ...columns.map(({ name }) => name)];
  return [head, ...rows].map((row) => `${row.join(',')}\r\n`).join('');
}

interface CountedSeries {
  /** As a threshold names it. */
  readonly name: string;
  readonly stored: readonly string[];
}

function countedSeries(perSecond: FleetFigures['perSecond']): CountedSeries[] {
  const of = (counted: CountedPerSecond) =>
    protocols.flatMap((protocol) => {
      const stored = perSecond?.[counted][protocol];
      return stored === undefined ? [] : [{ name: `${protocol}.${counted}`, stored: [stored] }];
    });
  return [
    ...countedPerSecond.map((counted) => ({
      name: counted,
      stored: of(counted).flatMap(({ stored }) => stored),
    })),
    ...countedPerSecond.flatMap(of),
  ];
}
