import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseAddressBook } from '../../src/provisioning/address-book.ts';
import { parseCustomKeys, parseSpeedDials } from '../../src/provisioning/custom-keys.ts';
import { defaultQuirks } from '../../src/provisioning/quirks.ts';
import { parseUserFile, type UserFile, userFileName } from '../../src/provisioning/user-file.ts';

const file = 'lpg@macadamian.com.cfg';
const read = (text: string) => parseUserFile(Buffer.from(text), { file, quirks: defaultQuirks });

test('the file is named by user and domain', () => {
  expect(userFileName('lpg@macadamian.com')).toBe(file);
});

const line = (number: number, code: string, message: string): UserFile['problems'][number] => ({
  severity: code === 'LINE_TOO_LONG' ? 'error' : 'warning',
  code,
  file,
  line: number,
  message,
});

const cases: [title: string, text: string, expected: UserFile][] = [
  [
    'all three names',
    '[files]\naddressbook=a.txt\ncustomkeys=k.txt\nspeeddiallist=s.txt\n',
    {
      names: {
        'address-book': { name: 'a.txt', line: 2 },
        'custom-keys': { name: 'k.txt', line: 3 },
        'speed-dials': { name: 's.txt', line: 4 },
      },
      problems: [],
    },
  ],
  [
    'CR LF, blanks, comments and other letter case',
    '# mine\r\n\r\n [Files] \r\n AddressBook = books/a b.txt  # ours\r\n',
    { names: { 'address-book': { name: 'books/a b.txt', line: 4 } }, problems: [] },
  ],
  [
    'of a repeated name the last counts, and an empty one names nothing',
    '[files]\ncustomkeys=a\ncustomkeys=b\n[files]\naddressbook=\n',
    {
      names: { 'custom-keys': { name: 'b', line: 3 }, 'address-book': { name: '', line: 5 } },
      problems: [],
    },
  ],
  [
    'without [files] it names nothing',
    '',
    {
      names: {},
      problems: [line(1, 'PROFILE_LINE', 'the file has no section [files]: it names nothing')],
    },
  ],
  [
    'what is not known is told and skipped',
    'customkeys=x\n[other]\n[files]\nnonsense\n=x\nringtones=r\n',
    {
      names: {},
      problems: [
        line(1, 'PROFILE_LINE', '"customkeys=x" stands before the first [section]'),
        line(2, 'PROFILE_LINE', '[other] is no section of this file: it is skipped'),
        line(4, 'PROFILE_LINE', '"nonsense" is no [section] and no name=value'),
        line(5, 'PROFILE_LINE', '"=x" is no [section] and no name=value'),
        line(
          6,
          'PROFILE_LINE',
          'ringtones names no file; expected one of addressbook, customkeys, speeddiallist',
        ),
      ],
    },
  ],
  [
    'a line of 80 bytes is still read',
    `[files]\naddressbook=${'a'.repeat(68)}\n`,
    { names: { 'address-book': { name: 'a'.repeat(68), line: 2 } }, problems: [] },
  ],
  [
    'a longer one ends the reading there',
    `[files]\ncustomkeys=k\naddressbook=${'a'.repeat(69)}\nspeeddiallist=s\n`,
    {
      names: { 'custom-keys': { name: 'k', line: 2 } },
      problems: [
        line(
          3,
          'LINE_TOO_LONG',
          'the line has 81 bytes; expected at most 80. A phone stops reading here; lost: addressbook, speeddiallist',
        ),
      ],
    },
  ],
];

test.for(cases)('%s', ([, text, expected]) => {
  expect(read(text)).toEqual(expected);
});

test('whatever the bytes are, none of the four throws, and each problem has its file', () => {
  const anyBytes = fc.oneof(
    fc.uint8Array(),
    fc
      .array(fc.constantFrom('[key]', '[contact]', 'index=', 'type=', '1', '=', '\n', '\r', ' ', 'é'))
      .map((parts) => new Uint8Array(Buffer.from(parts.join('')))),
  );
  fc.assert(
    fc.property(anyBytes, (bytes) => {
      const problems = [
        ...parseUserFile(bytes, { file, quirks: defaultQuirks }).problems,
        ...parseAddressBook(bytes, { file, contactsMax: 3 }).problems,
        ...parseCustomKeys(bytes, { file }).problems,
        ...parseSpeedDials(bytes, { file }).problems,
      ];
      expect(problems.filter((problem) => problem.file !== file)).toEqual([]);
    }),
  );
});
