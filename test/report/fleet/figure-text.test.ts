import { expect, test } from 'vitest';
import { countedText } from '../../../src/report/fleet/figure-text.ts';
import { counted } from '../../../src/report/result-words.ts';

const counts: [count: number, plain: string, grouped: string][] = [
  [0, '0 phones', '0 phones'],
  [1, '1 phone', '1 phone'],
  [2, '2 phones', '2 phones'],
  [12_345, '12345 phones', '12,345 phones'],
];
test.for(counts)('so many are told as so many: %i', ([count, plain, grouped]) => {
  expect([counted(count, 'phone'), countedText(count, 'phone')]).toEqual([plain, grouped]);
});

test('a noun of its own plural', () => {
  expect([1, 2].map((count) => counted(count, 'address', 'addresses'))).toEqual(['1 address', '2 addresses']);
});
