import { expect, test } from 'vitest';
import { type Agreement, type AskedOptions, agree, optionsOf } from '../../src/transport/tftp-options.ts';

type Offered = Readonly<Record<string, string>>;
const everything: AskedOptions = { blksize: 1432, windowsize: 8, tsize: true, timeoutS: 2 };

const cases: [title: string, asked: AskedOptions, offered: Offered, expected: Agreement | string][] = [
  [
    'all that was asked for',
    everything,
    { blksize: '1432', windowsize: '8', tsize: '4101541', timeout: '2' },
    { blockBytes: 1432, windowBlocks: 8, sizeBytes: 4101541 },
  ],
  [
    'less than was asked for',
    everything,
    { blksize: '1024', windowsize: '4' },
    { blockBytes: 1024, windowBlocks: 4 },
  ],
  [
    'the smallest there is',
    everything,
    { blksize: '8', windowsize: '1' },
    { blockBytes: 8, windowBlocks: 1 },
  ],
  ['a size alone', { tsize: true }, { tsize: '0' }, { blockBytes: 512, windowBlocks: 1, sizeBytes: 0 }],
  ['nothing', everything, {}, { blockBytes: 512, windowBlocks: 1 }],
  ['a larger block', everything, { blksize: '1433' }, 'blksize is 1433; expected 8 to 1432'],
  ['a block below the least', everything, { blksize: '7' }, 'blksize is 7; expected 8 to 1432'],
  ['a block of nothing', everything, { blksize: '0' }, 'blksize is 0; expected 8 to 1432'],
  ['a larger window', everything, { windowsize: '9' }, 'windowsize is 9; expected 1 to 8'],
  ['a window of nothing', everything, { windowsize: '0' }, 'windowsize is 0; expected 1 to 8'],
  ['another timeout', everything, { timeout: '3' }, 'timeout is 3; expected 2'],
  ['a timeout in milliseconds', everything, { timeout: '2000' }, 'timeout is 2000; expected 2'],
  ['words for a number', everything, { blksize: 'big' }, 'blksize is "big"; expected a number'],
  ['a negative number', everything, { tsize: '-1' }, 'tsize is "-1"; expected a number'],
  [
    'a number beyond all files',
    everything,
    { tsize: '9'.repeat(16) },
    `tsize is "${'9'.repeat(16)}"; expected a number`,
  ],
  ['an option nobody asked for', { tsize: true }, { blksize: '1024' }, 'option "blksize" was not asked for'],
  ['an option nobody knows', everything, { rollover: '0' }, 'option "rollover" was not asked for'],
];

test.for(cases)('an OACK with %s', ([, asked, offered, expected]) => {
  expect(agree(optionsOf(asked), new Map(Object.entries(offered)))).toEqual(expected);
});

test('asks for nothing by default', () => {
  expect([...optionsOf({})]).toEqual([]);
});

test('asks in the words of the RFCs, the timeout in seconds', () => {
  expect([...optionsOf(everything)]).toEqual([
    ['blksize', '1432'],
    ['tsize', '0'],
    ['timeout', '2'],
    ['windowsize', '8'],
  ]);
});

const mistakes: [title: string, asked: AskedOptions, message: string][] = [
  ['a block below 8', { blksize: 7 }, 'TFTP blksize is 7; expected a whole number from 8 to 65464'],
  [
    'a block above 65464',
    { blksize: 65465 },
    'TFTP blksize is 65465; expected a whole number from 8 to 65464',
  ],
  ['a window of nothing', { windowsize: 0 }, 'TFTP windowsize is 0; expected a whole number from 1 to 65535'],
  ['a broken timeout', { timeoutS: 1.5 }, 'TFTP timeout is 1.5; expected a whole number from 1 to 255'],
  ['a timeout of no time', { timeoutS: 0 }, 'TFTP timeout is 0; expected a whole number from 1 to 255'],
];

test.for(mistakes)('to ask for %s is our mistake', ([, asked, message]) => {
  expect(() => optionsOf(asked)).toThrow(new RangeError(message));
});
