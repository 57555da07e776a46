import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fixedKeys, keyMeaning, keysOf } from '../../src/display/key-meaning.ts';
import { blankLcd, type Lcd, redraw } from '../../src/display/lcd.ts';
import type { KeyCommand } from '../../src/display/menu.ts';
import type { Meaning } from '../../src/display/soft-keys.ts';
import type { MenuName } from '../../src/events/menu-names.ts';
import type { Fact, PhoneEvent } from '../../src/events/phone-event.ts';
import type { DeviceSettingName } from '../../src/provisioning/device-settings.ts';
import { models } from '../../src/provisioning/words.ts';
import { atIdle, flashRead, powerUp } from '../report/journals.ts';
import { anyStory } from './any-fact.ts';

function panel(events: readonly PhoneEvent[], from: Lcd = blankLcd('1230')): Lcd {
  return events.reduce(redraw, from);
}

const opened = (menu: MenuName, item = 1): PhoneEvent => ({ type: 'menu.opened', menu, item });
const typed = (menu: MenuName, text: string): PhoneEvent => ({ type: 'text.typed', menu, text });
const asked = (question: Fact<'question.asked'>['question']): PhoneEvent => ({
  type: 'question.asked',
  question,
  expiresInMs: 60_000,
});
const answering = (question: Fact<'answer.typed'>['question'], text: string): Fact<'answer.typed'> => ({
  type: 'answer.typed',
  question,
  text,
});
const inCall: PhoneEvent = { type: 'call.started', direction: 'incoming' };
const dndOn: PhoneEvent = { type: 'dnd.enabled', by: 'user' };

const idle = [...powerUp(), ...atIdle];
const idle44 = [...powerUp({ software: 'SIP12x004.04.09.00' }), ...atIdle];
const login: PhoneEvent[] = [...powerUp(), { type: 'login.shown', why: '' }];

const loginWith = (flash: Parameters<typeof powerUp>[0]): PhoneEvent[] => [
  ...powerUp(flash),
  { type: 'login.shown', why: '' },
];
const knownUser = loginWith({
  settings: { SIP_DOMAIN1: { value: 'a.b', from: 'file' }, SIP_DOMAIN3: { value: 'c.d', from: 'file' } },
  profiles: {
    '1001@a.b': {
      timezoneOffset: '0',
      contacts: [],
      groups: [],
      keys: [],
      speedDials: [],
      preferences: {},
    },
  },
});
const asksAuthName = loginWith({ settings: { PROMPT_AUTHNAME_ENABLE: { value: 'YES', from: 'file' } } });

const opens = (menu: MenuName, item = 1): Meaning => ({ facts: [{ type: 'menu.opened', menu, item }] });
const types = (menu: MenuName, text: string): Meaning => ({ facts: [{ type: 'text.typed', menu, text }] });
const closes: Meaning = { facts: [{ type: 'menu.closed' }] };
const orders = (command: KeyCommand): Meaning => ({ facts: [], command });
const leavesFor = (command: KeyCommand): Meaning => ({ facts: [{ type: 'menu.closed' }], command });
const nothing = undefined;
const inDeviceSettings = [...idle, opened('network'), opened('device-settings')];
const entered = (setting: DeviceSettingName, value: string): Fact<'setting.entered'> => ({
  type: 'setting.entered',
  setting,
  value,
});
const fillsIn = (setting: DeviceSettingName, value: string, item: number): Meaning => ({
  facts: [entered(setting, value), { type: 'menu.opened', menu: 'device-settings', item }],
});
/** An address of so many characters. */
const url = (length: number): string => `http://10.0.0.5/${'a'.repeat(length - 16)}`;

