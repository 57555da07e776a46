import { protocols } from '../../provisioning/words.ts';
import { type JsonReading, parseJson, readJson } from '../stored-json.ts';
import { Distribution } from './distribution.ts';
import { countedPerSecond } from './figures.schema.ts';
import type { StoredDistribution } from './figures.ts';
import { fleetResultSchema } from './result.schema.ts';
import { FLEET_RESULT_VERSION, type FleetResult } from './result.ts';
import { totalOfSeconds } from './second-counts.ts';

const WRITTEN_BY = 'deskphone fleet --report json=FILE';

/** Reads the file of `fleet --report json=FILE` or of `merge`. Never throws. */
export function readFleetResult(text: string): JsonReading<FleetResult> {
  const parsed = parseJson(text, WRITTEN_BY);
  return 'problems' in parsed ? parsed : readFleetJson(parsed.json);
}

/** JSON as the result of a fleet; its histograms and counts by second can be read too. */
export function readFleetJson(json: unknown): JsonReading<FleetResult> {
  const reading = readJson(json, {
    type: 'fleet-result',
    version: FLEET_RESULT_VERSION,
    schema: fleetResultSchema,
    writtenBy: WRITTEN_BY,
  });
  if ('problems' in reading) return reading;
  const broken = [...brokenHistograms(reading.value), ...brokenSeconds(reading.value)];
  return broken.length === 0 ? reading : { problems: broken.slice(0, BROKEN_MAX) };
}

const BROKEN_MAX = 10;

function brokenHistograms({ figures }: FleetResult): readonly string[] {
  const { jobs, files, dnd, release, latencyOverTime } = figures;
  const ofJobs = each(jobs, 'figures.jobs', (job, path) => [
    ...brokenIn(`${path}.latency`, job.latency),
    ...brokenIn(`${path}.service`, job.service),
    ...brokenIn(`${path}.lateness`, job.lateness),
  ]);
  const ofFiles = each(files, 'figures.files', (file, path) => [
    ...brokenIn(`${path}.connect`, file.connect),
    ...brokenIn(`${path}.firstByte`, file.firstByte),
    ...brokenIn(`${path}.service`, file.service),
    ...brokenIn(`${path}.latency`, file.latency),
  ]);
  const overTime = each(latencyOverTime, 'figures.latencyOverTime', (bin, path) => brokenIn(path, bin, 1));
  const ofRelease = release === null ? [] : brokenIn('figures.release.reached', release.reached);
  return [...ofJobs, ...ofFiles, ...brokenIn('figures.dnd', dnd), ...ofRelease, ...overTime];
}

/** What is counted by second is what is counted by bin. */
function brokenSeconds({ figures: { perSecond, overTime } }: FleetResult): readonly string[] {
  return countedPerSecond.flatMap((counted) =>
    protocols.flatMap((protocol) => {
      const stored = perSecond?.[counted][protocol];
      if (stored === undefined) return [];
      const expected = (overTime[counted][protocol] ?? []).reduce((sum, count) => sum + count, 0);
      const found = totalOfSeconds(stored);
      if (found === expected) return [];
      const says = found === undefined ? 'cannot be read' : `${found} in all; expected ${expected}`;
      return [`figures.perSecond.${counted}.${protocol}: is not what it was: ${says}`];
    }),
  );
}

/** Of a record of records: what is said of each, with where it stands. */
function each<T>(
  table: Readonly<Record<string, Readonly<Record<string, T>>>>,
  path: string,
  say: (value: T, path: string) => readonly string[],
): readonly string[] {
  return Object.entries(table).flatMap(([outer, inner]) =>
    Object.entries(inner).flatMap(([key, value]) => say(value, `${path}.${outer}.${key}`)),
  );
}

function brokenIn(path: string, stored: StoredDistribution, digits: 1 | 3 = 3): readonly string[] {
  try {
    Distribution.from(stored, digits);
    return [];
  } catch (error) {
    return [`${path}.hdr: is not what it was: ${error instanceof Error ? error.message : String(error)}`];
  }
}
