import type { QuirkName, Quirks } from '../../src/provisioning/quirks.ts';
import type { Mutation, Proof } from './rule.ts';

/** What a phone does with a switch at one of its values. */
export interface SwitchValue {
  readonly says: string;
  readonly provenBy: readonly Proof[];
  /** Absent for the default, which is broken by giving the switch another one. */
  readonly inverted?: Mutation;
}

/** Every switch at every value: a value without a row does not compile. */
export type SwitchTable = { readonly [N in QuirkName]: { readonly [V in Quirks[N]]: SwitchValue } };
