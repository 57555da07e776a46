import type { FlashChange, UserProfile } from '../events/phone-event.ts';
import type { AddressBook } from '../provisioning/address-book.ts';
import type { CustomKeys, SpeedDial } from '../provisioning/custom-keys.ts';
import { settingOf } from '../provisioning/parameters.ts';
import { ofUser } from '../provisioning/user-file.ts';
import type { FlashContents } from './flash-contents.ts';
import type { Settings } from './settings.ts';

/** The profile of a user whom the phone has just met. */
export function newProfile(settings: Settings): UserProfile {
  return {
    // Documented: the profile has an offset of its own (vendor model). Assumed: it begins as the phone's.
    timezoneOffset: settingOf(settings, 'TIMEZONE_OFFSET'),
    contacts: [],
    groups: [],
    keys: [],
    speedDials: [],
    preferences: {},
  };
}

/** Documented: M43 p152, so many users are kept; who has not logged in for longest makes room. */
const PROFILES_MAX = 24;

/** What is kept of one user, in characters of JSON. The emulator's own limit, many times what users have. */
const PROFILE_LENGTH_MAX = 128 * 1024;

/** Whether a profile is larger than this emulator keeps. */
export function isTooLarge(profile: UserProfile): boolean {
  return JSON.stringify(profile).length > PROFILE_LENGTH_MAX;
}

/** A user logs in: what is kept of them is the last of all, or a profile is begun. */
export function meetUser(
  { profiles, user, settings }: FlashContents,
  newcomer: string,
): readonly FlashChange[] {
  const profile = ofUser(profiles, newcomer);
  const others = Object.keys(profiles).filter((known) => known !== newcomer);
  const dropped = others.slice(0, Math.max(0, others.length + 1 - PROFILES_MAX));
  const last = profile !== undefined && Object.keys(profiles).at(-1) === newcomer;
  return [
    ...(user === newcomer ? [] : [{ change: 'user' as const, user: newcomer }]),
    ...dropped.map((gone): FlashChange => ({ change: 'profile', user: gone, profile: null })),
    ...(last
      ? []
      : [{ change: 'profile' as const, user: newcomer, profile: profile ?? newProfile(settings) }]),
  ];
}

/** Assumed: a received address book takes the place of the one before. */
export function withAddressBook(profile: UserProfile, { contacts, groups }: AddressBook): UserProfile {
  return { ...profile, contacts: [...contacts], groups: [...groups] };
}

/** Assumed: a received list takes the place of the one before. */
export function withSpeedDials(profile: UserProfile, speedDials: readonly SpeedDial[]): UserProfile {
  return {
    ...profile,
    speedDials: speedDials.map((dial) => ({ ...dial, attributes: { ...dial.attributes } })),
  };
}

/**
 * Documented: M43 p178, received keys and preferences are merged into the profile: what is given replaces,
 * what is missing stays, and an empty value brings back the one before, but clears a few. Assumed: keys are
 * the same when their index is.
 */
export function withCustomKeys(profile: UserProfile, { keys, preferences }: CustomKeys): UserProfile {
  const byIndex = new Map(profile.keys.map((key) => [key.index, key]));
  for (const key of keys) byIndex.set(key.index, { ...key, attributes: { ...key.attributes } });
  return {
    ...profile,
    keys: [...byIndex.values()].toSorted((a, b) => a.index - b.index),
    preferences: Object.entries(preferences).reduce(mergePreference, profile.preferences),
  };
}

/** Documented: M43 p178, an empty value clears these, and brings back nothing. */
const clearedByEmpty = ['banner', 'screensvrtext', 'screensvrimage', 'backgroundimage', 'hotlineurl'];

type Preferences = UserProfile['preferences'];

function mergePreference(preferences: Preferences, [name, value]: [string, string]): Preferences {
  const { [name]: stored, ...others } = preferences;
  if (value === stored?.value) return preferences;
  if (value !== '') return { ...others, [name]: { value, before: stored?.value ?? null } };
  if (clearedByEmpty.includes(name.slice(name.indexOf('.') + 1))) {
    return { ...others, [name]: { value: '', before: null } };
  }
  const before = stored?.before ?? null;
  return before === null ? others : { ...others, [name]: { value: before, before: null } };
}
