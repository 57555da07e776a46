import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ProblemList } from '../../src/provisioning/problem-list.ts';
import { defaultQuirks, type Quirks } from '../../src/provisioning/quirks.ts';
import { readTextLines, type TextLines } from '../../src/provisioning/text-lines.ts';

function read(content: string | Uint8Array, quirks: Partial<Quirks> = {}) {
  const told = new ProblemList({});
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const text = readTextLines(bytes, { ...defaultQuirks, ...quirks }, told);
  return { ...text, problems: told.all() };
}

function textsOf({ lines }: TextLines): string[] {
  return lines.map((line) => line.text);
}

describe('lines', () => {
  const cases: [title: string, content: string, expected: [number: number, text: string][]][] = [
    [
      'LF ends a line',
      'a 1\nb 2\n',
      [
        [1, 'a 1'],
        [2, 'b 2'],
      ],
    ],
    [
      'CRLF ends a line',
      'a 1\r\nb 2\r\n',
      [
        [1, 'a 1'],
        [2, 'b 2'],
      ],
    ],
    [
      'the last line needs no end',
      'a 1\nb 2',
      [
        [1, 'a 1'],
        [2, 'b 2'],
      ],
    ],
    ['blank lines and comments count and are left out', '\n# x\n \t\na\n', [[4, 'a']]],
    ['blanks and tabs around a line are left out', ' \t a\tb  c \t\n', [[1, 'a\tb  c']]],
    ['a comment ends a line', 'a 1 # two\n', [[1, 'a 1']]],
    ['a second # is part of the comment', 'a # b # c\n', [[1, 'a']]],
    ['there are none in an empty file', '', []],
    [
      'a lone CR ends a line',
      'a\rb\r\rc',
      [
        [1, 'a'],
        [2, 'b'],
        [4, 'c'],
      ],
    ],
    [
      'CR CR LF ends two',
      'a\r\r\nb',
      [
        [1, 'a'],
        [3, 'b'],
      ],
    ],
    [
      'LF CR ends two',
      'a\n\rb',
      [
        [1, 'a'],
        [3, 'b'],
      ],
    ],
  ];
  test.for(cases)('%s', ([, content, expected]) => {
    expect(read(content).lines.map(({ number, text }) => [number, text])).toEqual(expected);
  });

  test('a # directly behind a word may have been meant', () => {
    const { lines } = read('a 12#4\nb 12 #4\n#c\nd\n');
    expect(lines.map(({ text, cutAtHash }) => [text, cutAtHash])).toEqual([
      ['a 12', true],
      ['b 12', false],
      ['d', false],
    ]);
  });
});

describe('the limit of 80 bytes', () => {
  const eighty = `a ${'b'.repeat(78)}`;

  const read80: [title: string, content: string][] = [
    ['80 bytes are read', `${eighty}\nz\n`],
    ['80 bytes before CRLF are read', `${eighty}\r\nz\r\n`],
    ['80 bytes of comment are read', `#${'x'.repeat(79)}\nz\n`],
    ['80 blanks are read', `${' '.repeat(80)}\nz\n`],
    ['80 bytes of UTF-8 are read', `a ${'\u00e9'.repeat(39)}\nz\n`],
    ['a byte-order mark before 80 bytes is not counted', `\ufeff${eighty}\nz\n`],
  ];
  test.for(read80)('%s', ([, content]) => {
    const { lines, cut } = read(content);
    expect(cut).toBeUndefined();
    expect(lines.at(-1)?.text).toBe('z');
  });

  const read81: [title: string, content: string, lengthBytes: number][] = [
    ['81 bytes end the reading', `a\n${eighty}c\nz\n`, 81],
    ['81 bytes before CRLF end it', `a\r\n${eighty}c\r\nz\r\n`, 81],
    ['81 bytes at the end of the file end it', `a\n${eighty}c`, 81],
    ['a comment of 81 bytes ends it', `a\n#${'x'.repeat(80)}\nz\n`, 81],
    ['a comment that makes 81 bytes ends it', `a\nb 1 #${'x'.repeat(76)}\nz\n`, 81],
    ['81 blanks end it', `a\n${' '.repeat(81)}\nz\n`, 81],
    ['trailing blanks beyond 80 bytes end it', `a\nb${' '.repeat(80)}\nz\n`, 81],
    ['characters count by their bytes', `a\n${'\u00e9'.repeat(41)}\nz\n`, 82],
  ];
  test.for(read81)('%s', ([, content, lengthBytes]) => {
    const text = read(content);
    expect(textsOf(text)).toEqual(['a']);
    expect(text.cut).toMatchObject({ line: 2, lengthBytes });
  });

  test('what is lost begins with the long line itself, each line up to 80 bytes', () => {
    const { cut } = read(`a\n${'b'.repeat(200)}\n#${'c'.repeat(100)}\n\n  ${'d'.repeat(100)}\ne\n`);
    expect(cut?.lost.map(({ number, text }) => [number, text])).toEqual([
      [2, 'b'.repeat(80)],
      [5, 'd'.repeat(78)],
      [6, 'e'],
    ]);
  });

  test('what is lost raises no doubts', () => {
    expect(read(`a\n${'b'.repeat(81)}\n\u00e9 \u00e9\rx\n`).problems).toEqual([]);
  });
});

