import { expect, test } from 'vitest';
import { generatorCharts } from '../../../../src/report/fleet/html/generator-charts.ts';
import type { HealthOverTime } from '../../../../src/report/fleet/result.ts';
import { aGenerator } from '../a-fleet-result.ts';

function generatorOf(...all: readonly (HealthOverTime | undefined)[]) {
  const [worker] = aGenerator().workers;
  if (worker === undefined) throw new Error('A generator has no worker');
  return aGenerator({ workers: all.map((overTime) => ({ ...worker, ...(overTime && { overTime }) })) });
}

test('the worst worker of all machines is drawn, whatever the length of their stretches', () => {
  const charts = generatorCharts([
    generatorOf({
      stretchMs: 1_000,
      loopDelayMs: [1, 9, 3],
      latestStartMs: [0, 0, 8],
      busyShare: [0.1, 0.2, 1],
    }),
    generatorOf(
      { stretchMs: 2_000, loopDelayMs: [4, 4], latestStartMs: [5, 0], busyShare: [0.5, 0.5] },
      undefined,
    ),
  ]);
  expect(charts.map(({ title, places, lines }) => ({ title, places, lines }))).toEqual([
    {
      title: 'Generator: how late it was',
      places: [0, 2_000_000],
      lines: [
        { name: 'event loop', values: [9_000, 4_000] },
        { name: 'starts of phones', values: [5_000, 8_000] },
      ],
    },
    {
      title: 'Generator: how busy it was',
      places: [0, 2_000_000],
      lines: [{ name: 'busiest worker', values: [0.5, 1] }],
    },
  ]);
});

test('a run of one stretch, and a result without any, have none', () => {
  const one = { stretchMs: 1_000, loopDelayMs: [1], latestStartMs: [0], busyShare: [1] };
  expect([generatorCharts([generatorOf(one)]), generatorCharts([aGenerator()])]).toEqual([[], []]);
});
