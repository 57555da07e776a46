import { commit } from './commit.ts';
import type { PhoneUnit } from './phone-unit.ts';

/** The user's own Do Not Disturb: kept in flash, apart from the update's. */
export function setUserDnd(unit: PhoneUnit, on: boolean): void {
  if (unit.setup.flash.read().userDnd === on) return;
  if (!commit(unit, [{ change: 'user-dnd', on }])) return;
  unit.record({ type: on ? 'dnd.enabled' : 'dnd.disabled', by: 'user' });
}
