import { parseDialingPlan } from '../provisioning/dialing-plan.ts';
import { Readings } from './readings.ts';
import { type ReceivedFile, wholeOf } from './received-file.ts';
import { acceptedWith, refuse, type Verdict } from './verdict.ts';

/**
 * Whether a file is a dialing plan. Documented: M40 p75, two parts divided by %%. Assumed: without exactly
 * one such line the old plan stays; a rule that cannot be read costs only itself.
 */
export function verifyDialingPlan(file: ReceivedFile): Verdict {
  return verdicts.of({ file }, () => verdictOn(file));
}

const verdicts = new Readings<Verdict>();

function verdictOn(file: ReceivedFile): Verdict {
  const plan = parseDialingPlan(wholeOf(file), file.name);
  if (plan.dividers !== 1) {
    return refuse('WRONG_FORMAT', `${file.name} has ${plan.dividers} lines with %%; a dialing plan has one`);
  }
  return acceptedWith(...plan.problems);
}
