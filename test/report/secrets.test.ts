import { expect, test } from 'vitest';
import type { PhoneEvent } from '../../src/events/phone-event.ts';
import { shownValue, withoutSecrets } from '../../src/report/secrets.ts';
import { flashRead } from './journals.ts';

const settings = {
  BANNER: { value: 'ACME', from: 'file' },
  AUTOLOGIN_PASSWD_KEY01: { value: 'top secret', from: 'file' },
  ADMIN_PASSWORD: { value: 'top secret', from: 'manual' },
  SSHPWD: { value: '', from: 'file' },
} as const;
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
