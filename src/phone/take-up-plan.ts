import { TransportError } from '../transport/transport.ts';
import * as facts from './check-facts.ts';
import { planOrder } from './check-orders.ts';
import type { CheckOutput, CheckProgress } from './check-progress.ts';
import { firstTurn } from './check-turn.ts';
import { fetchPlan } from './fetch-plan.ts';
import { tell } from './told.ts';

/** How a check comes out that has no provisioning file to go by. */
export const withoutPlan: CheckOutput = { result: 'no-provisioning-file', restart: 'none' };

/**
 * The first of a check's work: its provisioning file is fetched, and the first section taken up. Undefined,
 * and told: there is none to go by, since it did not arrive or was refused.
 */
export async function takeUpPlan(progress: CheckProgress): Promise<CheckProgress | undefined> {
  try {
    const plan = await fetchPlan(planOrder(progress));
    if (plan.refusal === undefined) return firstTurn(progress, plan.sections);
    tell(progress.unit, facts.planRefused(progress, plan));
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    tell(progress.unit, facts.transferFailed(progress, error, 'provisioning-file'));
  }
  return undefined;
}
