import type { PhoneStory, Result, ScenarioResult } from './result.ts';

// A result as its file holds it. Over sockets no run takes as long as another, nor has the same ports: what
// depends on that stands under `environment`, so that all else can be compared byte by byte.

/** The result as it is written. */
export function storedResult(result: Result): Result {
  const measured = result.scenarios.filter(isOverSockets);
  if (measured.length === 0) return result;
  const overSockets = Object.fromEntries(measured.map((scenario) => [scenario.id, scenario]));
  return {
    ...result,
    scenarios: result.scenarios.map((one) => (isOverSockets(one) ? withoutMeasures(one) : one)),
    environment: { ...result.environment, overSockets },
  };
}

/** The result as it was before it was written. */
export function restoredResult(result: Result): Result {
  const { overSockets, ...environment } = result.environment;
  if (overSockets === undefined) return result;
  return {
    ...result,
    scenarios: result.scenarios.map((one) => overSockets[one.id] ?? one),
    environment,
  };
}

function isOverSockets({ time }: ScenarioResult): boolean {
  return time !== 'virtual';
}

const nothingTold: PhoneStory = {
  states: [],
  phases: [],
  dnd: [],
  screens: [],
  transfers: [],
  lines: [],
  left: 0,
};

function withoutMeasures(scenario: ScenarioResult): ScenarioResult {
  return {
    ...scenario,
    expectations: scenario.expectations.map((one) => ({ ...one, found: '', at: 0, facts: [] })),
    phones: scenario.phones.map((phone) => ({ ...phone, outcome: null, story: nothingTold })),
  };
}
