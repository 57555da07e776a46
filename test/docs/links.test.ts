import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';
import { pathOf, readDocument } from './markdown.ts';

const documents = ['README.md', 'ARCHITECTURE.md', 'CHANGELOG.md', ...markdownIn('docs')];

function markdownIn(folder: string): string[] {
  return readdirSync(pathOf(folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? markdownIn(path) : path.endsWith('.md') ? [path] : [];
  });
}

/**
 * Targets of links and pictures that are not on the web: files, from the repository's root, without `#...`.
 */
function linkedFiles(document: string): string[] {
  const targets = [...readDocument(document).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  return targets
    .filter((target) => !/^(?:https?:|#)/.test(target))
    .map((target) => normalize(join(dirname(document), target.replace(/#.*/, ''))));
}

/**
 * Paths named as code that begin with a folder of the repository; with `*`, `<` or `...` they stand for many.
 */
function namedFiles(document: string): string[] {
  const names = [...readDocument(document).matchAll(/`([^`\s]+)`/g)].map(([, name = '']) => name);
  return names.filter((name) => /^(?:src|test|docs|scripts|fixtures|bench)\/[^*<]*$/.test(name));
}

test.for(documents)('%s names and links only what is there', (document) => {
  const missing = [...linkedFiles(document), ...namedFiles(document)].filter(
    (file) => !existsSync(pathOf(file)),
  );
  expect(missing).toEqual([]);
});
