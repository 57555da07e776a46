import type { FlashChange } from '../events/phone-event.ts';
import { commit } from './commit.ts';
import type { PhoneUnit } from './phone-unit.ts';

export interface WriteOrder {
  readonly unit: PhoneUnit;
  readonly changes: readonly FlashChange[];
}

/** Flash could not be written; the fact is told already. */
export class FlashWriteError extends Error {
  override readonly name = 'FlashWriteError';
}

/** Writes to flash, or throws `FlashWriteError`. */
export function writeFlash({ unit, changes }: WriteOrder): void {
  if (!commit(unit, changes)) throw new FlashWriteError('flash could not be written');
}
