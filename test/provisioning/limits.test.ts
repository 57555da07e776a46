import { expect, test } from 'vitest';
import { CHECK_TOTAL_MS, limitsOf } from '../../src/provisioning/limits.ts';
import type { Protocol, SectionName } from '../../src/provisioning/words.ts';

const MIB = 1_048_576;

const cases: [
  kind: 'provisioning-file' | SectionName,
  protocol: Protocol,
  totalMs: number,
  sizeBytes: number,
][] = [
  ['provisioning-file', 'tftp', 120_000, MIB],
  ['DEVICE_CONFIG', 'http', 120_000, MIB],
  ['USER_CONFIG', 'ftp', 120_000, MIB],
  ['LANGUAGE', 'tftp', 120_000, 8 * MIB],
  ['TONES', 'https', 120_000, 8 * MIB],
  ['FW', 'tftp', 600_000, 64 * MIB],
  ['FW', 'ftp', 1_800_000, 64 * MIB],
  ['FW', 'https', 1_800_000, 64 * MIB],
];
test.for(cases)('%s over %s has %i ms and %i bytes', ([kind, protocol, totalMs, sizeBytes]) => {
  expect(limitsOf(kind, protocol)).toEqual({ connectMs: 10_000, idleMs: 30_000, totalMs, sizeBytes });
});

test('a whole check has two hours', () => {
  expect(CHECK_TOTAL_MS).toBe(2 * 60 * 60 * 1000);
});
