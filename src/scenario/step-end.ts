import type { StagePhone } from './stage.ts';

/** A step that could not be done. */
export interface StepFailure {
  readonly expected: string;
  readonly found: string;
  /** The MAC of the phone it failed with. */
  readonly phone?: string;
}

export type StepEnd = 'done' | 'interrupted' | StepFailure;

/** Phones as a scenario calls them. */
export function sayNames(phones: readonly StagePhone[]): string {
  return phones.map((phone) => phone.case.name).join(', ');
}
