import { describe, expect, test } from 'vitest';
import { changeFlash } from '../../src/device/change-flash.ts';
import { factoryFlash } from '../../src/device/flash-contents.ts';
import { meetUser, newProfile, withCustomKeys } from '../../src/device/user-profile.ts';
import type { UserProfile } from '../../src/events/phone-event.ts';

const fresh = newProfile({});
type Preferences = UserProfile['preferences'];

const merges: [title: string, stored: Preferences, given: Record<string, string>, expected: Preferences][] = [
  ['a value given replaces', {}, { 'prefs.a': '1' }, { 'prefs.a': { value: '1', before: null } }],
  [
    'and remembers the one before',
    { 'prefs.a': { value: '1', before: null } },
    { 'prefs.a': '2' },
    { 'prefs.a': { value: '2', before: '1' } },
  ],
  [
    'the same value again forgets nothing',
    { 'prefs.a': { value: '2', before: '1' } },
    { 'prefs.a': '2' },
    { 'prefs.a': { value: '2', before: '1' } },
  ],
  [
    'what is missing stays',
    { 'prefs.a': { value: '1', before: null } },
    { 'prefs.b': '2' },
    { 'prefs.a': { value: '1', before: null }, 'prefs.b': { value: '2', before: null } },
  ],
  [
    'an empty value brings back the one before',
    { 'prefs.a': { value: '2', before: '1' } },
    { 'prefs.a': '' },
    { 'prefs.a': { value: '1', before: null } },
  ],
  ['of which there may be none', { 'prefs.a': { value: '2', before: null } }, { 'prefs.a': '' }, {}],
  ...['banner', 'screensvrtext', 'screensvrimage', 'backgroundimage', 'hotlineurl'].map(
    (name): [string, Preferences, Record<string, string>, Preferences] => [
      `an empty ${name} clears it`,
      { [`prefs.${name}`]: { value: '2', before: '1' } },
      { [`prefs.${name}`]: '' },
      { [`prefs.${name}`]: { value: '', before: null } },
    ],
  ),
];

describe('preferences are merged into a profile', () => {
  test.for(merges)('%s', ([, preferences, given, expected]) => {
    const merged = withCustomKeys({ ...fresh, preferences }, { keys: [], preferences: given, problems: [] });
    expect(merged).toEqual({ ...fresh, preferences: expected });
  });
});

test('a key takes the place of the one with its index, and the others stay', () => {
  const key = (index: number, label: string) => ({ index, label, type: 'dnd' as const, attributes: {} });
  const before = { ...fresh, keys: [key(2, 'a'), key(4, 'b')] };
  const { keys } = withCustomKeys(before, {
    keys: [key(4, 'c'), key(3, 'd')],
    preferences: {},
    problems: [],
  });
  expect(keys).toEqual([key(2, 'a'), key(3, 'd'), key(4, 'c')]);
});

test('of 24 profiles the one that was not used for longest makes room', () => {
  let flash = factoryFlash({ mac: '001B4F123001' });
  const logIn = (user: string) => {
    flash = changeFlash(flash, meetUser(flash, user));
  };
  for (let number = 1; number <= 24; number++) logIn(`${number}@a.b`);
  logIn('1@a.b');
  logIn('25@a.b');
  expect(Object.keys(flash.profiles)).toEqual(
    [...Array.from({ length: 22 }, (_, index) => index + 3), 1, 25].map((number) => `${number}@a.b`),
  );
  expect(meetUser(flash, '25@a.b')).toEqual([]);
});

test('a profile begins with the time zone the phone has then', () => {
  const settings = { TIMEZONE_OFFSET: { value: '3600', from: 'file' as const } };
  expect(newProfile(settings).timezoneOffset).toBe('3600');
});
