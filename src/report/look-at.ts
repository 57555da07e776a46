import { refusalCodes } from '../events/refusal-code.ts';
import { transferCodes } from '../events/transfer-code.ts';
import { problemCodes } from '../provisioning/problem-codes.ts';

const sayings: ReadonlyMap<string, string> = new Map([
  ...Object.entries(problemCodes).map(([code, { says }]): [string, string] => [code, says]),
  ...Object.entries(refusalCodes),
  ...Object.entries(transferCodes),
]);

/** What a transfer, refusal or problem code means and what to look at first. Undefined for a code that no table holds. */
export function lookAt(code: string): string | undefined {
  return sayings.get(code);
}
