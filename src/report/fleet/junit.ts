import { type JunitCase, junitReport } from '../junit.ts';
import { baselineHolds, type Regressions, sayRegressions } from './baseline.ts';
import { figureText, shareText } from './figure-text.ts';
import type { FleetResult, PhoneLimit, ThresholdResult } from './result.ts';
import { type Search, sayLoad, sayProbe, saySearch } from './search.ts';
import { sayUnmet } from './threshold.ts';

/**
 * A run of a fleet as JUnit: a case for each threshold and each limit of phones, one for the baseline, one
 * for a search, and one for the generator, which is an error when the run is invalid.
 */
export function fleetJunit(result: FleetResult): string {
  const { title, thresholds, limits, regressions, search } = result;
  const cases = [
    generatorCase(result),
    ...(search === undefined ? [] : [searchCase(search, title)]),
    ...thresholds.map((one) => thresholdCase(one, title)),
    ...limits.map((one) => limitCase(one, title)),
    ...(regressions === null ? [] : [baselineCase(regressions, title)]),
  ];
  return junitReport('deskphone fleet', [{ name: title, cases }]);
}

/** Without a good generator nothing else says anything. */
function generatorCase({ verdict, why, title, environment }: FleetResult): JunitCase {
  const timeMs = Math.max(0, ...environment.generators.map(({ tookMs }) => tookMs));
  const named = { name: 'the run is valid', className: title, timeMs };
  const [first = 'invalid'] = why;
  return verdict === 'invalid'
    ? { ...named, error: { type: 'invalid', message: first, text: why.join('\n') } }
    : named;
}

/** Its probes are in the output; only that none held is a failure. */
function searchCase(search: Search, className: string): JunitCase {
  const says = saySearch(search);
  const probes = search.probes.map(
    (probe) => `${sayLoad({ ...search, load: probe.load })}: ${sayProbe(probe)}`,
  );
  const named = { name: 'the largest load that holds', className, output: [says, ...probes].join('\n') };
  if (search.ended !== 'first-missed') return named;
  return { ...named, failure: { type: 'search', message: says, text: says } };
}

function thresholdCase(result: ThresholdResult, className: string): JunitCase {
  const { threshold, holds, found, unit } = result;
  const output = found === null ? 'nothing was measured' : `found ${figureText(found, unit)}`;
  const named = { name: threshold, className, output };
  if (holds) return named;
  return { ...named, failure: { type: 'threshold', message: sayUnmet(result), text: sayUnmet(result) } };
}

function limitCase({ name, holds, says }: PhoneLimit, className: string): JunitCase {
  const named = { name, className, output: says };
  return holds ? named : { ...named, failure: { type: 'limit', message: says, text: says } };
}

function baselineCase(regressions: Regressions, className: string): JunitCase {
  const name = `nothing is worse than the baseline by more than ${shareText(regressions.share)}`;
  const said = sayRegressions(regressions);
  const [first = ''] = said;
  if (baselineHolds(regressions)) return { name, className, output: first };
  return { name, className, failure: { type: 'baseline', message: first, text: said.join('\n') } };
}
