import { commit } from './commit.ts';
import type { PhoneUnit } from './phone-unit.ts';

// What a user leaves in flash, apart from what checks bring.

/** The user's own Do Not Disturb: kept apart from the update's. */
export function setUserDnd(unit: PhoneUnit, on: boolean): void {
  if (unit.setup.flash.read().userDnd === on) return;
  if (!commit(unit, [{ change: 'user-dnd', on }])) return;
  unit.record({ type: on ? 'dnd.enabled' : 'dnd.disabled', by: 'user' });
}

/** Who is logged in; null: nobody. */
export function keepUser(unit: PhoneUnit, user: string | null): void {
  if (unit.setup.flash.read().user !== user) commit(unit, [{ change: 'user', user }]);
}
