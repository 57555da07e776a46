import { expect, test } from 'vitest';
import { type FlashContents, factoryFlash } from '../../src/device/flash-contents.ts';
import { hasLicence, licensedFeatures, licensedMacs } from '../../src/device/licence.ts';

const MAC = '001B4F123001';
const fresh = factoryFlash({ mac: MAC });
const received = (values: Record<string, string>): FlashContents => ({
  ...fresh,
  settings: Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { value, from: 'file' as const }]),
  ),
});

/** Documented: what Wazo and FreePBX write to keep every licensed feature off, and what switches it on. */
const features: [name: string, off: string, on: string][] = [
  ['MAX_LOGINS', '1', '2'],
  ['USB_HEADSET', 'LOCK', 'UNLOCK'],
  ['EXP_MODULE_ENABLE', 'NO', 'YES'],
  ['ENABLE_SERVICE_PACKAGE', 'NO', 'YES'],
  ['IM_MODE', 'DISABLED', 'TEXT'],
  ['AVAYA_AUTOMATIC_QoS', 'NO', 'YES'],
  ['VQMON_PUBLISH', 'NO', 'YES'],
  ['SIP_TLS_PORT', '0', '5061'],
  ['ENABLE_BT', 'NO', 'YES'],
  ['ENABLE_ANSWER_MODE', 'NO', 'YES'],
];

test.for(features)('%s %s needs no licence, %s does', ([name, off, on]) => {
  expect([licensedFeatures(received({ [name]: off })), licensedFeatures(received({ [name]: on }))]).toEqual([
    [],
    [`${name} ${on}`],
  ]);
});

test("the factory's own values need no licence", () => {
  expect(licensedFeatures(fresh)).toEqual([]);
});

test.for([
  ['pairs parted by colons', '00:1b:4f:12:30:01', [MAC]],
  ['by dashes, and another', '00-1B-4F-12-30-01 AABBCCDDEEFF', [MAC, 'AABBCCDDEEFF']],
  ['a longer number is none', '001B4F1230012', []],
] as const)('a licence names MACs: %s', ([, text, macs]) => {
  expect(licensedMacs(Buffer.from(text))).toEqual(macs);
});

const stored = { sizeBytes: 1, sha256: 'a', receivedAt: '2026-03-02T08:00:00.000Z' };
const licences: [title: string, text: string | undefined, expected: boolean][] = [
  ['one that names no phone is for this one', 'TOKENS 2', true],
  ['one that names this phone', `system ${MAC}`, true],
  ['one that names another is not', 'system 001B4F123002', false],
  ['one whose content is unknown counts', undefined, true],
];

test.for(licences)('a stored licence: %s', ([, text, expected]) => {
  const flash = { ...fresh, files: { LICENSING: [{ name: 'l.lic', content: stored }] } };
  expect(hasLicence(flash, () => (text === undefined ? undefined : Buffer.from(text)))).toBe(expected);
});

test('no file, no licence', () => {
  expect(hasLicence(fresh, () => undefined)).toBe(false);
});
