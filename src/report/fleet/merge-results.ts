import type { Demands, FleetResult, FleetRun } from './result.ts';
import { fleetResult } from './result.ts';
import { mergeFigures } from './tally.ts';
import { parseThreshold, type Threshold } from './threshold.ts';

/** Results of shards as that of their fleet, or why they are not parts of one: a sentence each. */
export type Merging = { readonly result: FleetResult } | { readonly problems: readonly string[] };

/** A result, and what it is called when something is wrong with it: its file. */
export interface NamedResult {
  readonly name: string;
  readonly result: FleetResult;
}

/** Phones of missing shards that are named. */
const NAMED_MAX = 20;

/**
 * Joins results of shards, losslessly and in any order; all of a fleet's together are the result of the one
 * run. Missing shards leave phones unknown, which makes it invalid. Judged by the thresholds of the first.
 */
export function mergeFleetResults(parts: readonly NamedResult[]): Merging {
  const [first] = parts;
  if (first === undefined) return { problems: ['there is nothing to merge'] };
  const problems = [...parts.flatMap((part) => differences(first, part)), ...overlaps(parts)];
  if (problems.length > 0) return { problems };
  return { result: fleetResult(mergedRun(first.result, parts), demandsOf(first.result)) };
}

function mergedRun(first: FleetResult, parts: readonly NamedResult[]): FleetRun {
  const { title, scenario, seed, time, timings, stagger, phones } = first;
  const { of } = first.shards;
  const covered = parts.flatMap(({ result }) => result.shards.covered).toSorted((a, b) => a - b);
  const isWhole = covered.length === of;
  // What the whole has missed, each part has: none ended later.
  const { missed: events = [] } = first;
  const generators = parts.flatMap(({ result }) => result.environment.generators);
  return {
    title,
    scenario,
    seed,
    time,
    timings,
    stagger,
    phones,
    shards: isWhole ? { of: 1, covered: [0] } : { of, covered },
    unknown: isWhole ? null : unknownPhones(phones, of, new Set(covered)),
    figures: mergeFigures(parts.map(({ result }) => result.figures)),
    generators: generators.toSorted((a, b) => a.shard.index - b.shard.index),
    events,
  };
}

/** Phone i is of shard i mod `of`. */
function unknownPhones(
  { count, firstIndex }: FleetResult['phones'],
  of: number,
  covered: ReadonlySet<number>,
): NonNullable<FleetResult['unknown']> {
  const first: number[] = [];
  let phones = 0;
  for (let index = firstIndex; index < firstIndex + count; index++) {
    if (covered.has(index % of)) continue;
    phones += 1;
    if (first.length < NAMED_MAX) first.push(index);
  }
  return { phones, first };
}

/** What parts of one fleet have in common. */
function differences(first: NamedResult, part: NamedResult): string[] {
  const [a, b] = [first.result, part.result];
  const compared: readonly (readonly [what: string, a: string, b: string])[] = [
    ['scenario', a.scenario, b.scenario],
    ['seed', a.seed, b.seed],
    ['time', a.time, b.time],
    ['phones', sayPhones(a), sayPhones(b)],
    ['shards', `${a.shards.of}`, `${b.shards.of}`],
    ['thresholds', sayThresholds(a), sayThresholds(b)],
  ];
  return compared
    .filter(([, inFirst, inPart]) => inFirst !== inPart)
    .map(
      ([what, inFirst, inPart]) =>
        `${part.name}: ${what}: found ${inPart}; expected ${inFirst}, as in ${first.name}`,
    );
}

function sayPhones({ phones }: FleetResult): string {
  return `${phones.count} from ${phones.firstIndex}`;
}

function sayThresholds({ thresholds }: FleetResult): string {
  return thresholds.length === 0 ? 'none' : thresholds.map(({ threshold }) => threshold).join(', ');
}

function overlaps(parts: readonly NamedResult[]): string[] {
  const owners = new Map<number, string>();
  return parts.flatMap(({ name, result }) =>
    result.shards.covered.flatMap((shard) => {
      const owner = owners.get(shard);
      owners.set(shard, owner ?? name);
      return owner === undefined ? [] : [`${name}: has shard ${shard}, which is in ${owner} too`];
    }),
  );
}

/** Parts were judged by the same thresholds, which were read then. */
function demandsOf({ thresholds }: FleetResult): Demands {
  return {
    thresholds: thresholds.flatMap(({ threshold, usual }): Threshold[] => {
      const read = parseThreshold(threshold);
      return 'message' in read ? [] : [{ ...read, ...(usual && { usual }) }];
    }),
  };
}
