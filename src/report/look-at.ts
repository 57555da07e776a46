import { dhcpCodes } from '../events/dhcp-code.ts';
import { refusalCodes } from '../events/refusal-code.ts';
import { transferCodes } from '../events/transfer-code.ts';
import { problemCodes } from '../provisioning/problem-codes.ts';
import { verdictCodes } from './verdict-codes.ts';

const sayings: ReadonlyMap<string, string> = new Map([
  ...Object.entries(problemCodes).map(([code, { says }]): [string, string] => [code, says]),
  // Before the codes of transfers: what both name is meant of those.
  ...Object.entries(dhcpCodes),
  ...Object.entries(refusalCodes),
  ...Object.entries(transferCodes),
  ...Object.entries(verdictCodes),
]);

/** Every code a failure can carry. */
export const failureCodes: readonly string[] = [...sayings.keys()];

/** What such a code means and what to look at first. Undefined for a code that no table holds. */
export function lookAt(code: string): string | undefined {
  return sayings.get(code);
}
