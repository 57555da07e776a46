import type { QuirkName } from '../../src/provisioning/quirks.ts';

/** One thing a phone does, the tests that prove it, and how to make it untrue. */
export interface Rule {
  /** Stable, unique: subject first (`due-newer`). */
  readonly id: string;
  /** What the phone does, in a sentence or two. */
  readonly says: string;
  /** The switch behind it, where it is *Assumed* and has a choice. */
  readonly quirk?: QuirkName | 'customDataMax';
  readonly provenBy: readonly Proof[];
  /** Where it can be broken in more than one way, each of them. */
  readonly inverted: Mutation | readonly [Mutation, ...Mutation[]];
}

/** Tests of one file, by their titles or a part of them that only they have. */
export interface Proof {
  readonly file: string;
  readonly titles: readonly string[];
}

/** A piece of a source file that stands there once, and what makes the rule untrue in its place. */
export interface Mutation {
  readonly file: string;
  readonly text: string;
  readonly by: string;
  /** What a phone then does, in a few words; where it has more to say than that the rule does not hold. */
  readonly as?: string;
}

/** A mutation that knows its rule. */
export interface MutationOfRule extends Mutation {
  readonly rule: Rule;
  /** Unique: the rule's id, and behind it the number of every mutation but the first. */
  readonly key: string;
}

/** Rules of one subject. */
export interface RuleGroup {
  readonly title: string;
  /** A sentence above the table. */
  readonly about?: string;
  readonly rules: readonly Rule[];
}

/** `proof('test/phone/check.test.ts')('title', ...)`, with a name for the file. */
export function proof(file: string): (...titles: readonly [string, ...string[]]) => Proof {
  return (...titles) => ({ file, titles });
}

/** `mutation('src/...')('text', 'its replacement')`, with a name for the file. */
export function mutation(file: string): (text: string, by: string, as?: string) => Mutation {
  return (text, by, as) => ({ file, text, by, ...(as !== undefined && { as }) });
}

/** Every way to make a rule untrue. */
export function mutationsOf(rule: Rule): readonly MutationOfRule[] {
  const mutations = 'file' in rule.inverted ? [rule.inverted] : rule.inverted;
  return mutations.map((one, index) => ({
    ...one,
    rule,
    key: index === 0 ? rule.id : `${rule.id}/${index + 1}`,
  }));
}
