export type { ScenarioResult } from './report/result.ts';
export { type DefinedRun, defineScenario, runDefined as runScenario } from './scenario/define-scenario.ts';
export type { ScenarioInput } from './scenario/scenario.ts';
export { ScenarioError } from './scenario/scenario-problem.ts';
