import type { Fact } from '../events/phone-event.ts';
import type { Problem } from '../provisioning/problem.ts';

/** A problem as the fact that tells it. */
export function toldProblem(problem: Problem, check?: number): Fact<'problem.told'> {
  return { type: 'problem.told', ...problem, ...(check !== undefined && { check }) };
}
