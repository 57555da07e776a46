import type { Rule } from './rule.ts';

/** Why no scenario can see some rules. */
export interface Unseen {
  /** A word or two. */
  readonly reason: string;
  readonly says: string;
  readonly rules: readonly string[];
}

export const unseen: readonly Unseen[] = [];

/** Why no scenario can see a rule; undefined where one must. */
export function reasonOf({ id }: Rule): string | undefined {
  return unseen.find(({ rules }) => rules.includes(id))?.reason;
}
