import type { z } from 'zod';
import type {
  coverageSchema,
  expectationResultSchema,
  phoneResultSchema,
  phoneStorySchema,
  placeSchema,
  resultSchema,
  scenarioResultSchema,
  toldLineSchema,
} from './result.schema.ts';

/** What came of a run of scenarios: the file of `--report json=FILE`. */
export type Result = Readonly<z.infer<typeof resultSchema>>;
/** What came of one scenario, or one variant of its matrix. */
export type ScenarioResult = Readonly<z.infer<typeof scenarioResultSchema>>;
export type ExpectationResult = Readonly<z.infer<typeof expectationResultSchema>>;
export type PhoneResult = Readonly<z.infer<typeof phoneResultSchema>>;
export type PhoneStory = Readonly<z.infer<typeof phoneStorySchema>>;
/** A fact in words, as the timeline has it. */
export type ToldLine = Readonly<z.infer<typeof toldLineSchema>>;
/** What a run took of the statecharts. */
export type Coverage = Readonly<z.infer<typeof coverageSchema>>;
/** Where something stands in a scenario file. */
export type Place = Readonly<z.infer<typeof placeSchema>>;

export const RESULT_VERSION = 1;

/** The file of a run: its scenarios in their order, counted. */
export function resultOf(
  scenarios: readonly ScenarioResult[],
  environment: Result['environment'],
  coverage?: Coverage,
): Result {
  const having = (verdict: ScenarioResult['verdict']) =>
    scenarios.filter((one) => one.verdict === verdict).length;
  const [passed, failed, errors] = [having('passed'), having('failed'), having('error')];
  return {
    type: 'result',
    version: RESULT_VERSION,
    verdict: errors > 0 ? 'error' : failed > 0 || coverage?.enough === false ? 'failed' : 'passed',
    summary: {
      scenarios: scenarios.length,
      passed,
      failed,
      errors,
      expectations: scenarios.reduce((sum, one) => sum + one.expectations.length, 0),
      phones: scenarios.reduce((sum, one) => sum + one.phones.length, 0),
    },
    scenarios: [...scenarios],
    ...(coverage && { coverage }),
    environment,
  };
}
