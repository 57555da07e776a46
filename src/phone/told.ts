import type { Fact, PhoneEvent } from '../events/phone-event.ts';
import type { Problem } from '../provisioning/problem.ts';
import type { PhoneUnit } from './phone-unit.ts';

/** A problem as the fact that tells it. */
export function toldProblem(problem: Problem, check?: number): Fact<'problem.told'> {
  return { type: 'problem.told', ...problem, ...(check !== undefined && { check }) };
}

/** Tells one fact or several, in order. */
export function tell(unit: Pick<PhoneUnit, 'record'>, told: PhoneEvent | readonly PhoneEvent[]): void {
  if ('type' in told) unit.record(told);
  else for (const fact of told) unit.record(fact);
}

/** Tells problems, in order; `check` is the one they came up in. */
export function tellProblems(
  unit: Pick<PhoneUnit, 'record'>,
  problems: readonly Problem[],
  check?: number,
): void {
  for (const problem of problems) unit.record(toldProblem(problem, check));
}
