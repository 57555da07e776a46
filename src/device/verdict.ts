import type { RefusalCode } from '../events/refusal-code.ts';
import type { Problem } from '../provisioning/problem.ts';
import type { ReceivedFile } from './received-file.ts';

/** Whether a phone takes a file that arrived, and what there is to say about it. */
export type Verdict = Acceptance | Refusal;

export interface Acceptance {
  readonly verdict: 'accepted';
  readonly problems: readonly Problem[];
  /**
   * What goes into flash in place of the file as it came: settings without signature, an opened key store.
   */
  readonly keeps?: ReceivedFile;
}

export interface Refusal {
  readonly verdict: 'refused';
  readonly code: RefusalCode;
  readonly message: string;
}

/** The file cannot be judged before the user has answered; then it is verified again, with the answer. */
export interface Asking {
  readonly verdict: 'asks';
  readonly question: Question;
}

/**
 * What is asked about a file, and what counts as an answer. `accept-fingerprint`: `yes`, everything else is
 * No; `enter-fingerprint`: the fingerprint, whatever parts its digits; `pkcs12-password`: the password, which
 * may be empty. Texts are ours.
 */
export interface Question {
  readonly kind: 'accept-fingerprint' | 'enter-fingerprint' | 'pkcs12-password';
  /** As the section names it. */
  readonly file: string;
  readonly text: string;
  /**
   * SHA-1 in upper-case hex, pairs parted by colons. Only what is shown has it: entering it proves knowledge.
   */
  readonly fingerprint?: string;
}

export const accepted: Acceptance = { verdict: 'accepted', problems: [] };

export function acceptedWith(...problems: readonly Problem[]): Acceptance {
  return { verdict: 'accepted', problems };
}

export function refuse(code: RefusalCode, message: string): Refusal {
  return { verdict: 'refused', code, message };
}

/** The verdict when no answer came in time. Assumed: as good as No. */
export function refuseUnanswered(question: Question): Refusal {
  return refuse('NOT_CONFIRMED', `${question.file}: nobody answered "${question.text}"`);
}
