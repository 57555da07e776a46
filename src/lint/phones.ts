import { type Model, models } from '../provisioning/words.ts';

/** What flash holds of the tree: nothing, or all that a first check brings. */
export const storedStates = ['nothing', 'current'] as const;
export type StoredState = (typeof storedStates)[number];

/** A phone whose checks are rehearsed. */
export interface LintPhone {
  readonly model: Model;
  /** The load it runs before its first check. */
  readonly software: string;
  readonly stored: StoredState;
  /** 12 upper-case hex digits. */
  readonly mac: string;
}

/** Every combination, in the order of the lists. */
export function phonesOf(of: {
  readonly models?: readonly Model[];
  readonly software: readonly string[];
  readonly stored: readonly StoredState[];
  readonly macs: readonly string[];
}): readonly LintPhone[] {
  return (of.models ?? models).flatMap((model) =>
    of.software.flatMap((software) =>
      of.stored.flatMap((stored) => of.macs.map((mac) => ({ model, software, stored, mac }))),
    ),
  );
}
