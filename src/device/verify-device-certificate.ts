import { X509Certificate } from 'node:crypto';
import { subjectOf } from './certificates.ts';
import type { Circumstances } from './circumstances.ts';
import { complaintAboutPkcs12, type KeyStore, openPkcs12 } from './pkcs12.ts';
import { heldFile, type ReceivedFile, wholeOf } from './received-file.ts';
import { isRevoked } from './revocation-list.ts';
import { type Asking, refuse, type Verdict } from './verdict.ts';

/**
 * A device certificate ([DEV_CERT]), PKCS #12. Documented: M43 p243, S43 p256: refused unless its profile is
 * set for PKCS #12; the password is asked for and may be empty; then key size, algorithm, revocation and
 * expiry count. (M43 p243 prints DSA as the algorithm, S43 p256 RSA, as does the policy's own KEY_ALG_RSA.)
 * What is kept is the opened key and certificates in PEM: good for both `key` and `cert` of a TLS connection.
 */
export function verifyDeviceCertificate(file: ReceivedFile, circumstances: Circumstances): Verdict | Asking {
  if (circumstances.quirks.deviceCertProfile === 'scep') {
    return refuse('BAD_CERTIFICATE', `${file.name}: certificate profile 1 is set for SCEP, not for PKCS#12`);
  }
  const bytes = wholeOf(file);
  const complaint = complaintAboutPkcs12(bytes);
  if (complaint !== undefined) return refuse('WRONG_FORMAT', `${file.name}: ${complaint}`);
  const { answer } = circumstances;
  if (answer === undefined) {
    const text = `Password of ${file.name}?`;
    return { verdict: 'asks', question: { kind: 'pkcs12-password', file: file.name, text } };
  }
  const result = openPkcs12(bytes, answer);
  switch (result.opened) {
    case 'wrong-password':
      return refuse('WRONG_PASSWORD', `${file.name}: the password does not open it`);
    case 'not-rsa':
      return refuse('BAD_CERTIFICATE', `${file.name}: its key is not RSA`);
    case 'incomplete':
      return refuse('WRONG_FORMAT', `${file.name}: ${result.why}`);
    case 'store':
      return judge(file, result.store, circumstances);
  }
}

function judge(file: ReceivedFile, store: KeyStore, circumstances: Circumstances): Verdict {
  const certificate = new X509Certificate(store.certificates[0]);
  const refusal = findFault(certificate, circumstances);
  if (refusal !== undefined) {
    return refuse('BAD_CERTIFICATE', `${file.name}: ${subjectOf(certificate)} ${refusal}`);
  }
  return { verdict: 'accepted', problems: [], keeps: keptAs(file, store) };
}

function findFault(certificate: X509Certificate, { policy, crls, nowMs }: Circumstances): string | undefined {
  const bits = certificate.publicKey.asymmetricKeyDetails?.modulusLength ?? 0;
  const wanted = Number(policy.get('KEY_SIZE'));
  if (bits < wanted) return `has a key of ${bits} bits; KEY_SIZE is ${wanted}`;
  if (isRevoked(certificate, crls)) return 'is revoked';
  if (Date.parse(certificate.validTo) < nowMs) return `expired on ${certificate.validTo}`;
  return undefined;
}

function keptAs({ name }: ReceivedFile, { key, certificates }: KeyStore): ReceivedFile {
  return heldFile(name, Buffer.from([key, ...certificates].join(''), 'latin1'));
}
