import { expect, test } from 'vitest';
import { refusalCodes } from '../../src/events/refusal-code.ts';
import { sntpCodes } from '../../src/events/sntp-code.ts';
import { transferCodes } from '../../src/events/transfer-code.ts';
import { problemCodes } from '../../src/provisioning/problem-codes.ts';
import { verdictCodes } from '../../src/report/verdict-codes.ts';
import { pathOf, readDocument, table, withBlock } from './markdown.ts';

const sayings = (codes: Readonly<Record<string, string>>) =>
  Object.entries(codes).map(([code, says]) => [`\`${code}\``, says]);

const blocks = {
  transfers: table(['Code', 'What to look at'], sayings(transferCodes)),
  time: table(['Code', 'What to look at'], sayings(sntpCodes)),
  refusals: table(['Code', 'What to look at'], sayings(refusalCodes)),
  problems: table(
    ['Code', 'Severity', 'What it means, and what to do'],
    Object.entries(problemCodes).map(([code, { severity, says }]) => [`\`${code}\``, severity, says]),
  ),
  verdict: table(['Code', 'What it means'], sayings(verdictCodes)),
};

test('docs/problems.md is what the tables of codes say (npx vitest run test/docs -u writes it)', async () => {
  const file = 'docs/problems.md';
  const written = Object.entries(blocks).reduce(
    (document, [name, content]) => withBlock(document, name, content),
    readDocument(file),
  );
  await expect(written).toMatchFileSnapshot(pathOf(file));
});
