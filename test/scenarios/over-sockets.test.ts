import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { seededRandom } from '../../src/clock/random.ts';
import type { Protocol } from '../../src/provisioning/words.ts';
import { findScenarios } from '../../src/scenario/find-scenarios.ts';
import { runScenario } from '../../src/scenario/run-scenario.ts';
import { pathOf } from '../docs/markdown.ts';
import { leftOut } from './left-out-of-sockets.ts';
import { casesOver, copyOver } from './over-protocol.ts';

// The shipped scenarios once more, on real sockets in jump time, over each protocol: what makes sense there.
// One of twenty, drawn by a seed, in `npm test`; all of them by `npm run prove:sockets`.

const sampleOf = Number(process.env['SOCKETS_SAMPLE'] ?? 20);
const seed = process.env['SOCKETS_SEED'] ?? String(randomInt(2 ** 32));
const random = seededRandom(seed);
console.log(`scenarios over real sockets: one of ${sampleOf}, SOCKETS_SEED=${seed}`);

const shipped = scenariosIn(pathOf('scenarios'));
const folder = mkdtempSync(join(tmpdir(), 'over-sockets-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.for(['tftp', 'ftp', 'http'] as const)('over %s', (protocol) => {
  const home = copyOver(protocol, folder);
  const chosen = shipped
    .filter((name) => isRunOver(protocol, name))
    .filter(() => random.next() * sampleOf < 1);

  // Side by side: most of a silent server's time is spent waiting for the host.
  test.concurrent.for(chosen)('%s holds', { timeout: 120_000 }, async (name) => {
    for (const scenario of casesOver(protocol, join(home, name))) {
      const run = await runScenario(scenario, { signal: new AbortController().signal });
      const failed = run?.result.expectations.filter(({ holds }) => !holds);
      expect({ id: scenario.id, error: run?.result.error, failed }).toEqual({
        id: scenario.id,
        error: undefined,
        failed: [],
      });
    }
  });
});

test('every scenario is run over a protocol or is left out, with the reason, once', () => {
  const named = leftOut.flatMap(({ scenarios }) => scenarios);
  expect(named.filter((name) => !shipped.includes(name))).toEqual([]);
  expect(named.filter((name, i) => named.indexOf(name) !== i)).toEqual([]);
});

function isRunOver(protocol: Protocol, name: string): boolean {
  const row = leftOut.find(({ scenarios }) => scenarios.includes(name));
  return row === undefined || (row.only?.includes(protocol) ?? false);
}

/** Paths from that folder. */
function scenariosIn(home: string): readonly string[] {
  const found = findScenarios([home]);
  if ('message' in found) throw new Error(found.message);
  return found.files.map((file) => relative(home, file));
}
