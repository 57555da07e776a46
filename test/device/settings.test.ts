import { expect, test } from 'vitest';
import { typeSetting } from '../../src/device/settings.ts';

const values: [title: string, name: string, typed: string, kept: Record<string, string>][] = [
  ['a value is kept, and is manual', 'BANNER', 'ACME', { BANNER: 'ACME' }],
  ['as a file would write it', 'AUTO_UPDATE', 'YES', { AUTO_UPDATE: 'YES' }],
  [
    'a server goes without its protocol',
    'PROVISIONING_URL',
    '10.0.0.5/a',
    { PROVISIONING_URL: '10.0.0.5/a' },
  ],
  ['a protocol in either case', 'PROVISIONING_PROTOCOL', 'https', { PROVISIONING_PROTOCOL: 'HTTPS' }],
];
test.for(values)('%s', ([, name, typed, kept]) => {
  expect(typeSetting(name, typed)).toEqual({
    changes: [
      {
        change: 'settings',
        values: Object.fromEntries(
          Object.entries(kept).map(([known, value]) => [known, { value, from: 'manual' }]),
        ),
      },
    ],
    problems: [],
  });
});

const refusals: [title: string, name: string, typed: string, code: string, message: RegExp][] = [
  [
    'a server that is none',
    'PROVISIONING_URL',
    'ftp://me:secret@',
    'BAD_VALUE',
    /^PROVISIONING_URL, typed by hand, is not legal; expected a provisioning server of 1 to 49 characters, /,
  ],
  [
    'a Device ID of 21 characters',
    'PROVISIONING_ID',
    'x'.repeat(21),
    'BAD_VALUE',
    /; expected Device ID of 4 to 20 characters$/,
  ],
  [
    'a name the phone does not know',
    'BANER',
    'x',
    'UNKNOWN_PARAMETER',
    /^"BANER" is no parameter of this phone$/,
  ],
  [
    'a value that cannot stand there',
    'AUTO_UPDATE',
    'maybe',
    'BAD_VALUE',
    /^AUTO_UPDATE, typed by hand, is "maybe"; expected /,
  ],
  [
    'a number out of range',
    'AUTO_UPDATE_TIME',
    '86400',
    'BAD_VALUE',
    /^AUTO_UPDATE_TIME, typed by hand, is "86400"; expected /,
  ],
];
test.for(refusals)('%s is told, and nothing is kept', ([, name, typed, code, message]) => {
  expect(typeSetting(name, typed)).toEqual({
    changes: [],
    problems: [expect.objectContaining({ code, message: expect.stringMatching(message) })],
  });
});
