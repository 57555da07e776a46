import { expect, test } from 'vitest';
import type { PhoneEvent } from '../../src/events/phone-event.ts';
import { shownKeys, shownValue, withoutSecrets } from '../../src/report/secrets.ts';
import { sayWithoutEffect } from '../../src/scenario/press-key.ts';
import { flashRead } from './journals.ts';

const settings = {
  BANNER: { value: 'ACME', from: 'file' },
  AUTOLOGIN_PASSWD_KEY01: { value: 'top secret', from: 'file' },
  ADMIN_PASSWORD: { value: 'top secret', from: 'manual' },
  SSHPWD: { value: '', from: 'file' },
} as const;
const typedServer = { value: 'ftp://me:top@10.0.0.5', from: 'manual' } as const;
const masked = {
  BANNER: { value: 'ACME', from: 'file' },
  AUTOLOGIN_PASSWD_KEY01: { value: '***', from: 'file' },
  ADMIN_PASSWORD: { value: '***', from: 'manual' },
  SSHPWD: { value: '', from: 'file' },
} as const;
const erased = { change: 'settings-erased' as const, names: ['ADMIN_PASSWORD'] };

const cases: [title: string, event: PhoneEvent, expected: PhoneEvent][] = [
  ['what flash held', flashRead({ settings }), flashRead({ settings: masked })],
  [
    'what is written to flash',
    { type: 'flash.written', changes: [{ change: 'settings', values: settings }, erased] },
    { type: 'flash.written', changes: [{ change: 'settings', values: masked }, erased] },
  ],
  [
    'the address of a server that was typed',
    flashRead({ settings: { PROVISIONING_URL: typedServer } }),
    flashRead({ settings: { PROVISIONING_URL: { ...typedServer, value: 'ftp://me:***@10.0.0.5' } } }),
  ],
  [
    'a field with such an address',
    { type: 'setting.entered', setting: 'PROVISIONING_URL', value: typedServer.value },
    { type: 'setting.entered', setting: 'PROVISIONING_URL', value: 'ftp://me:***@10.0.0.5' },
  ],
  [
    'a field with a password',
    { type: 'setting.entered', setting: 'PROVISIONING_PASSWORD', value: 'sesame' },
    { type: 'setting.entered', setting: 'PROVISIONING_PASSWORD', value: '***' },
  ],
  [
    'the beginning of an address',
    { type: 'text.typed', menu: 'device-server-url', text: 'ftp://me:to' },
    { type: 'text.typed', menu: 'device-server-url', text: 'ftp://me:***' },
  ],
  [
    'an address without password: there is nothing to mask',
    { type: 'text.typed', menu: 'device-server-url', text: 'ftp://10.0.0.5/a' },
    { type: 'text.typed', menu: 'device-server-url', text: 'ftp://10.0.0.5/a' },
  ],
  [
    'the answer about a key store',
    { type: 'answer.typed', question: 'pkcs12-password', text: 'top secret' },
    { type: 'answer.typed', question: 'pkcs12-password', text: '***' },
  ],
  [
    'an empty answer: there is nothing to mask',
    { type: 'answer.typed', question: 'pkcs12-password', text: '' },
    { type: 'answer.typed', question: 'pkcs12-password', text: '' },
  ],
  [
    'a fingerprint: it is none',
    { type: 'answer.typed', question: 'enter-fingerprint', text: 'AB' },
    { type: 'answer.typed', question: 'enter-fingerprint', text: 'AB' },
  ],
  ['other facts as they are', { type: 'power.on' }, { type: 'power.on' }],
];
test.for(cases)('masks passwords in %s', ([, event, expected]) => {
  const before = structuredClone(event);
  expect(withoutSecrets(event)).toEqual(expected);
  expect(event).toEqual(before);
});

test('shows the values of names that no table knows', () => {
  expect(shownValue('MADE_UP_NAME', 'seen')).toBe('seen');
});

test.for<[title: string, keys: readonly string[], shown: readonly string[]]>([
  [
    'labels, in any letter case',
    ['srvcs', 'Check for Updates', 'Soft1', 'Quit'],
    ['srvcs', 'Check for Updates', 'Soft1', 'Quit'],
  ],
  ['digits that choose', ['Srvcs', '4', '2', '1', 'Yes'], ['Srvcs', '4', '2', '1', 'Yes']],
  ['no text that is typed whole', ['Prefs', '1', '26567*738', 'OK'], ['Prefs', '1', '***', 'OK']],
  [
    'no text that is typed key by key',
    ['1', '2', '6', '5', 'OK', '3'],
    ['***', '***', '***', '***', 'OK', '3'],
  ],
])('of keys it shows %s', ([, keys, shown]) => {
  expect(shownKeys(keys)).toEqual(shown);
});

test('a text that no screen took is not repeated', () => {
  const refused = { key: 's3cr3t', screen: 'idle', keys: ['Srvcs'] };
  expect(sayWithoutEffect(refused)).toBe('key "***" has no effect on the screen "idle", which has Srvcs');
});
