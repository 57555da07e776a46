import { expect, test } from 'vitest';
import { align } from '../../src/report/align.ts';

const said = (a: string, b: string) =>
  align([...a], [...b])
    .map(([i, j]) => (j === undefined ? `-${a[i ?? 0]}` : i === undefined ? `+${b[j]}` : (a[i] ?? '')))
    .join(' ');

test.for([
  ['two empty lists', '', '', ''],
  ['what is the same stands together', 'abc', 'abc', 'a b c'],
  ['what came is on one side', 'ac', 'abc', 'a +b c'],
  ['what went is on the other', 'abc', 'ac', 'a -b c'],
  ['what is replaced went, then came', 'abc', 'axc', 'a -b +x c'],
  ['what moved went and came', 'abc', 'bca', '-a b c +a'],
  ['of repeats the first stand together', 'aab', 'ab', 'a -a b'],
  ['nothing in common', 'ab', 'x', '-a -b +x'],
] as const)('%s', ([, a, b, expected]) => {
  expect(said(a, b)).toBe(expected);
});
