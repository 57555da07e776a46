import { readCertificates } from './certificates.ts';
import type { Circumstances } from './circumstances.ts';
import { makerRoots, notAuthenticated } from './proof.ts';
import { type ReceivedFile, wholeOf } from './received-file.ts';
import { readRevocationLists } from './revocation-list.ts';
import { accepted, acceptedWith, refuse, type Verdict } from './verdict.ts';

/** Documented: M43 p243, up to 100 CRL entries, for want of memory. */
const ENTRIES_MAX = 100;
/** Our own limit, before anything is read: a hundred entries take 4 to 10 KB. */
const SIZE_MAX_BYTES = 256 * 1024;

/**
 * A certificate revocation list ([CRL]), X.509 in PEM or DER. Assumed: it counts when a stored root has
 * signed it; a phone without roots takes any.
 */
export function verifyRevocationList(file: ReceivedFile, circumstances: Circumstances): Verdict {
  if (file.sizeBytes > SIZE_MAX_BYTES) {
    return refuse('BAD_SIZE', `${file.name} has ${file.sizeBytes} bytes; expected at most ${SIZE_MAX_BYTES}`);
  }
  const lists = readRevocationLists(wholeOf(file));
  if (lists.length === 0) {
    return refuse('WRONG_FORMAT', `${file.name} is no certificate revocation list in PEM or DER`);
  }
  const entries = lists.reduce((sum, list) => sum + list.entries, 0);
  if (entries > ENTRIES_MAX) {
    return refuse('BAD_SIZE', `${file.name} has ${entries} entries; expected at most ${ENTRIES_MAX}`);
  }
  const roots = [...circumstances.roots, ...makerRoots(circumstances)].flatMap(
    (pem) => readCertificates(pem).certificates,
  );
  if (roots.length === 0) return acceptedWith(notAuthenticated('CRL', file, false));
  const isKnown = lists.every((list) => roots.some((root) => list.isSignedBy(root.publicKey)));
  return isKnown
    ? accepted
    : refuse('AUTHENTICATION_FAILED', `${file.name} is signed by none of the phone's roots`);
}
