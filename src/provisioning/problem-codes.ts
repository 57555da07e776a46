import type { Severity } from './words.ts';

interface ProblemCode {
  readonly severity: Severity;
  /** What it means and what to do about it, one or two sentences. */
  readonly says: string;
}

/** Every code a problem can carry beside the transfer and refusal codes of `events/`, with its severity. Codes never change. */
export const problemCodes = {
  LINE_TOO_LONG: {
    severity: 'error',
    says: 'A line of more than 80 bytes: the phone stops reading the file there (S41 p30). Shorten it; comments count.',
  },
} as const satisfies Record<string, ProblemCode>;

export type ProblemCodeName = keyof typeof problemCodes;
