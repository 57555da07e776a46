import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileDigitPattern } from '../../src/provisioning/digit-pattern.ts';
import { matchDigits } from '../../src/provisioning/match-digits.ts';
import { cpuMs } from './linear.ts';

/** What `$$` is for each pattern that matches; the patterns that `|` parts one after the other. */
function capturedBy(pattern: string, dialed: string): readonly (string | undefined)[] {
  const programs = compileDigitPattern(pattern);
  if (typeof programs === 'string') throw new Error(programs);
  return programs.map((program) => matchDigits(program, dialed).matched);
}

function matches(pattern: string, dialed: string): boolean {
  return capturedBy(pattern, dialed).some((captured) => captured !== undefined);
}

const rows: [pattern: string, matching: string[], not: string[]][] = [
  ['1', ['1'], ['', '2', '11']],
  ['179', ['179'], ['17', '1799', '178']],
  ['[179]', ['1', '7', '9'], ['', '2', '17']],
  ['[2-9]', ['2', '5', '9'], ['1', '0', '*']],
  ['[^15]', ['0', '2', '3', '4', '6', '7', '8', '9'], ['1', '5', '*', '#', 'A']],
  ['[02-46-9A-D]', ['0', '2', '3', '4', '6', '9', 'A', 'D'], ['1', '5', '*', '#']],
  ['[*#]', ['*', '#'], ['0']],
  ['x', ['0', '9'], ['', '*', '#', 'A']],
  ['X', ['0', '9'], ['A']],
  ['a', ['A'], ['0']],
  ['*', ['*'], ['', '1', '**']],
  ['#', ['#'], ['']],
  ['x*', ['1*'], ['1', '11', '']],
  ['x{4}', ['0000', '4567'], ['456', '45678']],
  ['x{2,}', ['12', '123', '1'.repeat(64)], ['1', '']],
  ['x{,2}', ['', '1', '12'], ['123']],
  ['x{1,3}', ['1', '12', '123'], ['', '1234']],
  ['x{0,1}9', ['9', '19'], ['119']],
  ['9x{7,15}', [`9${'1'.repeat(7)}`, `9${'1'.repeat(15)}`], [`9${'1'.repeat(6)}`, `9${'1'.repeat(16)}`]],
  ['(12){2}', ['1212'], ['12', '121']],
  ['(1|23)4', ['14', '234'], ['124', '134', '4']],
  ['((1|2){2}|3)x', ['119', '219', '39'], ['19', '129x']],
  ['112|911', ['112', '911'], ['1', '112911']],
  [' 9 x{2} | 0 ', ['912', '0'], ['9 12']],
];

describe('a pattern', () => {
  test.for(rows)('%s', ([pattern, matching, not]) => {
    expect(matching.filter((dialed) => !matches(pattern, dialed))).toEqual([]);
    expect(not.filter((dialed) => matches(pattern, dialed))).toEqual([]);
  });
});

const captures: [pattern: string, dialed: string, captured: (string | undefined)[]][] = [
  ['9x{4}', '91234', ['91234']],
  ['9(x{4})', '91234', ['1234']],
  ['9(x{2})0(x{2})', '912034', ['1234']],
  ['(9(x))', '91', ['91']],
  ['9(x){3}', '9123', ['123']],
  ['911|9(x{2})', '911', ['911', '11']],
  ['(x{1,2})(x{0,1})', '12', ['12']],
];

describe('$$ is', () => {
  test.for(captures)('of %s for %s', ([pattern, dialed, captured]) => {
    expect(capturedBy(pattern, dialed)).toEqual(captured);
  });
});

