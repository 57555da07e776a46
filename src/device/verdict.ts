import type { RefusalCode } from '../events/refusal-code.ts';
import type { Problem } from '../provisioning/problem.ts';

/** Whether a phone takes a file that arrived, and what there is to say about it. */
export type Verdict = Acceptance | Refusal;

export interface Acceptance {
  readonly verdict: 'accepted';
  readonly problems: readonly Problem[];
}

export interface Refusal {
  readonly verdict: 'refused';
  readonly code: RefusalCode;
  readonly message: string;
}

export const accepted: Acceptance = { verdict: 'accepted', problems: [] };

export function acceptedWith(...problems: readonly Problem[]): Acceptance {
  return { verdict: 'accepted', problems };
}

export function refuse(code: RefusalCode, message: string): Refusal {
  return { verdict: 'refused', code, message };
}
