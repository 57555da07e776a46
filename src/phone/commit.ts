import { changeFlash } from '../device/change-flash.ts';
import type { FlashChange } from '../events/phone-event.ts';
import { problem } from '../provisioning/problem-codes.ts';
import type { PhoneUnit } from './phone-unit.ts';
import { toldProblem } from './told.ts';
import type { FlashBody } from './world.ts';

/**
 * Writes changes to flash in one atomic step and tells them. False, and told, when flash could not be
 * written: what it held is still there.
 */
export function commit(
  unit: PhoneUnit,
  changes: readonly FlashChange[],
  bodies: readonly FlashBody[] = [],
): boolean {
  if (changes.length === 0) return true;
  const { flash } = unit.setup;
  const changed = changeFlash(flash.read(), changes);
  try {
    flash.write(changed, bodies);
  } catch (error) {
    // A flash that fails says so with a code; anything else is our mistake.
    if (!(error instanceof Error && 'code' in error)) throw error;
    unit.record({ type: 'flash.failed', message: error.message });
    const message = 'flash could not be written: what it held is still there';
    unit.record(toldProblem(problem('FLASH', { message })));
    return false;
  }
  unit.record({ type: 'flash.written', changes: [...changes] });
  return true;
}