const cases: [title: string, shown: PhoneEvent[], key: string, expected: Meaning | undefined][] = [
  ['no key means anything without power', [], 'Srvcs', nothing],
  ['nor while the software starts', powerUp(), 'Srvcs', nothing],

  ['idle: Srvcs opens the services', idle, 'Srvcs', opens('services')],
  ['a label is understood in any letter case', idle, 'srvcs', opens('services')],
  ['a soft key has its place too', idle, 'Soft3', opens('services')],
  ['Redial makes a call', idle, 'Redial', orders({ type: 'call.dial' })],
  ['Msgs is labelled and touches nothing of provisioning', idle, 'Msgs', nothing],
  ['More.. shows more soft keys', idle, 'More..', opens('more-keys')],
  ['and back', [...idle, opened('more-keys')], 'More..', closes],
  ['a digit is no key of the idle screen', idle, '4', nothing],
  ['Yes is no key where nothing is asked', idle, 'Yes', nothing],
  ['Quit has nothing to leave at idle', idle, 'Quit', nothing],
  ['Goodbye has nothing to end without a call', idle, 'Goodbye', nothing],
  ['Goodbye ends a call', [...idle, inCall], 'Goodbye', orders({ type: 'call.end' })],
  ['also from within a menu', [...idle, inCall, opened('services')], 'Goodbye', orders({ type: 'call.end' })],
  ['DND comes on', [...idle, opened('more-keys')], 'DND', orders({ type: 'dnd.set', on: true })],
  ['DND goes off', [...idle, dndOn, opened('more-keys')], 'DND', orders({ type: 'dnd.set', on: false })],
  [
    "the update's DND is not the user's to end",
    [...idle, { type: 'dnd.enabled', by: 'update' }, opened('more-keys')],
    'DND',
    orders({ type: 'dnd.set', on: true }),
  ],
  ['Prefs opens the preferences', [...idle, opened('more-keys')], 'Prefs', opens('preferences')],

  ['login: Login opens its prompt', login, 'Login', opens('login-user')],
  ['login: the services are there', login, 'Srvcs', opens('services')],
  [
    'banner: OK',
    [...powerUp(), { type: 'banner.shown', text: 'x' }],
    'OK',
    orders({ type: 'banner.confirm' }),
  ],

  [
    'a question: Yes',
    [...idle, asked('check-updates')],
    'Yes',
    orders({ type: 'question.answer', answer: 'yes' }),
  ],
  [
    'a question: No',
    [...idle, asked('check-updates')],
    'No',
    orders({ type: 'question.answer', answer: 'no' }),
  ],
  ['a question has no Install', [...idle, asked('check-updates')], 'Install', nothing],
  ['a question takes no menu key', [...idle, asked('check-updates')], 'Srvcs', nothing],
  [
    'a section: Install',
    [asked('install-section')],
    'Install',
    orders({ type: 'question.answer', answer: 'yes' }),
  ],
  [
    'a section: its short form',
    [asked('install-section')],
    'instal',
    orders({ type: 'question.answer', answer: 'yes' }),
  ],
  [
    'a section: Later',
    [asked('install-section')],
    'Later',
    orders({ type: 'question.answer', answer: 'no' }),
  ],

  [
    'a fingerprint: Yes',
    [asked('accept-fingerprint')],
    'Yes',
    orders({ type: 'question.answer', answer: 'yes' }),
  ],
  [
    'a text question: what is typed goes behind what is there',
    [asked('enter-fingerprint'), answering('enter-fingerprint', 'AB')],
    'cd',
    { facts: [answering('enter-fingerprint', 'ABcd')] },
  ],
  [
    'a text question: OK answers with it',
    [asked('pkcs12-password'), answering('pkcs12-password', 'secret')],
    'OK',
    orders({ type: 'question.enter', text: 'secret' }),
  ],
  [
    'a text question: OK answers with nothing',
    [asked('pkcs12-password')],
    'OK',
    orders({ type: 'question.enter', text: '' }),
  ],
  [
    'a text question: Clear',
    [asked('pkcs12-password'), answering('pkcs12-password', 'x')],
    'Clear',
    { facts: [answering('pkcs12-password', '')] },
  ],
  ['a text question is not left by Quit', [asked('pkcs12-password')], 'Quit', nothing],
  ['menu: a digit picks an item', [...idle, opened('services')], '4', leavesFor({ type: 'updates.ask' })],
  [
    'menu: so does its text',
    [...idle, opened('services')],
    'check for updates',
    leavesFor({ type: 'updates.ask' }),
  ],
  ['menu: Select picks the one with the cursor', [...idle, opened('services', 3)], 'Select', opens('logout')],
  ['menu: so does Enter', [...idle, opened('services', 3)], 'Enter', opens('logout')],
  ['menu: so does Right', [...idle, opened('services', 3)], 'Right', opens('logout')],
  ['menu: Down moves the cursor', [...idle, opened('services')], 'Down', opens('services', 2)],
  ['menu: Down from the last item', [...idle, opened('services', 8)], 'Down', opens('services', 1)],
  ['menu: Up from the first item', [...idle, opened('services')], 'Up', opens('services', 8)],
  ['menu: Back leaves the topmost', [...idle, opened('services')], 'Back', closes],
  ['menu: Back goes one up', [...idle, opened('diagnostics')], 'Back', opens('network')],
  ['menu: Left too', [...idle, opened('diagnostics')], 'Left', opens('network')],
  ['menu: Quit leaves all', [...idle, opened('diagnostics')], 'Quit', closes],
  ['menu: Goodbye without a call too', [...idle, opened('diagnostics')], 'Goodbye', closes],
  ['menu: a digit beyond the last item', [...idle, opened('services')], '9', nothing],
  ['menu: 0', [...idle, opened('services')], '0', nothing],
  ['menu: an item of another menu', [...idle, opened('services')], 'Diagnostics', nothing],
  ['menu: what is not emulated', [...idle, opened('services')], 'Search', nothing],
  ['menu: Select where the item is not emulated', [...idle, opened('services')], 'Select', nothing],
  ['menu: a fixed key that has to do with calls', [...idle, opened('services')], 'Hold', nothing],
  ['below 4.4 the sixth service is System', [...idle, opened('services')], '6', opens('system')],
  ['from 4.4 on it is the File Manager', [...idle44, opened('services')], '6', opens('file-manager')],

  ['Erase User Data asks first', [...idle, opened('system')], '3', opens('erase-user-data')],
  [
    'a question of a menu: Yes',
    [...idle, opened('erase-user-data')],
    'Yes',
    leavesFor({ type: 'user-data.erase' }),
  ],
  ['a question of a menu: No goes back', [...idle, opened('erase-user-data')], 'No', opens('system')],
  ['a question of a menu is not answered with Enter', [...idle, opened('reset')], 'Enter', nothing],
  ['Reset Phone', [...idle, opened('reset')], 'Yes', leavesFor({ type: 'phone.reset' })],
  ['Logout', [...idle, opened('logout')], 'Yes', leavesFor({ type: 'logout' })],
  [
    'deleting the system file',
    [...idle44, opened('factory-reset')],
    'Yes',
    leavesFor({ type: 'factory.reset' }),
  ],
  ['AllAut', [...idle, opened('device-settings')], 'AllAut', orders({ type: 'settings.all-auto' })],
  ['a field opens its prompt', inDeviceSettings, '1', opens('device-server-url')],
  ['the protocols are a list', inDeviceSettings, 'Protocol', opens('device-protocol')],
  [
    'a server of 49 characters is filled in',
    [...inDeviceSettings, opened('device-server-url'), typed('device-server-url', url(49))],
    'OK',
    fillsIn('PROVISIONING_URL', url(49), 1),
  ],
  [
    'one of 50 is refused',
    [...inDeviceSettings, opened('device-server-url'), typed('device-server-url', url(50))],
    'OK',
    opens('wrong-server-url'),
  ],
  ['an empty one too', [...inDeviceSettings, opened('device-server-url')], 'OK', opens('wrong-server-url')],
  [
    'and one that is no address',
    [...inDeviceSettings, opened('device-server-url'), typed('device-server-url', 'gopher://a')],
    'OK',
    opens('wrong-server-url'),
  ],
  [
    'what was refused is typed again',
    [...inDeviceSettings, opened('wrong-server-url')],
    'Back',
    opens('device-server-url'),
  ],
  [
    'a host without protocol is filled in',
    [...inDeviceSettings, opened('device-server-url'), typed('device-server-url', '10.0.0.5/phones')],
    'OK',
    fillsIn('PROVISIONING_URL', '10.0.0.5/phones', 1),
  ],
  [
    'the third protocol is HTTP',
    [...inDeviceSettings, opened('device-protocol')],
    '3',
    fillsIn('PROVISIONING_PROTOCOL', 'HTTP', 2),
  ],
  [
    'a Device ID of three letters is refused',
    [...inDeviceSettings, opened('device-id'), typed('device-id', 'abc')],
    'OK',
    opens('wrong-device-id'),
  ],
  [
    'one of four is filled in',
    [...inDeviceSettings, opened('device-id'), typed('device-id', 'abcd')],
    'OK',
    fillsIn('PROVISIONING_ID', 'abcd', 3),
  ],
  [
    'a password of 13 letters is refused',
    [...inDeviceSettings, opened('device-password'), typed('device-password', 'x'.repeat(13))],
    'OK',
    opens('wrong-device-password'),
  ],
  [
    'Apply&Reset sends what was filled in',
    [...inDeviceSettings, entered('PROVISIONING_ID', 'abcd'), entered('PROVISIONING_PASSWORD', 'sesame')],
    'Apply&Reset',
    leavesFor({
      type: 'device-settings.apply',
      typed: { PROVISIONING_ID: 'abcd', PROVISIONING_PASSWORD: 'sesame' },
    }),
  ],
  ['Cancel leaves Device Settings', inDeviceSettings, 'Cancel', opens('network')],
  ['Back does too', inDeviceSettings, 'Back', opens('network')],
  [
    'and what was filled in is forgotten',
    [...inDeviceSettings, entered('PROVISIONING_ID', 'abcd'), opened('network'), opened('device-settings')],
    'Apply&Reset',
    leavesFor({ type: 'device-settings.apply', typed: {} }),
  ],
  [
    'Srvcs twice asks for the admin password',
    [...login, opened('services')],
    'Srvcs',
    opens('admin-password'),
  ],
  [
    'but not with ENABLE_LOCAL_ADMIN_UI NO',
    [
      ...loginWith({ settings: { ENABLE_LOCAL_ADMIN_UI: { value: 'NO', from: 'file' } } }),
      opened('services'),
    ],
    'Srvcs',
    nothing,
  ],
  ['a page scrolls', [...idle, opened('phone-information')], 'Down', opens('phone-information', 2)],
  ['to its end', [...idle, opened('phone-information', 4)], 'Down', nothing],
  ['and back', [...idle, opened('phone-information', 3)], 'Up', opens('phone-information', 2)],
  ['to its beginning', [...idle, opened('phone-information')], 'Up', nothing],
  ['a page has no items', [...idle, opened('phone-information')], '1', nothing],

  ['prompt: what is no key is typed', [...login, opened('login-user')], '2001', types('login-user', '2001')],
  [
    'prompt: and appended',
    [...login, opened('login-user'), typed('login-user', '2001')],
    '@example.com',
    types('login-user', '2001@example.com'),
  ],
  ['prompt: letter case is kept', [...login, opened('login-user')], 'Anna', types('login-user', 'Anna')],
  [
    'prompt: Clear',
    [...login, opened('login-user'), typed('login-user', 'x')],
    'Clear',
    types('login-user', ''),
  ],
  [
    'prompt: OK goes on',
    [...login, opened('login-user'), typed('login-user', 'x')],
    'OK',
    opens('login-password'),
  ],
  [
    'prompt: Enter too',
    [...login, opened('login-user'), typed('login-user', 'x')],
    'Enter',
    opens('login-password'),
  ],
  [
    'prompt: it holds who logged in last',
    [...knownUser, opened('login-user')],
    '0',
    types('login-user', '1001@a.b0'),
  ],
  [
    'prompt: Domain picks a configured domain',
    [...knownUser, opened('login-user'), typed('login-user', '7')],
    'Domain',
    types('login-user', '7@a.b'),
  ],
  [
    'prompt: and the next of them',
    [...knownUser, opened('login-user'), typed('login-user', '7@a.b')],
    'Domain',
    types('login-user', '7@c.d'),
  ],
  [
    'prompt: round again',
    [...knownUser, opened('login-user'), typed('login-user', '7@c.d')],
    'Domain',
    types('login-user', '7@a.b'),
  ],
  ['prompt: without domains it is no key', [...login, opened('login-user')], 'Soft3', nothing],
  [
    'prompt: with PROMPT_AUTHNAME_ENABLE YES an authentication ID is asked for first',
    [...asksAuthName, opened('login-user'), typed('login-user', 'a@b')],
    'OK',
    opens('login-authname'),
  ],
  [
    'prompt: which is the user unless something else is typed',
    [...asksAuthName, opened('login-user'), typed('login-user', 'a@b'), opened('login-authname')],
    '2',
    types('login-authname', 'a@b2'),
  ],
  ['prompt: then the password', [...asksAuthName, opened('login-authname')], 'OK', opens('login-password')],
  [
    'the password asked for, the user typed before logs in',
    [
      ...login,
      opened('login-user'),
      typed('login-user', 'a@b'),
      opened('login-password'),
      typed('login-password', 'x'),
    ],
    'OK',
    leavesFor({ type: 'login.submit', user: 'a@b' }),
  ],
  [
    'RENEW and the MAC on the dial pad: factory reset',
    idle,
    '**73639001243123001##',
    orders({ type: 'factory.reset' }),
  ],
  ['the same at the login screen', login, '**73639001243123001##', orders({ type: 'factory.reset' })],
  ['the MAC of another phone: no effect', idle, '**73639001243123002##', undefined],
  [
    'the factory admin password opens Network',
    [...idle, opened('admin-password'), typed('admin-password', '26567*738')],
    'OK',
    opens('network'),
  ],
  [
    'another does not',
    [...idle, opened('admin-password'), typed('admin-password', '1234')],
    'OK',
    opens('wrong-password'),
  ],
  ['none does not', [...idle, opened('admin-password')], 'OK', opens('wrong-password')],
];