const faults: [pattern: string, fault: string][] = [
  ['', 'a pattern is empty'],
  ['1|', 'a pattern is empty'],
  ['()', 'a pattern is empty'],
  ['x+', '"+" is none of digits, *, #, A-D, x, [ ], { }, ( ) and |'],
  ['x.', '"." is none of digits, *, #, A-D, x, [ ], { }, ( ) and |'],
  ['x?', '"?" is none of digits, *, #, A-D, x, [ ], { }, ( ) and |'],
  ['E', '"E" is none of digits, *, #, A-D, x, [ ], { }, ( ) and |'],
  ['{4}', '"{" is none of digits, *, #, A-D, x, [ ], { }, ( ) and |'],
  ['x]', '"]" is none of digits, *, #, A-D, x, [ ], { }, ( ) and |'],
  ['(x', 'a parenthesis is not closed'],
  ['x)', '")" closes nothing'],
  ['[12', 'a bracket is not closed'],
  ['[]', 'a selector is empty'],
  ['[^]', 'a selector is empty'],
  ['[9-2]', '[9-2]: "9-2" is no key and no range'],
  ['[9-A]', '[9-A]: "9-A" is no key and no range'],
  ['[x]', '[X]: "X" is no key and no range'],
  ['[1-]', '[1-]: "-" is no key and no range'],
  ['x{', '{} is no count; expected {m}, {m,}, {,n} or {m,n}'],
  ['x{}', '{} is no count; expected {m}, {m,}, {,n} or {m,n}'],
  ['x{,}', '{,} is no count; expected {m}, {m,}, {,n} or {m,n}'],
  ['x{a}', '{A} is no count; expected {m}, {m,}, {,n} or {m,n}'],
  ['x{1,2,3}', '{1,2,3} is no count; expected {m}, {m,}, {,n} or {m,n}'],
  ['x{0}', '{0} is no count from 1 to 64'],
  ['x{3,2}', '{3,2} is no count from 1 to 64'],
  ['x{65}', '{65} is no count from 1 to 64'],
  ['x{65,}', '{65,} is no count from 1 to 64'],
  [`${'('.repeat(9)}x${')'.repeat(9)}`, 'parentheses are nested more than 8 deep'],
  ['((x{64}){64}){64}', 'the pattern has more than 2000 steps written out'],
  ['x'.repeat(2_001), 'the pattern has more than 2000 steps written out'],
];

describe('a pattern is not read', () => {
  test.for(faults)('%s', ([pattern, fault]) => {
    expect(compileDigitPattern(pattern)).toBe(fault);
  });

  test('nor does any text throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0129*#ADxX[]^-{},()|'), maxLength: 40 }), (text) => {
        const compiled = compileDigitPattern(text);
        if (typeof compiled === 'string') expect(compiled).not.toBe('');
        else for (const program of compiled) matchDigits(program, '0123456789');
      }),
      { numRuns: 500 },
    );
  });
});

/** Patterns of simple parts, with a regular expression that means the same. */
const part = fc.constantFrom(
  ['1', '1'],
  ['x', '[0-9]'],
  ['[2-4]', '[2-4]'],
  ['[^15]', '[02346789]'],
  ['*', '\\*'],
  ['(12|3)', '(?:12|3)'],
);
const count = fc.constantFrom(
  ['', ''],
  ['{2}', '{2}'],
  ['{1,}', '{1,}'],
  ['{,2}', '{0,2}'],
  ['{1,3}', '{1,3}'],
);
const sequence = fc.array(fc.tuple(part, count), { minLength: 1, maxLength: 5 }).map((parts) => ({
  pattern: parts.map(([[text], [times]]) => `${text}${times}`).join(''),
  regExp: parts.map(([[, text], [, times]]) => `${text}${times}`).join(''),
}));

test('a pattern matches what the regular expression of its meaning does', () => {
  fc.assert(
    fc.property(
      sequence,
      fc.string({ unit: fc.constantFrom(...'0123459*'), maxLength: 8 }),
      (meaning, dialed) => {
        expect(matches(meaning.pattern, dialed)).toBe(new RegExp(`^(?:${meaning.regExp})$`).test(dialed));
      },
    ),
    { numRuns: 2_000 },
  );
});

test('a pattern that keeps a backtracking matcher busy for ages takes no time', () => {
  const programs = compileDigitPattern('((x{1,}){1,}){1,}#');
  if (typeof programs === 'string') throw new Error(programs);
  const [program = []] = programs;
  expect(cpuMs(() => matchDigits(program, '1'.repeat(64)))).toBeLessThan(50);
});
