import type { FlashContents } from '../device/flash-contents.ts';
import type { UserProfile } from '../events/phone-event.ts';
import { keyTypes, speedDialModes } from '../provisioning/custom-keys.ts';
import { defaultOf } from '../provisioning/parameters.ts';
import type { JsonValue } from './json-value.ts';

const profilesExample = 'an object such as {"1001@example.org":{"groups":["Friends"]}}';

/** Reads `profiles`: by user, each part of a profile or nothing of it. Tells what is wrong. */
export function readProfiles(value: JsonValue | undefined): FlashContents['profiles'] {
  const members = value?.members(profilesExample) ?? [];
  return Object.fromEntries([...members].map(([user, profile]) => [user, readProfile(profile)]));
}

function readProfile(value: JsonValue): UserProfile {
  const members = membersOf(value, [
    'timezoneOffset',
    'contacts',
    'groups',
    'keys',
    'speedDials',
    'preferences',
  ]);
  return {
    timezoneOffset:
      members.get('timezoneOffset')?.textLike(/^-?\d{1,6}$/, 'seconds in quotes, such as "3600"') ??
      defaultOf('TIMEZONE_OFFSET'),
    contacts: readList(members.get('contacts'), readContact),
    groups: readList(members.get('groups'), (group) => group.text('a name in quotes')),
    keys: readList(members.get('keys'), readKey),
    speedDials: readList(members.get('speedDials'), readSpeedDial),
    preferences: Object.fromEntries(
      [
        ...(members.get('preferences')?.members('an object such as {"prefs.banner":{"value":"ACME"}}') ?? []),
      ].map(([name, preference]) => [name, readPreference(preference)]),
    ),
  };
}

function readList<T>(value: JsonValue | undefined, read: (entry: JsonValue) => T | undefined): T[] {
  return (value?.list('a list') ?? []).flatMap((entry) => read(entry) ?? []);
}

function readContact(entry: JsonValue): UserProfile['contacts'][number] | undefined {
  const members = membersOf(entry, ['nickname', 'address', 'group', 'buddy']);
  const address = textIn(members, 'address');
  if (address === '') entry.tell('has no address; expected one, such as "1002@example.org"');
  return {
    nickname: textIn(members, 'nickname'),
    address,
    group: textIn(members, 'group'),
    buddy: members.get('buddy')?.yesOrNo() ?? false,
  };
}

function readKey(entry: JsonValue): UserProfile['keys'][number] | undefined {
  const members = membersOf(entry, ['index', 'label', 'type', 'attributes']);
  const index = members.get('index')?.count('a number from 1') ?? 0;
  if (index === 0) entry.tell('has no index; expected a number from 1');
  return {
    index,
    label: textIn(members, 'label'),
    type: members.get('type')?.oneOf(keyTypes) ?? 'spdial',
    attributes: readAttributes(members.get('attributes')),
  };
}

function readSpeedDial(entry: JsonValue): UserProfile['speedDials'][number] | undefined {
  const members = membersOf(entry, ['label', 'mode', 'attributes']);
  return {
    label: textIn(members, 'label'),
    mode: members.get('mode')?.oneOf(speedDialModes) ?? 'Always',
    attributes: readAttributes(members.get('attributes')),
  };
}

function readPreference(value: JsonValue): UserProfile['preferences'][string] {
  const members = membersOf(value, ['value', 'before']);
  const before = members.get('before');
  return {
    value: textIn(members, 'value'),
    before:
      before === undefined || before.isNull() ? null : (before.text('a text in quotes, or null') ?? null),
  };
}

function readAttributes(value: JsonValue | undefined): Record<string, string> {
  const members = value?.members('an object such as {"target":"1002"}') ?? [];
  return Object.fromEntries([...members].map(([name, text]) => [name, text.text('a text in quotes') ?? '']));
}

function textIn(members: ReadonlyMap<string, JsonValue>, name: string): string {
  return members.get(name)?.text('a text in quotes') ?? '';
}

function membersOf(value: JsonValue, known: readonly string[]): ReadonlyMap<string, JsonValue> {
  const members = value.members(`an object with ${known.join(', ')}`) ?? new Map<string, JsonValue>();
  for (const [name, member] of members) if (!known.includes(name)) member.unknown(name, 'key', known);
  return members;
}
