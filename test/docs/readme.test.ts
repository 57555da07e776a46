import { expect, test } from 'vitest';
import { readDocument, sectionUnder } from './markdown.ts';

const readme = readDocument('README.md');
const manifest = JSON.parse(readDocument('package.json'));

test('the five packages it was asked to use are dependencies', () => {
  const asked = ['tftp', 'undici', 'basic-ftp', 'xstate', 'vitest'];
  const has = { ...manifest.dependencies, ...manifest.devDependencies };
  expect(asked.filter((name) => !(name in has))).toEqual([]);
  const said = sectionUnder(readme, '## What it is made of');
  expect(asked.filter((name) => !said.includes(`\`${name}\``))).toEqual([]);
});

test('every npm script it names is there', () => {
  const named = [...readme.matchAll(/npm (?:run )?(start|test|[a-z]+:[a-z-]+|build)\b/g)].map(
    ([, name]) => name,
  );
  expect([...new Set(named)].filter((name = '') => !(name in manifest.scripts))).toEqual([]);
});

test('it names the lowest Node.js the package takes', () => {
  expect(readme).toContain(`Node.js ${manifest.engines.node.replace('>=', '')} or later`);
});
