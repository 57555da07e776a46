import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changeFlash } from '../../src/device/change-flash.ts';
import type { FlashChange } from '../../src/events/phone-event.ts';
import { foldFlash, type ToldFlash } from '../../src/report/flash-fold.ts';
import { demoBoot, flashRead, journalOf, MAC, NEW_LOAD, written } from './journals.ts';

const { type: _, ...factory } = flashRead();
const stored: ToldFlash = {
  ...factory,
  versions: { FW: '1', LANGUAGE: '2' },
  files: { LANGUAGE: [{ name: 'French.lng' }, { name: 'German.lng' }] },
  settings: { BANNER: { value: 'ACME', from: 'file' }, VMAIL: { value: '1', from: 'manual' } },
};

const cases: [title: string, change: FlashChange, expected: ToldFlash][] = [
  [
    'a version is stored',
    { change: 'version', section: 'FW', version: '3' },
    { ...stored, versions: { FW: '3', LANGUAGE: '2' } },
  ],
  [
    'a version is erased',
    { change: 'version-erased', section: 'FW' },
    { ...stored, versions: { LANGUAGE: '2' } },
  ],
  [
    'a file is added',
    { change: 'file', section: 'LANGUAGE', file: { name: 'Czech.lng' } },
    {
      ...stored,
      files: { LANGUAGE: [{ name: 'French.lng' }, { name: 'German.lng' }, { name: 'Czech.lng' }] },
    },
  ],
  [
    'a file takes the place of one with its name',
    { change: 'file', section: 'LANGUAGE', file: { name: 'French.lng', sizeBytes: 1 } },
    { ...stored, files: { LANGUAGE: [{ name: 'German.lng' }, { name: 'French.lng', sizeBytes: 1 }] } },
  ],
  [
    'files are erased',
    { change: 'files-erased', section: 'LANGUAGE', names: ['French.lng'] },
    { ...stored, files: { LANGUAGE: [{ name: 'German.lng' }] } },
  ],
  [
    'the last files are erased',
    { change: 'files-erased', section: 'LANGUAGE', names: ['French.lng', 'German.lng'] },
    { ...stored, files: {} },
  ],
  [
    'settings come and change',
    {
      change: 'settings',
      values: { BANNER: { value: 'B', from: 'file' }, SNTP_ENABLE: { value: 'NO', from: 'file' } },
    },
    {
      ...stored,
      settings: {
        ...stored.settings,
        BANNER: { value: 'B', from: 'file' },
        SNTP_ENABLE: { value: 'NO', from: 'file' },
      },
    },
  ],
  [
    'settings go',
    { change: 'settings-erased', names: ['BANNER'] },
    { ...stored, settings: { VMAIL: { value: '1', from: 'manual' } } },
  ],
  ['the image is begun', { change: 'image', image: 'writing' }, { ...stored, image: 'writing' }],
  ['the software changes', { change: 'software', software: NEW_LOAD }, { ...stored, software: NEW_LOAD }],
  ['the user sets DND', { change: 'user-dnd', on: true }, { ...stored, userDnd: true }],
  [
    'a poll is kept',
    { change: 'polled', date: '2024-03-04', dates: ['2024-03-04/2024-03-04'] },
    { ...stored, lastPollDate: '2024-03-04', polledDates: ['2024-03-04/2024-03-04'] },
  ],
  ['a user logs in', { change: 'user', user: '1001@a.b' }, { ...stored, user: '1001@a.b' }],
];

describe('flash as its facts tell it', () => {
  test.for(cases)('%s', ([, change, expected]) => {
    expect(foldFlash(journalOf([flashRead(stored), written(change)]))).toEqual(expected);
  });
});

test('a new reading of flash takes the place of all that was told before', () => {
  const before = [flashRead(stored), written({ change: 'version', section: 'TONES', version: '9' })];
  expect(foldFlash(journalOf([...before, flashRead()]))).toEqual(factory);
});

const profile = (timezoneOffset: string) => ({
  timezoneOffset,
  contacts: [],
  groups: [],
  keys: [],
  speedDials: [],
  preferences: {},
});

test('the fold and the phone come to the same after any changes, each in its own way', () => {
  const text = fc.constantFrom('a', 'b', 'c');
  const section = fc.constantFrom('FW', 'LANGUAGE', 'TONES');
  const setting = fc.record({ value: text, from: fc.constantFrom('file', 'manual') });
  const change: fc.Arbitrary<FlashChange> = fc.oneof(
    fc.record({ change: fc.constant('version'), section, version: text }),
    fc.record({ change: fc.constant('version-erased'), section }),
    fc.record({ change: fc.constant('file'), section, file: fc.record({ name: text }) }),
    fc.record({ change: fc.constant('files-erased'), section, names: fc.array(text, { maxLength: 2 }) }),
    fc.record({ change: fc.constant('settings'), values: fc.dictionary(text, setting, { maxKeys: 2 }) }),
    fc.record({ change: fc.constant('settings-erased'), names: fc.array(text, { maxLength: 2 }) }),
    fc.record({ change: fc.constant('image'), image: fc.constantFrom('ok', 'writing') }),
    fc.record({ change: fc.constant('software'), software: text }),
    fc.record({ change: fc.constant('user-dnd'), on: fc.boolean() }),
    fc.record({ change: fc.constant('polled'), date: fc.option(text), dates: fc.array(text) }),
    fc.record({ change: fc.constant('user'), user: fc.option(text) }),
    fc.record({
      change: fc.constant('profile'),
      user: text,
      profile: fc.option(fc.constantFrom(profile('0'), profile('3600'))),
    }),
  );
  fc.assert(
    fc.property(fc.array(fc.array(change)), (writes) => {
      const told = foldFlash(journalOf([flashRead(), ...writes.map((changes) => written(...changes))]));
      const { model, ...kept } = factory;
      expect(told).toEqual({ model, ...changeFlash({ ...kept, files: {} }, writes.flat()) });
    }),
  );
});

test('a phone that never read its flash tells nothing of it', () => {
  expect(foldFlash(journalOf([{ type: 'power.on' }]))).toBeUndefined();
});

test('a write before any read is a bug of the phone', () => {
  expect(() => foldFlash(journalOf([written()]))).toThrow('before it was read');
});

test('the flash of a whole boot', () => {
  const flash = foldFlash(demoBoot());
  expect({ ...flash, files: Object.keys(flash?.files ?? {}) }).toEqual({
    ...factory,
    mac: MAC,
    software: NEW_LOAD,
    versions: { FW: NEW_LOAD, DEVICE_CONFIG: '000001', LANGUAGE: '000001', USER_CONFIG: '000001' },
    files: ['DEVICE_CONFIG', 'LANGUAGE', 'USER_CONFIG'],
    settings: { BANNER: { value: 'ACME', from: 'file' }, ADMIN_PASSWORD: { value: '22222', from: 'file' } },
  });
});
