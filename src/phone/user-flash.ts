import type { StoredSetting } from '../device/flash-contents.ts';
import { typeSetting } from '../device/settings.ts';
import { meetUser } from '../device/user-profile.ts';
import type { FlashChange } from '../events/phone-event.ts';
import { sectionNames } from '../provisioning/words.ts';
import { commit } from './commit.ts';
import type { PhoneUnit } from './phone-unit.ts';
import { tellProblems } from './told.ts';

// What a user leaves in flash, apart from what checks bring.

/** The user's own Do Not Disturb: kept apart from the update's. */
export function setUserDnd(unit: PhoneUnit, on: boolean): void {
  if (unit.setup.flash.read().userDnd === on) return;
  if (!commit(unit, [{ change: 'user-dnd', on }])) return;
  unit.record({ type: on ? 'dnd.enabled' : 'dnd.disabled', by: 'user' });
}

/** A user is logged in, and has a profile from now on. */
export function keepUser(unit: PhoneUnit, user: string): void {
  commit(unit, meetUser(unit.setup.flash.read(), user));
}

/** Nobody is logged in any more. */
export function forgetUser(unit: PhoneUnit): void {
  if (unit.setup.flash.read().user !== null) commit(unit, [{ change: 'user', user: null }]);
}

/**
 * Documented: M44 p52 and S43 p39, Erase User Data clears the stored versions, so that AUTO downloads again.
 * Assumed: profiles and the user's DND go too; settings received by file and stored files stay.
 */
export function eraseUserData(unit: PhoneUnit): void {
  setUserDnd(unit, false);
  commit(unit, [...versionsErased(unit), ...profilesErased(unit), { change: 'user', user: null }]);
}

/** Everything but the running software (Wazo and XiVO: after it, unchanged versions are downloaded again). */
export function resetToFactory(unit: PhoneUnit): void {
  setUserDnd(unit, false);
  const { files, settings } = unit.setup.flash.read();
  const erased = sectionNames.flatMap((section): FlashChange[] => {
    const names = (files[section] ?? []).map((file) => file.name);
    return names.length === 0 ? [] : [{ change: 'files-erased', section, names }];
  });
  commit(unit, [
    ...versionsErased(unit),
    ...profilesErased(unit),
    ...erased,
    { change: 'settings-erased', names: Object.keys(settings) },
    { change: 'user', user: null },
    { change: 'polled', date: null, dates: [] },
    { change: 'lease', lease: null },
  ]);
}

/** Values typed by hand, in one write; what cannot stand there is told, and the value in force stays. */
export function keepTyped(unit: PhoneUnit, typed: Readonly<Record<string, string>>): void {
  const takings = Object.entries(typed).map(([name, value]) => typeSetting(name, value));
  commit(
    unit,
    takings.flatMap(({ changes }) => changes),
  );
  tellProblems(
    unit,
    takings.flatMap(({ problems }) => problems),
  );
}

/** Documented: A44 p141, AllAut puts every value back to AUTO; it keeps what it is until another arrives. */
export function makeAllAutomatic(unit: PhoneUnit): void {
  const manual = Object.entries(unit.setup.flash.read().settings).filter(([, { from }]) => from === 'manual');
  if (manual.length === 0) return;
  const values = Object.fromEntries(
    manual.map(([name, { value }]): [string, StoredSetting] => [name, { value, from: 'file' }]),
  );
  commit(unit, [{ change: 'settings', values }]);
}

function versionsErased(unit: PhoneUnit): FlashChange[] {
  return Object.keys(unit.setup.flash.read().versions).map((section) => ({
    change: 'version-erased',
    section,
  }));
}

function profilesErased(unit: PhoneUnit): FlashChange[] {
  return Object.keys(unit.setup.flash.read().profiles).map((user) => ({
    change: 'profile',
    user,
    profile: null,
  }));
}
