import { expect, test } from 'vitest';
import { type InfoBlock, parseInfoBlock } from '../../src/provisioning/info-block.ts';

const entry = (name: string, value: string) => ({ name, value });

const blocks: [title: string, text: string, expected: InfoBlock | undefined][] = [
  [
    'of two parameters',
    'Nortel-SIP-Phone-B,a=1;b=2;',
    { entries: [entry('a', '1'), entry('b', '2')], unread: [] },
  ],
  ['without the last semicolon', 'Nortel-SIP-Phone-B,a=1', { entries: [entry('a', '1')], unread: [] }],
  ['with a NUL behind it', 'Nortel-SIP-Phone-B,a=1;\0\0', { entries: [entry('a', '1')], unread: [] }],
  ['with blanks', 'Nortel-SIP-Phone-B, a = 1 2 ; ', { entries: [entry('a', '1 2')], unread: [] }],
  ['with = in a value', 'Nortel-SIP-Phone-B,a=b=c;', { entries: [entry('a', 'b=c')], unread: [] }],
  ['with an empty value', 'Nortel-SIP-Phone-B,a=;', { entries: [entry('a', '')], unread: [] }],
  [
    'with a name twice',
    'Nortel-SIP-Phone-B,a=1;a=2;',
    { entries: [entry('a', '1'), entry('a', '2')], unread: [] },
  ],
  [
    'with what is no parameter',
    'Nortel-SIP-Phone-B,a;=1;b c=2;',
    { entries: [], unread: ['a', '=1', 'b c=2'] },
  ],
  ['that is empty', 'Nortel-SIP-Phone-B', { entries: [], unread: [] }],
  ['of UNIStim', 'Nortel-i2004-B,a=1;', undefined],
  ['of another version', 'Nortel-SIP-Phone-BB,a=1;', undefined],
  ['in lower case', 'nortel-sip-phone-b,a=1;', undefined],
  ['that is none', '', undefined],
];
test.for(blocks)('reads an info block %s', ([, text, expected]) => {
  expect(parseInfoBlock(text)).toEqual(expected);
});

test('reads no more than 4096 characters', () => {
  const block = parseInfoBlock(`Nortel-SIP-Phone-B,a=${'x'.repeat(100_000)}`);
  expect(block?.entries[0]?.value).toHaveLength(4_096 - 'Nortel-SIP-Phone-B,a='.length);
});
