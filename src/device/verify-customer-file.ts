import type { SectionName } from '../provisioning/words.ts';
import { readCertificates } from './certificates.ts';
import type { Circumstances } from './circumstances.ts';
import { withoutSignature } from './detached-signature.ts';
import { askForFingerprint } from './fingerprint.ts';
import { makerRoots, notAuthenticated, proofOf } from './proof.ts';
import { type ReceivedFile, wholeOf } from './received-file.ts';
import { parseSecurityPolicy } from './security-policy.ts';
import { type Asking, acceptedWith, refuse, type Verdict } from './verdict.ts';

/** Documented: S43 p254, further roots are then taken unsigned; the first is not. */
const NO_CHECK = 'VAL_NO_CHECK';

/**
 * Customer root certificates ([USER_KEYS]): one or more in PEM. Documented: S43 p253 and p254, M44 p246: the
 * first is accepted by its fingerprint or signed by Avaya; with a root in the phone the file is signed, and
 * nobody is asked.
 */
export function verifyCustomerRoot(file: ReceivedFile, circumstances: Circumstances): Verdict | Asking {
  const read = readCertificates(Buffer.from(wholeOf(file)).toString('latin1'));
  if (read.certificates.length === 0 || read.unreadable > 0) {
    const found = `${read.certificates.length} certificates and ${read.unreadable} that cannot be read`;
    return refuse('WRONG_FORMAT', `${file.name} holds ${found}; expected certificates in PEM`);
  }
  return verifyByCustomer('USER_KEYS', file, circumstances, circumstances.policy.get('CUST_CERT_ACCEPT'));
}

/**
 * A security policy ([SEC_POLICY]): `NAME value` lines. Documented: S43 p270: without a root in the phone it
 * is accepted by its fingerprint, with one it is signed. Assumed: one without a rule that can be read is
 * none.
 */
export function verifySecurityPolicy(file: ReceivedFile, circumstances: Circumstances): Verdict | Asking {
  const { rules, problems } = parseSecurityPolicy(withoutSignature(wholeOf(file)), file.name);
  if (rules.size === 0) {
    return refuse('WRONG_FORMAT', `${file.name} holds no rule; expected lines of NAME value`);
  }
  const how = circumstances.policy.get('SEC_POLICY_ACCEPT');
  const verdict = verifyByCustomer('SEC_POLICY', file, circumstances, how);
  return verdict.verdict === 'accepted' ? acceptedWith(...verdict.problems, ...problems) : verdict;
}

function verifyByCustomer(
  section: SectionName,
  file: ReceivedFile,
  circumstances: Circumstances,
  how: string | undefined,
): Verdict | Asking {
  const { roots, answer } = circumstances;
  const proof = proofOf(section, file, [...roots, ...makerRoots(circumstances)], circumstances);
  if (proof.proof === 'broken') return proof.refusal;
  if (proof.proof === 'trusted') return acceptedWith(...proof.problems);
  if (roots.length === 0) return askForFingerprint(file, how, answer) ?? acceptedWith();
  if (section === 'USER_KEYS' && how === NO_CHECK) {
    return acceptedWith(notAuthenticated(section, file, proof.isSigned));
  }
  return refuse(
    'AUTHENTICATION_FAILED',
    `${file.name}: a customer root is stored, so the file must be signed under it: ${proof.why}`,
  );
}
