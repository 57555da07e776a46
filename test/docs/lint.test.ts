import { expect, test } from 'vitest';
import { ruleGroups } from '../../src/lint/rules.ts';
import { pathOf, readDocument, table, withBlock } from './markdown.ts';

const rules = ruleGroups
  .map(({ title, rules: ofGroup }) => {
    const rows = Object.entries(ofGroup).map(([id, { severity, what, why, source, mend, fixable }]) => [
      `\`${id}\``,
      severity,
      `${what}. ${why}`,
      `${mend}${fixable ? ' *Fix*' : ''}`,
      source,
    ]);
    return `### ${title}\n\n${table(['Rule', 'Severity', 'What, and why it matters', 'How to mend it', 'Source'], rows)}`;
  })
  .join('\n\n');

test('docs/lint.md has every rule (npx vitest run test/docs -u writes it)', async () => {
  const file = 'docs/lint.md';
  const written = withBlock(readDocument(file), 'rules', rules);
  await expect(written).toMatchFileSnapshot(pathOf(file));
});

test('no rule has two entries', () => {
  const ids = ruleGroups.flatMap((group) => Object.keys(group.rules));
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});
