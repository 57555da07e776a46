import { expect, test } from 'vitest';
import { quote, visible } from '../../src/provisioning/quote.ts';

const cases: [title: string, text: string, expected: string][] = [
  ['a word stands in quotes', 'FORCE', '"FORCE"'],
  ['letters beyond ASCII stay', 'Caf\u00e9', '"Caf\u00e9"'],
  ['quotes are escaped', 'a"b', '"a\\"b"'],
  ['escape sequences do not reach a terminal', '\x1b[2J\x9b2J\x7f', '"\\u001b[2J\\u009b2J\\u007f"'],
  ['nor do changes of direction', 'a\u202eb', '"a\\u202eb"'],
  ['60 characters stand whole', 'x'.repeat(60), `"${'x'.repeat(60)}"`],
  ['more are cut', 'x'.repeat(61), `"${'x'.repeat(60)}..."`],
];
test.for(cases)('%s', ([, text, expected]) => {
  expect(quote(text)).toBe(expected);
});

test('of a whole text lines and columns stay, and nothing that a terminal obeys', () => {
  expect(visible('a\tb\n"c"\r\x1b[2J\u2028')).toBe('a\tb\n"c"\\u000d\\u001b[2J\\u2028');
});
