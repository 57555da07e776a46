import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareVersions, isVersionNumber } from '../../src/provisioning/version.ts';

const cases: [title: string, a: string, b: string, sign: number][] = [
  ['a higher number is higher', '000002', '000001', 1],
  ['a lower number is lower', '000001', '000002', -1],
  ['equal numbers are equal', '000001', '000001', 0],
  ['leading zeros do not matter', '0000000001', '000001', 0],
  ['numbers compare as numbers, not as text', '000010', '000009', 1],
  ['digits compare whatever their count', '1000000', '999999', 1],
  ['zero is higher than nothing', '000000', '', 1],
  ['zero is zero however it is written', '0', '0000000000', 0],
  ['what is no number is lowest', '000001', 'abc', 1],
  ['a load name is no number', 'SIP12x004.01.13.00', '000000', -1],
  ['two that are no number are equal', 'abc', '', 0],
  ['a sign is no digit', '-1', '0', -1],
  ['an exponent is no number', '1e9', '0', -1],
  ['digits of other scripts are none', '\u0661', '0', -1],
  ['more digits than a double holds still differ in the last', '9'.repeat(40), `${'9'.repeat(39)}8`, 1],
];
test.for(cases)('%s', ([, a, b, sign]) => {
  expect(Math.sign(compareVersions(a, b))).toBe(sign);
  expect(Math.sign(compareVersions(b, a))).toBe(sign === 0 ? 0 : -sign);
});

describe('for any digits', () => {
  const digits = fc.stringMatching(/^[0-9]{1,30}$/);

  test('the order is that of whole numbers', () => {
    fc.assert(
      fc.property(digits, digits, (a, b) => {
        const difference = BigInt(a) - BigInt(b);
        expect(Math.sign(compareVersions(a, b))).toBe(difference > 0n ? 1 : difference < 0n ? -1 : 0);
      }),
    );
  });

  test('any text compares, equal to itself', () => {
    fc.assert(fc.property(fc.string(), (text) => compareVersions(text, text) === 0));
  });
});

test('a version number is digits and nothing else', () => {
  expect(['0', '000001', '12345678901234567890'].map(isVersionNumber)).toEqual([true, true, true]);
  expect(['', ' 1', '1.0', 'x', '-1', '1\n'].map(isVersionNumber)).toEqual(Array(6).fill(false));
});
