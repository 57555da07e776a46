import type { Severity } from '../provisioning/words.ts';

/** What there is to know about one kind of finding, whatever file it is in. */
export interface RuleText {
  /** What is found, as a headline. */
  readonly what: string;
  /** What a phone makes of it, and why that hurts. */
  readonly why: string;
  /** Where this is known from: manual and page, field, or "assumed". */
  readonly source: string;
  readonly mend: string;
  /** `--fix` mends it. */
  readonly fixable?: true;
}

/** A rule with its severity. */
export interface Rule extends RuleText {
  readonly severity: Severity;
}
