import type { Quirks } from '../provisioning/quirks.ts';
import { withoutSignature } from './detached-signature.ts';
import type { FlashContents } from './flash-contents.ts';
import { defaultPolicy, parseSecurityPolicy, policyInForce, type SecurityPolicy } from './security-policy.ts';

/**
 * What a phone makes of the maker's signature on firmware and languages. `accept`: takes what is unsigned or
 * by anybody; `reject`: takes none; `signedBy`: takes what is signed under this root (PEM). Avaya's keys are
 * not ours.
 */
export type Authenticity = 'accept' | 'reject' | { readonly signedBy: string };

/** All that a verdict about a file depends on, beside the file. */
export interface Circumstances {
  readonly quirks: Quirks;
  readonly authenticity: Authenticity;
  /** The stored customer roots, PEM texts of one or more certificates each. */
  readonly roots: readonly string[];
  /** The stored revocation lists, PEM or DER. */
  readonly crls: readonly Uint8Array[];
  /** The security policy in force, defaults included. */
  readonly policy: SecurityPolicy;
  readonly nowMs: number;
  /** 12 upper-case hex digits. */
  readonly mac: string;
  /** What was answered to the question that the same file led to before: see `Question`. */
  readonly answer?: string;
}

/**
 * What the phone shows to an https server that asks who it is: key and certificates of [DEV_CERT] in one PEM
 * text. Undefined: it has none, or flash names a file of unknown content.
 */
export function deviceCertificateOf(flash: FlashContents, body: BodyOf): string | undefined {
  const content = flash.files.DEV_CERT?.[0]?.content;
  const bytes = content && body(content.sha256);
  const text = bytes && Buffer.from(bytes).toString('latin1');
  return text?.includes('PRIVATE KEY-----') === true ? text : undefined;
}

/** The bytes of a stored file by its SHA-256; undefined when flash has only its name. */
type BodyOf = (sha256: string) => Uint8Array | undefined;

/**
 * What flash holds that files are verified against: customer roots, revocation lists, security policy. A
 * file whose content is unknown counts for nothing.
 */
export function storedTrust(
  flash: FlashContents,
  body: BodyOf,
): Pick<Circumstances, 'roots' | 'crls' | 'policy'> {
  const bodiesOf = (section: 'USER_KEYS' | 'CRL' | 'SEC_POLICY') =>
    (flash.files[section] ?? []).flatMap(({ content }) => (content && body(content.sha256)) ?? []);
  const keys = bodiesOf('USER_KEYS');
  const [policy] = bodiesOf('SEC_POLICY');
  return {
    roots: keys.map((bytes) => Buffer.from(bytes).toString('latin1')),
    // Documented: M44 p246, the file of [USER_KEYS] may hold revocation lists too.
    crls: [...bodiesOf('CRL'), ...keys],
    policy:
      policy === undefined
        ? defaultPolicy
        : policyInForce(parseSecurityPolicy(withoutSignature(policy), 'SEC_POLICY').rules),
  };
}
