import { expect, test } from 'vitest';
import { contract, mutations, rules } from '../contract/contract.ts';
import type { Proof, Rule } from '../contract/rule.ts';
import { pathOf, readDocument, table, withBlock } from './markdown.ts';

const file = 'docs/contract.md';

const provenBy = ({ file: testFile, titles }: Proof) =>
  `\`${testFile}\`: ${titles.map((title) => `"${title}"`).join(', ')}`;

const rowOf = ({ id, says, quirk, provenBy: proofs }: Rule, number: string) => [
  number,
  `\`${id}\``,
  says,
  quirk === undefined ? '' : `\`${quirk}\``,
  proofs.map(provenBy).join('; '),
];

const tables = contract
  .map(({ title, about, rules: group }, chapter) =>
    [
      `## ${chapter + 1}. ${title}`,
      ...(about === undefined ? [] : [about]),
      table(
        ['#', 'Rule', 'What the phone does', 'Switch', 'Proven by'],
        group.map((rule, index) => rowOf(rule, `${chapter + 1}.${index + 1}`)),
      ),
    ].join('\n\n'),
  )
  .join('\n\n');

test('docs/contract.md has every rule (npx vitest run test/docs -u writes it)', async () => {
  const written = withBlock(readDocument(file), 'rules', tables);
  await expect(written).toMatchFileSnapshot(pathOf(file));
});

test('every id stands once, in lower case', () => {
  const ids = rules.map(({ id }) => id);
  expect(
    ids.filter((id, index) => ids.indexOf(id) !== index || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)),
  ).toEqual([]);
});

test('every title stands in the file that is named', () => {
  const missing = rules.flatMap(({ id, provenBy: proofs }) =>
    proofs.flatMap(({ file: testFile, titles }) =>
      titles
        .filter((title) => !isTitledSo(readDocument(testFile), title.split(' > ').at(-1) ?? title))
        .map((title) => `${id}: ${testFile} has no "${title}"`),
    ),
  );
  expect(missing, 'name the test in test/contract/ as it is called now').toEqual([]);
});

test('the text that a mutation replaces stands in its file, once', () => {
  const asFound = mutations
    .filter(({ file: source, text }) => readDocument(source).split(text).length !== 2)
    .map(({ key, file: source, text }) => `${key}: ${source}: ${text}`);
  expect(asFound, 'give the rule in test/contract/ a text of the source as it is now').toEqual([]);
});

/** Whether a test file has a text as a title, whole or as a part of one, or makes it of a table's. */
function isTitledSo(source: string, title: string): boolean {
  if (source.includes(title)) return true;
  return templatesIn(source).some((template) => {
    const pieces = template.exec(title)?.slice(1);
    return pieces?.every((piece) => source.includes(piece)) ?? false;
  });
}

/** Titles such as `understands %s`, as patterns whose groups are what the table has in their place. */
function templatesIn(source: string): readonly RegExp[] {
  const texts = [...source.matchAll(/(?<quote>['"`])(?<text>[^'"`\n]*%s[^'"`\n]*)\k<quote>/g)];
  return texts.map(({ groups }) => {
    const parts = groups?.['text']?.split('%s') ?? [];
    return new RegExp(`^${parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('(.+)')}$`);
  });
}
