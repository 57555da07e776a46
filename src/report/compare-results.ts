import { comparePhone, differencesOf, type Pair } from './compare.ts';
import type { Result, ScenarioResult } from './result.ts';

/** Two runs of scenarios: each scenario by its id, each of its phones by its name. */
export function compareResults(a: Result, b: Result): Pair[] {
  return together(a.scenarios, b.scenarios, ({ id }) => id).flatMap(([id, inA, inB]) => [
    compareStory(id, inA, inB),
    ...(inA === undefined || inB === undefined ? [] : comparePhones(inA, inB)),
  ]);
}

/** Ids of scenarios that ran with another seed: what they draw may differ by it alone. */
export function otherSeeds(a: Result, b: Result): string[] {
  return together(a.scenarios, b.scenarios, ({ id }) => id).flatMap(([id, inA, inB]) =>
    inA === undefined || inB === undefined || inA.seed === inB.seed ? [] : [id],
  );
}

function compareStory(name: string, a: ScenarioResult | undefined, b: ScenarioResult | undefined): Pair {
  const differences = differencesOf(storyWords(a), storyWords(b));
  const differs = differences.length > 0;
  return { name, differs, timed: true, a: null, b: null, requests: [], differences };
}

function storyWords(scenario: ScenarioResult | undefined): ReadonlyMap<string, string> {
  if (scenario === undefined) return new Map();
  const unmet = scenario.expectations
    .filter(({ holds }) => !holds)
    .map(({ word, phone, expected }): [string, string] => [
      `${word}${phone === null ? '' : ` of ${phone}`}`,
      `expected ${expected}, did not hold`,
    ]);
  return new Map([['scenario', scenario.verdict], ...unmet]);
}

function comparePhones(a: ScenarioResult, b: ScenarioResult): Pair[] {
  const timed = (a.time === 'virtual') === (b.time === 'virtual');
  return together(a.phones, b.phones, ({ name }) => name).map(([phone, inA, inB]) => {
    const name = `${a.id}: ${phone}`;
    return comparePhone({ name, timed }, inA?.outcome ?? null, inB?.outcome ?? null);
  });
}

/** In the order of A, and what only B has behind it. */
function together<T>(
  a: readonly T[],
  b: readonly T[],
  nameOf: (one: T) => string,
): (readonly [name: string, a: T | undefined, b: T | undefined])[] {
  const inA = new Map(a.map((one) => [nameOf(one), one]));
  const inB = new Map(b.map((one) => [nameOf(one), one]));
  return [...new Set([...inA.keys(), ...inB.keys()])].map((name) => [name, inA.get(name), inB.get(name)]);
}
