import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keywords } from '../../src/provisioning/section-keywords.ts';
import { sectionNames } from '../../src/provisioning/words.ts';
import { pathOf, readDocument, rowsUnder, sectionUnder } from './markdown.ts';

const phone = readDocument('docs/phone.md');

test('docs/phone.md explains every source key that the code and the documents cite', () => {
  const known = rowsUnder(phone, '## Sources').flatMap(([keys = '']) => keys.split(', '));
  const cited = [...filesOf('src', '.ts'), ...filesOf('docs', '.md')].flatMap((file) =>
    [...readDocument(file).matchAll(/\b([A-Z]{1,3}\d{0,2}L?) p\d+/g)].map(([, key]) => key),
  );
  const protocols = ['TCP'];
  expect([...new Set(cited)].filter((key = '') => ![...known, ...protocols].includes(key))).toEqual([]);
});

test('docs/phone.md has every section and every keyword', () => {
  const file = sectionUnder(phone, '## The provisioning file');
  expect(sectionNames.filter((name) => !file.includes(`[${name}]`))).toEqual([]);
  expect(keywords.filter((name) => !file.includes(name))).toEqual([]);
});

test.for([
  ['## Failures', 18],
  ['## From the field', 28],
] as const)('"%s" numbers its rows', ([heading, count]) => {
  const numbers = rowsUnder(phone, heading).map(([number]) => Number(number));
  expect(numbers).toEqual(Array.from({ length: count }, (_, index) => index + 1));
});

function filesOf(folder: string, ending: string): string[] {
  return readdirSync(pathOf(folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => join(folder, file));
}
