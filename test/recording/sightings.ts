import { transferCodes } from '../../src/events/transfer-code.ts';
import { protocols } from '../../src/provisioning/words.ts';
import type { Sighting } from '../../src/recording/sighting.ts';

/** What lines without an instant count from: 2026-11-23T06:00:00Z. */
export const START_MS = Date.UTC(2026, 10, 23, 6);

const results: readonly Sighting['result'][] = [
  ...(['ok', 'unknown'] as const),
  ...(Object.keys(transferCodes) as (keyof typeof transferCodes)[]),
];

/** `SECONDS ADDRESS PROTOCOL FILE RESULT [USER-AGENT]`, a sighting a line. */
export function sightingsOf(lines: readonly string[]): readonly Sighting[] {
  return lines.map((line, index) => {
    const [seconds, address = '', word, file = '', end, ...agent] = line.split(' ');
    const protocol = protocols.find((known) => known === word);
    const result = results.find((known) => known === end);
    if (protocol === undefined || result === undefined) throw new Error(`${line}: no sighting`);
    return {
      ...{ atMs: START_MS + Number(seconds) * 1_000, address, protocol, file, result },
      ...(agent.length > 0 && { userAgent: agent.join(' ') }),
      source: { file: 'a.log', line: index + 1 },
    };
  });
}
