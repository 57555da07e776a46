import type { Fact, PhoneEvent } from '../events/phone-event.ts';
import type { Problem } from '../provisioning/problem.ts';
import type { PhoneUnit } from './phone-unit.ts';

/** A problem as the fact that tells it. */
export function toldProblem(problem: Problem, check?: number): Fact<'problem.told'> {
  return { type: 'problem.told', ...problem, ...(check !== undefined && { check }) };
}

/** Tells one fact or several, in order. */
export function tell(unit: Pick<PhoneUnit, 'record'>, told: PhoneEvent | readonly PhoneEvent[]): void {
  if (!Array.isArray(told)) unit.record(told as PhoneEvent);
  else for (const fact of told) unit.record(fact);
}