describe('keyMeaning', () => {
  test.for(cases)('%s', ([, shown, key, expected]) => {
    expect(keyMeaning(panel(shown), key)).toEqual(expected);
  });
});

const passwords: [title: string, stored: string, typedText: string, expected: MenuName][] = [
  ['a received password', '22222', '22222', 'network'],
  ['its SHA1 hash', '1a9b9508b6003b68ddfe03a9c8cbc4bd4388339b', '22222', 'network'],
  ['its MD5 hash in capitals', '3D2172418CE305C7D16D4B05597C6A59', '22222', 'network'],
  ['the hash itself typed', 'x1a9b9508b6003b68', '22222', 'wrong-password'],
];

test.for(passwords)('the admin password is %s', ([, value, text, expected]) => {
  const flash = flashRead({ settings: { ADMIN_PASSWORD: { value, from: 'file' } } });
  const shown = panel([flash, ...atIdle, opened('admin-password'), typed('admin-password', text)]);
  expect(keyMeaning(shown, 'OK')).toEqual(opens(expected));
});

test('with ENABLE_LOCAL_ADMIN_UI NO nothing leads to the administration menus', () => {
  const flash = flashRead({ settings: { ENABLE_LOCAL_ADMIN_UI: { value: 'NO', from: 'file' } } });
  const shown = panel([flash, ...atIdle, opened('preferences')]);
  expect({ keys: keysOf(shown), one: keyMeaning(shown, '1'), select: keyMeaning(shown, 'Select') }).toEqual({
    keys: ['Back'],
    one: undefined,
    select: undefined,
  });
});

