import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parameterDocument } from '../../src/provisioning/parameter-document.ts';
import { parameters } from '../../src/provisioning/parameters.ts';

test('docs/parameters.md is what the table says (node scripts/write-parameter-docs.mjs writes it)', () => {
  const written = readFileSync(new URL('../../docs/parameters.md', import.meta.url), 'utf8');
  expect(written).toBe(parameterDocument());
});

test('every parameter has one row of six cells', () => {
  const rows = parameterDocument()
    .split('\n')
    .filter((line) => line.startsWith('| `'));
  expect(rows.map((row) => row.split(/(?<!\\)\|/).length - 2)).toEqual(parameters.map(() => 6));
});
