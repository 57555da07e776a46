import { expect, test } from 'vitest';
import type { Protocol } from '../../../src/provisioning/words.ts';
import type { FleetFigures } from '../../../src/report/fleet/figures.ts';
import { type Chart, chartFigure } from '../../../src/report/fleet/html/chart.ts';
import { fleetCharts } from '../../../src/report/fleet/html/fleet-charts.ts';
import { fleetLoadCsv } from '../../../src/report/fleet/load-csv.ts';
import { FleetTally } from '../../../src/report/fleet/tally.ts';
import { aFleetResult } from './a-fleet-result.ts';

/** So many requests at that moment. */
type Burst = readonly [atMs: number, protocol: Protocol, requests: number];

/** Four in the first second, seven in the second from 61 s, four in the next; none later. */
const bursts: readonly Burst[] = [
  [0, 'tftp', 1],
  [0, 'http', 3],
  [61_500, 'http', 2],
  [61_900, 'http', 5],
  [62_000, 'http', 4],
];
const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;

function figuresOf(endMs: number): FleetFigures {
  const tally = new FleetTally({ measureFromMs: 0 });
  tally.scheduled(0, 0, 'http');
  for (const [atMs, protocol, requests] of bursts) {
    for (let request = 1; request <= requests; request++) {
      const named = { check: 1, section: null, index: null, file: 'f', url: 'u' };
      tally.take(0, atMs, { type: 'file.requested', request, protocol, ...named });
    }
  }
  tally.left(0, endMs, 'rest');
  return tally.figures();
}

function loadChart(figures: FleetFigures): Chart {
  const chart = fleetCharts(figures).find(({ title }) => title === 'Load');
  if (chart === undefined) throw new Error('There is no chart of the load');
  return chart;
}

const lengths: [says: string, endMs: number, pointMs: number, lines: Readonly<Record<string, number[]>>][] = [
  [
    '26 hours, minute by minute',
    1_560 * MINUTE_MS,
    MINUTE_MS,
    {
      'tftp, busiest second': [1, 0, 0],
      'http, busiest second': [3, 7, 0],
      tftp: [1 / 60, 0, 0],
      http: [3 / 60, 11 / 60, 0],
    },
  ],
  [
    'five minutes, two seconds by two',
    5 * MINUTE_MS,
    2_000,
    {
      'tftp, busiest second': [1, 0, 0],
      'http, busiest second': [3, 0, 0],
      tftp: [1 / 2, 0, 0],
      http: [3 / 2, 0, 0],
    },
  ],
  [
    'a week, ten minutes by ten',
    7 * DAY_MS,
    10 * MINUTE_MS,
    {
      'tftp, busiest second': [1, 0, 0],
      'http, busiest second': [7, 0, 0],
      tftp: [1 / 600, 0, 0],
      http: [14 / 600, 0, 0],
    },
  ],
];
test.for(lengths)('the load of %s, and its busiest seconds', ([, endMs, pointMs, lines]) => {
  const chart = loadChart(figuresOf(endMs));
  expect(chart.places[1]).toBe(pointMs * 1_000);
  expect(Object.fromEntries(chart.lines.map(({ name, values }) => [name, values.slice(0, 3)]))).toEqual(
    lines,
  );
});

test('points of less than a second have no busiest one', () => {
  const { places, lines } = loadChart(figuresOf(1.5 * MINUTE_MS));
  expect(places[1]).toBe(400_000);
  expect(lines.map(({ name }) => name)).toEqual(['tftp', 'http']);
  expect(lines[1]?.values[154]).toBe(5 / 0.4);
});

test('a mean that is small is not told as nothing', () => {
  const { sayValue } = loadChart(figuresOf(7 * DAY_MS));
  expect([0, 1 / 600, 0.01, 2.5, 1_500].map(sayValue)).toEqual([
    '0/s',
    '0.0017/s',
    '0.01/s',
    '2.5/s',
    '1,500/s',
  ]);
});

test('a result that was written before seconds were counted has means alone', () => {
  const { perSecond: _, ...older } = figuresOf(1_560 * MINUTE_MS);
  expect(loadChart(older).lines.map(({ name }) => name)).toEqual(['tftp', 'http']);
  expect(fleetLoadCsv(aFleetResult(older))).toBe(
    'fromSeconds,requests,requests.busiest,connections,connections.busiest\r\n',
  );
});

const HEAD = [
  'fromSeconds,requests,requests.busiest,connections,connections.busiest',
  'tftp.requests,tftp.requests.busiest,http.requests,http.requests.busiest',
].join(',');
const tables: [says: string, endMs: number, rows: number, some: readonly string[]][] = [
  ['a minute a row', DAY_MS - 1, 1_440, ['0,4,4,0,0,1,1,3,3', '60,11,7,0,0,0,0,11,7', '120,0,0,0,0,0,0,0,0']],
  [
    'a second a row',
    90_000,
    91,
    ['0,4,4,0,0,1,1,3,3', '61,7,7,0,0,0,0,7,7', '62,4,4,0,0,0,0,4,4', '90,0,0,0,0,0,0,0,0'],
  ],
];
test.for(tables)('the load as a table, %s', ([, endMs, length, some]) => {
  const [head, ...rows] = fleetLoadCsv(aFleetResult(figuresOf(endMs)))
    .trimEnd()
    .split('\r\n');
  expect([head, rows.length]).toEqual([HEAD, length]);
  expect(rows.filter((row) => some.includes(row))).toEqual(some);
});

test('a value between two gaps is drawn as a dot, and the most of a strip is told', () => {
  const { markup } = chartFigure({
    title: 't',
    says: 's',
    places: Array.from({ length: 120 }, (_, place) => place),
    sayPlace: (place) => `at ${place}`,
    marks: [0, 60],
    sayValue: String,
    kind: 'lines',
    lines: [
      { name: 'gaps', values: [5, undefined, 5, 5, undefined, undefined, 5] },
      { name: 'most', values: Array.from({ length: 120 }, (_, at) => at), isMost: true },
    ],
  });
  const dots = [...markup.matchAll(/class="line s0 dot" d="([^"]*)"/g)].map(([, path]) => path);
  expect(dots).toEqual([expect.stringMatching(/^(M[\d.]+ [\d.]+h0){2}$/)]);
  expect(markup).toContain('<title>at 2\ngaps: 5\nmost: 3</title>');
});
