import { dirname, relative } from 'node:path';
import { expect, test } from 'vitest';
import { findScenarios } from '../../src/scenario/find-scenarios.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';
import { pathOf, readDocument, table, withBlock } from './markdown.ts';

const file = 'docs/scenario-library.md';

/** The folders of scenarios/, in the order of the index. */
const groups: readonly (readonly [folder: string, about: string])[] = [
  ['boot', 'Power, boot loader, restarts, resets and the login that follows.'],
  ['versions', 'What AUTO and FORCED take, and which version is stored afterwards.'],
  ['schedule', 'The daily poll, its minute, and the clock it goes by.'],
  ['prompts', 'Questions on the screen, and what an answer or none leads to.'],
  ['calls', 'Do Not Disturb, calls, and checks that meet them.'],
  ['files', 'What is inside a file, and which one is not taken.'],
  ['security', 'Signatures, certificates, and the lists that say whom to trust.'],
  ['panel', 'What the panel shows, and what its keys lead to.'],
  ['network', "DHCP, the server's address, and SIP NOTIFY."],
  ['faults', 'Servers and phones that go wrong.'],
  ['wire', 'What only real sockets have: the protocols, and addresses of this machine.'],
  ['field', 'What administrators and logs of real sites report, a story each.'],
];

const found = findScenarios([pathOf('scenarios')]);
const stories = ('files' in found ? found.files : []).map((path) => {
  const reading = readScenario(path);
  if ('problems' in reading) throw new Error(`${path} has mistakes; test/scenarios says which`);
  const { cases } = reading;
  return {
    path: relative(pathOf('.'), path),
    group: relative(pathOf('scenarios'), dirname(path)),
    title: cases[0]?.title ?? '',
    why: cases[0]?.why?.trim() ?? '',
    cases: cases.length,
  };
});

const written = groups.map(([folder, about]) => {
  const rows = stories
    .filter(({ group }) => group === folder)
    .map(({ path, title, why, cases }) => [
      `[${title}](../${path})${cases > 1 ? ` (${cases} cases)` : ''}`,
      why,
    ]);
  return `## ${folder}\n\n${about}\n\n${table(['What is so', 'Why'], rows)}`;
});

test('docs/scenario-library.md has every scenario (npx vitest run test/docs -u writes it)', async () => {
  await expect(withBlock(readDocument(file), 'scenarios', written.join('\n\n'))).toMatchFileSnapshot(
    pathOf(file),
  );
});

test('every scenario is in a group of the index', () => {
  const known = groups.map(([folder]) => folder);
  expect(stories.filter(({ group }) => !known.includes(group)).map(({ path }) => path)).toEqual([]);
});

test('every scenario says why, in words of its own', () => {
  const whys = stories.map(({ why }) => why);
  const wrong = stories.filter(({ why }) => why === '' || whys.indexOf(why) !== whys.lastIndexOf(why));
  expect(wrong.map(({ path }) => path)).toEqual([]);
});

test('no two scenarios have one title', () => {
  const titles = stories.map(({ title }) => title);
  expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
});
