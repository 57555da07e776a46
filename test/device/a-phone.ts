import type { Circumstances } from '../../src/device/circumstances.ts';
import { defaultPolicy } from '../../src/device/security-policy.ts';
import { defaultQuirks } from '../../src/provisioning/quirks.ts';

/**
 * A phone that has nothing stored, at an instant when test certificates are valid; what a test spells out
 * matters.
 */
export function circumstances(
  given: Partial<Circumstances> = {},
  rules: Readonly<Record<string, string>> = {},
): Circumstances {
  return {
    quirks: defaultQuirks,
    authenticity: 'accept',
    roots: [],
    crls: [],
    mac: '001B4F123001',
    nowMs: Date.parse('2026-06-01T12:00:00Z'),
    policy: new Map([...defaultPolicy, ...Object.entries(rules)]),
    ...given,
  };
}
