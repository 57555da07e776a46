import { expect, test } from 'vitest';
import { PublishedTree } from '../../src/scenario/published-tree.ts';

const tree = new PublishedTree([
  {
    kind: 'files',
    files: {
      'SIP<MAC>.cfg': 'AUTOLOGIN_ID_KEY01 <MAC>@example.com',
      'certs/<MAC>.txt': 'one for all',
      'SIP001B4F123001.cfg': 'VMAIL 1999',
      'other.cfg': 'BANNER <MAC>',
    },
  },
]);

const cases: [title: string, path: string, text: string | undefined][] = [
  [
    'a file of any phone names the one that asks',
    'SIP001B4FA00007.cfg',
    'AUTOLOGIN_ID_KEY01 001B4FA00007@example.com',
  ],
  ['the path may begin with a slash', '/SIP001B4FA00007.cfg', 'AUTOLOGIN_ID_KEY01 001B4FA00007@example.com'],
  ['a text without the mark is one for all', 'certs/001B4FA00007.txt', 'one for all'],
  ['a file of one phone wins', 'SIP001B4F123001.cfg', 'VMAIL 1999'],
  ['the mark means nothing where the name has none', 'other.cfg', 'BANNER <MAC>'],
  ['a MAC in small letters is none', 'SIP001b4fa00007.cfg', undefined],
];
test.for(cases)('%s', ([, path, text]) => {
  const file = tree.find(path);
  expect(file && Buffer.from(file.read(0, file.sizeBytes)).toString()).toBe(text);
});
