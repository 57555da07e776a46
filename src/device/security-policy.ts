import type { Problem } from '../provisioning/problem.ts';
import { ProblemList } from '../provisioning/problem-list.ts';
import { quote } from '../provisioning/quote.ts';
import { decode } from '../provisioning/text-encoding.ts';

/** The rules of a security policy by name, spelt as in the file. */
export type SecurityPolicy = ReadonlyMap<string, string>;

/**
 * Documented: M44 p278 (the first five), S43 p253, p254 and p270. Assumed: a phone that was given no policy
 * asks for A.
 */
export const defaultPolicy: SecurityPolicy = new Map([
  ['CERT_ADMIN_UI_ENABLE', 'NO'],
  ['SECURITY_LOG_UI_ENABLE', 'NO'],
  ['KEY_SIZE', '1024'],
  ['KEY_ALGORITHM', 'KEY_ALG_RSA'],
  ['TLS_CIPHER', 'RSA_WITH_AES_256_CBC_SHA'],
  ['CUST_CERT_ACCEPT', 'VAL_MANUAL_A'],
  ['SEC_POLICY_ACCEPT', 'VAL_MANUAL_A'],
  ['SECURITY_POLICY_PARAM_CHANGE', 'NO'],
]);

/** Our own limit, far above the number of rules there are. */
const RULES_MAX = 200;
/** `NAME value`. Documented: S43 p270, one blank between them. */
const RULE = /^([A-Z][A-Z0-9_]*)[ \t]+(\S.*)$/;

/** Reads a policy without its signature. Names nobody has documented are kept, and told. Never throws. */
export function parseSecurityPolicy(
  bytes: Uint8Array,
  file: string,
): { readonly rules: SecurityPolicy; readonly problems: readonly Problem[] } {
  const told = new ProblemList({ file, section: 'SEC_POLICY' });
  const rules = new Map<string, string>();
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  for (const [index, raw] of text.split('\n').entries()) {
    const line = index + 1;
    const rule = decode(raw).trim();
    if (rule === '' || rule.startsWith('#')) continue;
    const [, name, value] = RULE.exec(rule) ?? [];
    if (name === undefined || value === undefined || rules.size >= RULES_MAX) {
      told.tell('POLICY_LINE', { line, message: `${quote(rule)} is skipped; expected NAME value` });
      continue;
    }
    if (!defaultPolicy.has(name)) {
      told.tell('POLICY_LINE', { line, message: `${name} is no rule this phone knows; it has no effect` });
    }
    rules.set(name, value);
  }
  return { rules, problems: told.all() };
}

/** The policy in force: what the stored file says, else the defaults. */
export function policyInForce(stored: SecurityPolicy): SecurityPolicy {
  return new Map([...defaultPolicy, ...stored]);
}