describe('bytes beyond ASCII', () => {
  const texts: [title: string, bytes: Uint8Array, expected: string][] = [
    ['UTF-8', Buffer.from('BANNER Caf\u00e9'), 'BANNER Caf\u00e9'],
    ['UTF-8 that ends in 0xA0', Buffer.from('BANNER voil\u00e0'), 'BANNER voil\u00e0'],
    ['four bytes of UTF-8', Buffer.from('BANNER \u{1f4de}'), 'BANNER \u{1f4de}'],
    ['Latin-1', Buffer.from('BANNER Caf\u00e9', 'latin1'), 'BANNER Caf\u00e9'],
    ['Windows-1252', Buffer.from('BANNER \x80\x92\x9f', 'latin1'), 'BANNER \u20ac\u2019\u0178'],
    ['UTF-8 cut in the middle', Buffer.from('BANNER \xe2\x82', 'latin1'), 'BANNER \u00e2\u201a'],
  ];
  test.for(texts)('%s is read and told as a warning', ([, bytes, expected]) => {
    const text = read(bytes);
    expect(textsOf(text)).toEqual([expected]);
    expect(text.problems).toEqual([
      {
        severity: 'warning',
        code: 'NOT_ASCII',
        line: 1,
        message: 'the line holds other characters than ASCII',
      },
    ]);
  });

  test('each line is decoded by itself', () => {
    const mixed = Buffer.concat([Buffer.from('a \u00e9\n'), Buffer.from('b \xe9\n', 'latin1')]);
    expect(textsOf(read(mixed))).toEqual(['a \u00e9', 'b \u00e9']);
  });

  test('in comments they are told once, as a note', () => {
    const { lines, problems } = read('a 1\n# caf\u00e9\nb 2 # \u00e9\n#\u00e9\n');
    expect(lines.map((line) => line.text)).toEqual(['a 1', 'b 2']);
    expect(problems).toEqual([
      {
        severity: 'note',
        code: 'NOT_ASCII_COMMENT',
        line: 2,
        message: 'the comment holds other characters than ASCII (and 2 more lines)',
      },
    ]);
  });
});

describe('unproven forms', () => {
  test('a byte-order mark is skipped and told as an error', () => {
    const text = read('\ufeffa 1\n');
    expect(textsOf(text)).toEqual(['a 1']);
    expect(text.problems).toEqual([
      {
        severity: 'error',
        code: 'BYTE_ORDER_MARK',
        line: 1,
        message: 'the file begins with a byte-order mark; unproven: a real phone may not read this',
      },
    ]);
  });

  test('with quirks.readBom ignore the file is not read', () => {
    const text = read('\ufeffa 1\n', { readBom: 'ignore' });
    expect(textsOf(text)).toEqual([]);
    expect(text.problems.map((problem) => problem.message)).toEqual([
      'the file begins with a byte-order mark; this phone does not read the file',
    ]);
  });

  test('lone CRs are told once, as an error', () => {
    expect(read('a\nb\rc\rd').problems).toEqual([
      {
        severity: 'error',
        code: 'LONE_CR',
        line: 2,
        message:
          'the line has a CR without LF (and 1 more line); unproven: a real phone may not read this as a line end',
      },
    ]);
  });

  test('with quirks.readLoneCr ignore a lone CR is part of its line, and told', () => {
    const text = read('a\rb\nc\r', { readLoneCr: 'ignore' });
    expect(textsOf(text)).toEqual(['a\rb', 'c']);
    expect(text.problems.map((problem) => [problem.code, problem.line])).toEqual([['LONE_CR', 1]]);
  });

  test('CRLF is no lone CR', () => {
    expect(read('a\r\nb\r\n').problems).toEqual([]);
    expect(read('a\r\nb\r\n', { readLoneCr: 'ignore' }).problems).toEqual([]);
  });
});

test('any bytes are read without exception, in bounded problems', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
      const { lines, problems } = read(bytes);
      expect(problems.length).toBeLessThan(60);
      for (const { text } of lines) expect(text).not.toBe('');
    }),
  );
});
