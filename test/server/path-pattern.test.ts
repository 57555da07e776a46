import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchesPath } from '../../src/server/path-pattern.ts';

const cases: [title: string, pattern: string, yes: readonly string[], no: readonly string[]][] = [
  [
    'a name is that name, in any folder',
    '1230SIP.cfg',
    ['1230SIP.cfg', 'a/b/1230SIP.cfg'],
    ['x1230SIP.cfg', 'SIP.cfg'],
  ],
  ['case counts', '1230SIP.cfg', [], ['1230sip.cfg', '1230SIP.CFG']],
  [
    '* is any letters, none too',
    '*.bin',
    ['a.bin', '.bin', 'firmware/a.b.bin'],
    ['a.bin.txt', 'bin', 'a.bin/b'],
  ],
  [
    'several *',
    'SIP*01*.cfg',
    ['SIP01.cfg', 'SIP001B4F123001.cfg', 'SIP0101x.cfg'],
    ['SIP.cfg', 'SIP10.cfg'],
  ],
  ['? is one letter', '12?0SIP.cfg', ['1230SIP.cfg', '1220SIP.cfg'], ['120SIP.cfg', '12330SIP.cfg']],
  ['? is no slash', '/a?b', [], ['a/b', '/a/b']],
  [
    'with a slash it is the whole path',
    'firmware/*.bin',
    ['firmware/a.bin'],
    ['a.bin', 'x/firmware/a.bin', 'firmware/x/a.bin'],
  ],
  [
    '** is any folders, none too',
    '**/firmware/*',
    ['firmware/a', 'x/y/firmware/a'],
    ['firmware', 'x/firmware/y/a'],
  ],
  ['** at the end is everything below', 'lab/**', ['lab/a', 'lab/a/b', 'lab'], ['a', 'labs/a']],
  ['** in the middle', 'a/**/z', ['a/z', 'a/b/z', 'a/b/c/z'], ['az', 'a/zz', 'b/a/z']],
  ['** alone is everything', '**', ['a', 'a/b/c'], []],
  ['letters of regular expressions are letters', 'a+(b)[c].$', ['a+(b)[c].$'], ['aab', 'a+(b)[c]xx']],
  ['letters beyond ASCII', 'Fran?ais.*', ['Français.lng', 'x/Fran🎉ais.lng'], ['Franais.lng']],
];
test.for(cases)('%s', ([, pattern, yes, no]) => {
  expect(yes.filter((path) => !matchesPath(pattern, path))).toEqual([]);
  expect(no.filter((path) => matchesPath(pattern, path))).toEqual([]);
});

const meanings = new Map([
  ['*', '.*'],
  ['?', '.'],
  ['.', '\\.'],
]);

test('a name pattern says what the regular expression of it says', () => {
  const letters = fc.constantFrom('a', 'b', '.');
  const patterns = fc.array(fc.oneof(letters, fc.constantFrom('*', '?')), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(patterns, fc.array(letters, { maxLength: 10 }), (pattern, name) => {
      const source = pattern.map((letter) => meanings.get(letter) ?? letter).join('');
      const expected = new RegExp(`^${source}$`).test(name.join(''));
      expect(matchesPath(pattern.join(''), name.join(''))).toBe(expected);
    }),
    { numRuns: 2_000 },
  );
});
