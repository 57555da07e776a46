import { durationText, shareText } from '../figure-text.ts';
import type { GeneratorReport, HealthOverTime } from '../result.ts';
import type { Chart } from './chart.ts';
import { marksOf } from './fleet-charts.ts';

const US_A_MS = 1_000;

/** How the generator fared over time, its worst worker at each moment; a moment alone is no line. */
export function generatorCharts(generators: readonly GeneratorReport[]): readonly Chart[] {
  const workers = generators.flatMap(({ workers }) => workers.flatMap(({ overTime }) => overTime ?? []));
  const stretchMs = Math.max(0, ...workers.map((one) => one.stretchMs));
  const worst = (of: (one: HealthOverTime) => readonly number[]) =>
    worstOf(workers.map((one) => inStretches(of(one), stretchMs / one.stretchMs)));
  const delays = worst(({ loopDelayMs }) => loopDelayMs);
  if (delays.length < 2) return [];
  const places = delays.map((_, place) => place * stretchMs * US_A_MS);
  const axis = { places, sayPlace: durationText, marks: marksOf(places), kind: 'lines' as const };
  const inUs = (values: readonly number[]) => values.map((ms) => Math.round(ms * US_A_MS));
  return [
    {
      ...axis,
      title: 'Generator: how late it was',
      says: 'The worst worker at each moment, by the time of its machine: turns of its event loop, and phones that began after they were due.',
      sayValue: durationText,
      lines: [
        { name: 'event loop', values: inUs(delays) },
        { name: 'starts of phones', values: inUs(worst(({ latestStartMs }) => latestStartMs)) },
      ],
    },
    {
      ...axis,
      title: 'Generator: how busy it was',
      says: 'Share of the time in which the busiest worker was at work. What stays near 100% is a generator at its end.',
      sayValue: shareText,
      lines: [{ name: 'busiest worker', values: worst(({ busyShare }) => busyShare) }],
    },
  ];
}

/** Each `perStretch` values as the worst of them. */
function inStretches(values: readonly number[], perStretch: number): readonly number[] {
  return Array.from({ length: Math.ceil(values.length / perStretch) }, (_, place) =>
    Math.max(...values.slice(place * perStretch, (place + 1) * perStretch)),
  );
}

function worstOf(all: readonly (readonly number[])[]): readonly number[] {
  const length = Math.max(0, ...all.map((one) => one.length));
  return Array.from({ length }, (_, place) => Math.max(...all.map((one) => one[place] ?? 0)));
}
