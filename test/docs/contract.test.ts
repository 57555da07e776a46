import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { contract, mutations, rules } from '../contract/contract.ts';
import { mutationsOf, type Proof, type Rule } from '../contract/rule.ts';
import { reasonOf, unseen } from '../contract/unseen.ts';
import { pathOf, readDocument, table, withBlock } from './markdown.ts';

const file = 'docs/contract.md';

const provenBy = ({ file: testFile, titles }: Proof) =>
  `\`${testFile}\`: ${titles.map((title) => `"${title}"`).join(', ')}`;

/** The scenario that noticed each mutation, by its key; `npm run mutate:scenarios -- --write` writes it. */
const seenBy = new Map(
  Object.entries(
    z.record(z.string(), z.string()).parse(JSON.parse(readDocument('test/contract/seen-by.json'))),
  ),
);

const shownBy = (key: string) => {
  const scenario = seenBy.get(key) ?? '';
  return `[${scenario.replace(/^scenarios\/|\.yaml$/g, '')}](../${scenario})`;
};

const seen = (rule: Rule) => {
  const reason = reasonOf(rule);
  if (reason !== undefined) return `none: ${reason}`;
  return [...new Set(mutationsOf(rule).map(({ key }) => shownBy(key)))].join(', ');
};

const rowOf = (rule: Rule, number: string) => [
  number,
  `\`${rule.id}\``,
  rule.says,
  rule.quirk === undefined ? '' : `\`${rule.quirk}\``,
  rule.provenBy.map(provenBy).join('; '),
  seen(rule),
];

const tables = contract
  .map(({ title, about, rules: group }, chapter) =>
    [
      `## ${chapter + 1}. ${title}`,
      ...(about === undefined ? [] : [about]),
      table(
        ['#', 'Rule', 'What the phone does', 'Switch', 'Proven by', 'Shows in'],
        group.map((rule, index) => rowOf(rule, `${chapter + 1}.${index + 1}`)),
      ),
    ].join('\n\n'),
  )
  .join('\n\n');

const reasons = table(
  ['Reason', 'Why', 'Rules'],
  unseen.map(({ reason, says, rules: ids }) => [reason, says, ids.map((id) => `\`${id}\``).join(', ')]),
);

const mistakes = table(
  ['Mistake', 'Rule', 'Shows in'],
  mutations.flatMap(({ as, key, rule }) => (as === undefined ? [] : [[as, `\`${rule.id}\``, shownBy(key)]])),
);

test('docs/contract.md has every rule (npx vitest run test/docs -u writes it)', async () => {
  const blocks = { mistakes, unseen: reasons, rules: tables };
  const written = Object.entries(blocks).reduce(
    (document, [name, content]) => withBlock(document, name, content),
    readDocument(file),
  );
  await expect(written).toMatchFileSnapshot(pathOf(file));
});

test('every mutation shows in a scenario that is there, or its rule has one reason why it cannot', () => {
  const unaccounted = mutations
    .filter(({ key, rule }) => {
      const scenario = seenBy.get(key);
      return scenario === undefined
        ? reasonOf(rule) === undefined
        : reasonOf(rule) !== undefined || !existsSync(pathOf(scenario));
    })
    .map(({ key }) => key);
  expect(unaccounted, 'run npm run mutate:scenarios -- --write, and see test/contract/unseen.ts').toEqual([]);
});

test('what is said to be unseen is a rule, once', () => {
  const ids = unseen.flatMap(({ rules: named }) => named);
  const known = rules.map(({ id }) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index || !known.includes(id))).toEqual([]);
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
