import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { faultRuleSchema, faultRulesSchema, faultWords } from '../../src/server/faults.schema.ts';
import { fetchUnder } from './fault-story.ts';

const document = readFileSync(new URL('../../docs/faults.md', import.meta.url), 'utf8');
const [introduction = '', ...sections] = document.split(/^## /m);
const headings = sections.map((section) => section.split('\n')[0]);

test('a file, its word and its heading are the same', () => {
  const files = readdirSync(new URL('../../src/server/faults/', import.meta.url));
  expect(headings).toEqual(faultWords);
  expect(files.sort()).toEqual(faultWords.map((word) => `${word}.ts`).sort());
});

const settings = faultRuleSchema.options.flatMap(({ shape }) =>
  Object.keys(shape).map((name): [fault: string, setting: string] => [shape.fault.value, name]),
);
test.for(settings)('%s: %s is written down', ([fault, setting]) => {
  const section = sections[headings.indexOf(fault)] ?? '';
  const said = setting === 'fault' ? fault : `\`${setting}\``;
  expect(`${introduction}${section}`).toContain(said);
});

interface Row {
  readonly fault: string;
  readonly setting: Readonly<Record<string, number | string>>;
  readonly ends: readonly string[];
}

/** What a rule of a fault cannot do without, where its table has no column for it. */
const needed: Readonly<Record<string, object>> = {
  stall: { afterBytes: 1_000 },
  truncate: { afterBytes: 1_000 },
  reset: { afterBytes: 1_000 },
  stale: { from: 'old' },
  'half-updated': { from: 'old', updated: '0%' },
};

/** The rows of the tables of endings. */
const rows = sections.flatMap((section): readonly Row[] => {
  const fault = section.split('\n')[0] ?? '';
  const [head, , ...body] = [...section.matchAll(/^\|(.*)\|$/gm)].map(([, cells = '']) =>
    cells.split('|').map((cell) => cell.trim().replaceAll('`', '')),
  );
  const setting = head?.length === 4 ? head[0] : undefined;
  return body.map((cells) => ({
    fault,
    setting: setting === undefined ? {} : { [setting]: cellValue(cells[0] ?? '') },
    ends: cells.slice(-3),
  }));
});

function cellValue(cell: string): number | string {
  return /^\d+$/.test(cell) ? Number(cell) : cell;
}

test('every fault has a table', () => {
  expect(new Set(rows.map(({ fault }) => fault))).toEqual(new Set(faultWords));
});

test.for(rows)('$fault $setting ends as the table says', async ({ fault, setting, ends }) => {
  const [rule] = faultRulesSchema.parse([{ match: '**', fault, ...needed[fault], ...setting }]);
  if (rule === undefined) throw new Error('There is no rule');
  const told = await Promise.all(
    (['tftp', 'ftp', 'http'] as const).map((protocol) => fetchUnder(rule, protocol)),
  );
  expect(told.map(({ end }) => end)).toEqual(ends);
});

test('the example is good', () => {
  const lines = introduction.split('\n').filter((line) => line.startsWith('  - {'));
  const rules = lines.map((line) =>
    Object.fromEntries(
      [...line.matchAll(/(\w+): ("[^"]*"|[^,} ]+)/g)].map(([, key = '', text = '']) => {
        const value = text.replaceAll('"', '');
        return [key, /^\d+$/.test(value) ? Number(value) : value];
      }),
    ),
  );
  expect(faultRulesSchema.parse(rules)).toEqual(rules);
  expect(rules).toHaveLength(3);
});