test('the keys that do something are named', () => {
  expect(keysOf(panel(idle))).toEqual(['Redial', 'Srvcs', 'More..']);
  expect(keysOf(panel([...idle, opened('login-user')]))).toEqual(['text', 'OK', 'Clear', 'Back']);
  expect(keysOf(panel([...idle, opened('file-manager')]))).toEqual(['6 System file', 'Back']);
  expect(keysOf(panel([...idle, opened('system')]))).toEqual([
    '1 Login',
    '2 Logout',
    '3 Erase User Data',
    'Select',
    'Back',
  ]);
});

test('in any story any key either has a meaning or has none, and each that is named has one', () => {
  const anyKey = fc.oneof(fc.constantFrom<string>(...fixedKeys, '1', '8', 'Yes', 'OK', 'Back'), fc.string());
  fc.assert(
    fc.property(fc.constantFrom(...models), anyStory, anyKey, (model, story, key) => {
      const shown = panel(story, blankLcd(model));
      const meaning = keyMeaning(shown, key);
      expect(meaning === undefined || meaning.facts.length > 0 || meaning.command !== undefined).toBe(true);
      const names = keysOf(shown).map((name) => name.replace(/^[0-9] /, ''));
      expect(names.filter((name) => name !== 'text' && keyMeaning(shown, name) === undefined)).toEqual([]);
    }),
  );
});
