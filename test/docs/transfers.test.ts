import { expect, test } from 'vitest';
import { formatDuration } from '../../src/clock/durations.ts';
import { transferCodes } from '../../src/events/transfer-code.ts';
import { CHECK_TOTAL_MS, limitsOf } from '../../src/provisioning/limits.ts';
import { sectionNames } from '../../src/provisioning/words.ts';
import { WAITS_MS } from '../../src/transport/tftp-patience.ts';
import { pathOf, readDocument, rowsUnder, table, withBlock } from './markdown.ts';

const file = 'docs/transfers.md';

const kinds = ['provisioning-file', ...sectionNames] as const;

/** One row for all kinds of file that have the same limits. */
function limitRows(): string[][] {
  const rows = new Map<string, string[]>();
  for (const kind of kinds) {
    const [byTftp, other] = [limitsOf(kind, 'tftp'), limitsOf(kind, 'http')];
    const cells = [
      formatDuration(other.connectMs),
      formatDuration(other.idleMs),
      formatDuration(other.totalMs),
      formatDuration(byTftp.totalMs),
      `${other.sizeBytes / 1024 ** 2} MiB`,
    ];
    const named = kind === 'provisioning-file' ? 'provisioning file, boot file' : `[${kind}]`;
    const others = rows.get(cells.join())?.[0];
    rows.set(cells.join(), [others === undefined ? named : `${others}, ${named}`, ...cells]);
  }
  return [...rows.values()];
}

const waitsS = WAITS_MS.map((ms) => ms / 1000);

const blocks = {
  limits: table(['File', 'To connect', 'Silence', 'In all', 'In all, by TFTP', 'Size'], limitRows()),
  check: `A whole check, questions not counted: ${formatDuration(CHECK_TOTAL_MS)}. TFTP has waits of its own in place of the first two.`,
  waits: `A request or an acknowledgement goes out at most ${waitsS.length} times, with waits of ${waitsS.join(', ')} s; each new block starts anew.`,
};

test('docs/transfers.md has the limits and waits (npx vitest run test/docs -u writes it)', async () => {
  const written = Object.entries(blocks).reduce(
    (document, [name, content]) => withBlock(document, name, content),
    readDocument(file),
  );
  await expect(written).toMatchFileSnapshot(pathOf(file));
});

test('docs/transfers.md says for each transfer code what leads to it', () => {
  const told = rowsUnder(readDocument(file), '## Which code for what').map(([code]) => code);
  expect(told).toEqual(Object.keys(transferCodes).map((code) => `\`${code}\``));
});
