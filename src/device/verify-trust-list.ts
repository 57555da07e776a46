import type { Problem } from '../provisioning/problem.ts';
import { problem } from '../provisioning/problem-codes.ts';
import { readCertificates } from './certificates.ts';
import type { Circumstances } from './circumstances.ts';
import { makerRoots, notAuthenticated, proofOf } from './proof.ts';
import { type ReceivedFile, wholeOf } from './received-file.ts';
import { acceptedWith, refuse, type Verdict } from './verdict.ts';

/** Documented: S43 p259, a CTL must not exceed 20 Kbytes. */
const SIZE_MAX_BYTES = 20 * 1024;
/** Documented: M43 p245, the phone can trust up to ten server certificates in it. */
const CERTIFICATES_MAX = 10;

/**
 * Observed in the manual: M43 p245 prints a blank between date and time, M32 p212 a colon and a blank.
 * Assumed: the time is UTC.
 */
const EXPIRY =
  /^NOT_VALID_AFTER:[ \t]*(\d{1,2})\/(\d{1,2})\/(\d{4}):?[ \t]+(\d{1,2}):(\d{1,2}):(\d{1,2})[ \t]*\r?$/m;

/**
 * A certificate trust list ([CTL]): dates, certificates in PEM, signature. Documented: M43 p245, unsigned
 * ones are not accepted, NOT_VALID_AFTER is checked at the download and NOT_VALID_BEFORE is not used.
 */
export function verifyTrustList(file: ReceivedFile, circumstances: Circumstances): Verdict {
  if (file.sizeBytes > SIZE_MAX_BYTES) {
    return refuse('BAD_SIZE', `${file.name} has ${file.sizeBytes} bytes; expected at most ${SIZE_MAX_BYTES}`);
  }
  const text = Buffer.from(wholeOf(file)).toString('latin1');
  const { certificates, unreadable } = readCertificates(text);
  if (certificates.length === 0 || unreadable > 0) {
    const found = `${certificates.length} certificates and ${unreadable} that cannot be read`;
    return refuse('WRONG_FORMAT', `${file.name} holds ${found}; expected certificates in PEM`);
  }
  const expiresAtMs = expiryOf(text);
  if (expiresAtMs === undefined) {
    return refuse('WRONG_FORMAT', `${file.name} has no line NOT_VALID_AFTER: DD/MM/YYYY HH:MM:SS`);
  }
  if (expiresAtMs < circumstances.nowMs) {
    return refuse(
      'BAD_CERTIFICATE',
      `${file.name} has expired: NOT_VALID_AFTER is ${new Date(expiresAtMs).toISOString()}`,
    );
  }
  return verifySigner(file, circumstances, tellLength(file, certificates.length));
}

function verifySigner(file: ReceivedFile, circumstances: Circumstances, told: readonly Problem[]): Verdict {
  const roots = [...circumstances.roots, ...makerRoots(circumstances)];
  const proof = proofOf('CTL', file, roots, circumstances);
  if (proof.proof === 'broken') return proof.refusal;
  if (proof.proof === 'trusted') return acceptedWith(...proof.problems, ...told);
  // Assumed: with no root of anybody in the phone nothing can be proven, and a whole signature must do.
  if (proof.isSigned && roots.length === 0 && circumstances.authenticity === 'accept') {
    return acceptedWith(notAuthenticated('CTL', file, true), ...told);
  }
  return refuse('AUTHENTICATION_FAILED', `${file.name} must be signed by a trusted entity: ${proof.why}`);
}

function tellLength(file: ReceivedFile, count: number): readonly Problem[] {
  if (count <= CERTIFICATES_MAX) return [];
  const message = `${file.name} lists ${count} certificates; a phone trusts the first ${CERTIFICATES_MAX}`;
  return [problem('TRUST_LIST_LONG', { file: file.name, section: 'CTL', message })];
}

function expiryOf(text: string): number | undefined {
  const fields = EXPIRY.exec(text)?.slice(1).map(Number);
  if (fields === undefined) return undefined;
  const [day = 0, month = 0, year = 0, hour = 0, minute = 0, second = 0] = fields;
  const at = Date.UTC(year, month - 1, day, hour, minute, second);
  // 31/02 would become 2 or 3 March.
  const date = new Date(at);
  return date.getUTCDate() === day && date.getUTCMonth() === month - 1 ? at : undefined;
}
