export type { JournalEntry } from './events/journal.ts';
export type { Outcome } from './report/outcome.ts';
export type { ExpectationResult, ScenarioResult } from './report/result.ts';
export { type DefinedRun, defineScenario, runDefined as runScenario } from './scenario/define-scenario.ts';
export {
  type ExpectationInput,
  type LivePhone,
  PhoneError,
  type PhoneSurroundings,
  powerOn,
  type StepInput,
} from './scenario/live-phone.ts';
export type { ScenarioInput } from './scenario/scenario.ts';
export { ScenarioError } from './scenario/scenario-problem.ts';
