import type { z } from 'zod';
import { countedText, durationText, shareText } from './figure-text.ts';
import { metrics } from './metric.ts';
import type { probeSchema, searchSchema } from './result.schema.ts';
import type { FleetResult } from './result.ts';

/** How the largest load that holds was looked for, and what was found. */
export type Search = Readonly<z.infer<typeof searchSchema>>;
export type Probe = Readonly<z.infer<typeof probeSchema>>;

/** A load, and in which figure. */
export interface SearchedLoad extends Pick<Search, 'varied'> {
  readonly load: number;
}

/** What is kept of a run that was a probe. */
export function probeOf(
  load: number,
  { phones, seed, verdict, why, thresholds, figures }: FleetResult,
): Probe {
  const read = (metric: string) => metrics.get(metric)?.read(figures);
  return {
    load,
    phones: phones.count,
    seed,
    verdict,
    why,
    thresholds,
    bootP95Us: read('boot.latency.p95') ?? null,
    errorShare: read('errors.rate') ?? 0,
  };
}

/** What the end of a search says of it as a run. */
const verdictOf: Readonly<Record<Search['ended'], FleetResult['verdict']>> = {
  found: 'passed',
  'no-more-phones': 'passed',
  'first-missed': 'failed',
  generator: 'invalid',
  'too-many-probes': 'invalid',
  interrupted: 'invalid',
};

/** A search as a result: that of the probe that is shown, with all probes and the verdict of the whole. */
export function resultOfSearch(shown: FleetResult, search: Search): FleetResult {
  const verdict = verdictOf[search.ended];
  const why = verdict === 'passed' ? [] : [saySearch(search), ...shown.why];
  return { ...shown, verdict, why, search };
}

/** What came of a search, in one sentence. */
export function saySearch({ varied, ended, max, missedAt, probes }: Search): string {
  const say = (load: number | null) => sayLoad({ varied, load: load ?? 0 });
  const atLeast = max === null ? 'nothing is known' : `at least ${say(max)}`;
  switch (ended) {
    case 'found':
      return `the largest load is ${say(max)}; ${say(missedAt)} did not hold`;
    case 'no-more-phones':
      return `at least ${say(max)}: the fleet has no more phones`;
    case 'first-missed':
      return `${say(missedAt)}, the first probe, did not hold; expected a smaller --find-max-from`;
    case 'generator':
      return `${atLeast}: the generator, not the server, was the limit at ${say(probes.at(-1)?.load ?? null)}`;
    case 'too-many-probes':
      return `${atLeast}${missedAt === null ? '' : `, less than ${say(missedAt)}`}: ${probes.length} probes were not enough`;
    case 'interrupted':
      return `${atLeast}: the search was interrupted`;
  }
}

/** `40 phones`, `12.5 phones a second`, `40 phones at once`. */
export function sayLoad({ varied, load }: SearchedLoad): string {
  const phones = countedText(load, 'phone');
  return { phones, rate: `${phones} a second`, concurrency: `${phones} at once` }[varied];
}

/** What came of a probe, in one line. */
export function sayProbe({ verdict, why, bootP95Us, errorShare }: Probe): string {
  const [first = ''] = why;
  const seen = `boot p95 ${bootP95Us === null ? 'not measured' : durationText(bootP95Us)}, errors ${shareText(errorShare)}`;
  return verdict === 'passed' ? `holds: ${seen}` : `${probeWords[verdict]}: ${seen}; ${first}`;
}

/** The verdict of a probe: that one does not hold is no failure. */
export const probeWords: Readonly<Record<Probe['verdict'], string>> = {
  passed: 'holds',
  failed: 'does not hold',
  invalid: 'invalid',
};
