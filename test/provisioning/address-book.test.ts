import { expect, test } from 'vitest';
import { type AddressBook, parseAddressBook } from '../../src/provisioning/address-book.ts';

const file = 'book.txt';
const warning = (code: string, line: number | undefined, message: string) => ({
  severity: 'warning' as const,
  code,
  file,
  ...(line !== undefined && { line }),
  message,
});

const cases: [title: string, text: string, expected: AddressBook][] = [
  [
    'contacts and groups, in any order',
    '[version]\nid=7\n[contact]\nnickname=Anna\naddress=1002@a.b\ngroup=Friends\nbuddy=1\n[group]\nname=Friends\n',
    {
      contacts: [{ nickname: 'Anna', address: '1002@a.b', group: 'Friends', buddy: true }],
      groups: ['Friends'],
      problems: [],
    },
  ],
  [
    'an address is all a contact needs, and a # belongs to it',
    '[contact]\r\naddress=*72#1002\r\n',
    { contacts: [{ nickname: '', address: '*72#1002', group: '', buddy: false }], groups: [], problems: [] },
  ],
  [
    'lines may be long, and letters may have accents',
    `[contact]\naddress=${'1'.repeat(100)}\nnickname=Zoé\n`,
    {
      contacts: [{ nickname: 'Zoé', address: '1'.repeat(100), group: '', buddy: false }],
      groups: [],
      problems: [],
    },
  ],
  [
    'what lacks something is skipped',
    '[contact]\nnickname=x\n[group]\n[contact]\naddress=1\nbuddy=yes\n[friends]\n',
    {
      contacts: [{ nickname: '', address: '1', group: '', buddy: false }],
      groups: [],
      problems: [
        warning('PROFILE_ENTRY', 1, 'a [contact] without address: it is skipped'),
        warning('PROFILE_ENTRY', 3, 'a [group] without name: it is skipped'),
        warning('PROFILE_ENTRY', 4, 'buddy is "yes"; expected 0 or 1: it counts as 0'),
        warning('PROFILE_LINE', 7, '[friends] is no section of this file: it is skipped'),
      ],
    },
  ],
  [
    'of more than the phone holds the first are taken',
    '[contact]\naddress=1\n[contact]\naddress=2\n[contact]\naddress=3\n',
    {
      contacts: ['1', '2'].map((address) => ({ nickname: '', address, group: '', buddy: false })),
      groups: [],
      problems: [
        warning(
          'ADDRESS_BOOK_FULL',
          undefined,
          'book.txt has 3 contacts; MAX_ADDR_BOOK_ENTRIES is 2: the rest is left out',
        ),
      ],
    },
  ],
  ['an empty file is an empty book', '', { contacts: [], groups: [], problems: [] }],
];

test.for(cases)('%s', ([, text, expected]) => {
  expect(parseAddressBook(Buffer.from(text), { file, contactsMax: 2 })).toEqual(expected);
});
