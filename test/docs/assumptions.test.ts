import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { published } from '../../src/cli/published.schema.ts';
import { defaultQuirks } from '../../src/provisioning/quirks.ts';
import { pathOf, readDocument, table, withBlock } from './markdown.ts';

const file = 'docs/assumptions.md';

interface QuirkRow {
  readonly name: string;
  readonly values: readonly string[];
  readonly default: string | number;
  readonly says: string;
  readonly source: string;
  readonly settledBy: string;
}

/** As `deskphone schema quirks` prints them: the switches, and the one that is a number. */
const quirks = new Map(Object.entries(published)).get('quirks')?.make() as readonly QuirkRow[];

const valuesOf = ({ name, values }: QuirkRow) =>
  name === 'customDataMax'
    ? `a number of bytes, \`${defaultQuirks.customDataMax}\``
    : values.map((value) => `\`${value}\``).join(', ');

const switches = table(
  ['Switch', 'Values', 'What it says', 'Where it comes from', 'What would settle it'],
  quirks.map((row) => [`\`${row.name}\``, valuesOf(row), row.says, row.source, row.settledBy]),
);

test('docs/assumptions.md has every switch (npx vitest run test/docs -u writes it)', async () => {
  const written = withBlock(readDocument(file), 'switches', switches);
  await expect(written).toMatchFileSnapshot(pathOf(file));
});

test('every switch says its default, where it comes from and what would settle it', () => {
  const wanting = quirks.filter(
    ({ name, values, default: first, says, source, settledBy }) =>
      (name !== 'customDataMax' && values[0] !== first) || [says, source, settledBy].includes(''),
  );
  expect(wanting).toEqual([]);
});

test('docs/assumptions.md names every source file that says Assumed', () => {
  const document = readDocument(file);
  const left = assuming().filter((source) => !document.includes(`\`${source}\``));
  expect(left, 'add a row: the rule, the file, and what would settle it').toEqual([]);
});

test('docs/assumptions.md promises no more in its tables than the sources mark', () => {
  const rows = readDocument(file)
    .split('\n')
    .filter((line) => line.startsWith('| '));
  const named = rows.flatMap((row) => [...row.matchAll(/`(src\/[^`]+)`/g)].map(([, source = '']) => source));
  const marked = [...assuming(), ...unmarked];
  expect(named.filter((source) => !marked.includes(source))).toEqual([]);
});

/** Rules that follow from a comment elsewhere, and so have none of their own. */
const unmarked = ['src/transport/http-exchange.ts'];

function assuming(): string[] {
  return readdirSync(pathOf('src'), { recursive: true, encoding: 'utf8' })
    .filter((source) => source.endsWith('.ts'))
    .map((source) => join('src', source))
    .filter((source) => /\bAssumed\b/.test(readDocument(source)));
}
