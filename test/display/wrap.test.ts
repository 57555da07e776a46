import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printable, toWidth, wrap } from '../../src/display/wrap.ts';

const cases: [title: string, text: string, columns: number, expected: string[]][] = [
  ['text that fits is one line', 'Locating server', 24, ['Locating server']],
  [
    'text breaks at blanks',
    'FW not supported on this hardware',
    24,
    ['FW not supported on this', 'hardware'],
  ],
  ['a word that is too long is cut', 'abcdefghij k', 4, ['abcd', 'efgh', 'ij k']],
  ['its own line ends count, of every kind', 'a\nb\r\nc\rd', 24, ['a', 'b', 'c', 'd']],
  ['empty lines stay', 'a\n\nb', 24, ['a', '', 'b']],
  ['blanks inside a line stay', 'a  b', 24, ['a  b']],
  ['blanks at a break go', 'aaa   bbb', 4, ['aaa', 'bbb']],
  ['a word of exactly the width is not cut', 'abcd efgh', 4, ['abcd', 'efgh']],
  ['no text is one empty line', '', 24, ['']],
  [
    'letters outside the basic plane are not torn',
    '\u{1f600}\u{1f600}\u{1f600}',
    2,
    ['\u{1f600}\u{1f600}', '\u{1f600}'],
  ],
];

test.for(cases)('%s', ([, text, columns, expected]) => {
  expect(wrap(text, columns)).toEqual(expected);
});

test('what steers a terminal or hides is shown as a question mark', () => {
  expect(printable('a\u001b[31mb\u0000c\u202ed\u009be\tf')).toBe('a?[31mb?c?d?e f');
});

test('no line is ever wider than asked for, and no letter is lost', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 30 }), (text, columns) => {
      const lines = wrap(text, columns);
      expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThanOrEqual(columns);
      const bare = (some: string) => printable(some).replaceAll(' ', '');
      expect(bare(lines.join(''))).toBe(bare(text.replace(/\r\n|\r|\n/g, '')));
    }),
  );
});

test('text is cut or padded to a width', () => {
  expect([toWidth('Redial', 8), toWidth('Presence', 6)]).toEqual(['Redial  ', 'Presen']);
});
