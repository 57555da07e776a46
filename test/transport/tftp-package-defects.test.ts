import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

// Why the phone's TFTP is our own is said in the first decision record.
test('the npm package tftp has every defect that the decision record names', () => {
  const output = execFileSync(process.execPath, [join(root, 'scripts/tftp-package-defects.mjs')], {
    encoding: 'utf8',
  });
  const record = readFileSync(join(root, 'docs/decisions/001-our-own-tftp.md'), 'utf8');
  const sentences = [...record.matchAll(/^- (.*[^.])\.$/gm)].map(([, sentence]) => sentence);
  const named = output.trimEnd().split('\n');
  expect(named).toHaveLength(8);
  expect(named).toEqual(sentences.slice(0, 8).map((sentence) => `${sentence}: shown`));
});
