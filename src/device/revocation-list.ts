import { type KeyObject, verify, type X509Certificate } from 'node:crypto';
import { Certificate, CertificateRevocationList } from 'pkijs';
import { pemBlocks } from './pem.ts';

/** A certificate revocation list (RFC 5280 section 5) as far as a phone looks. */
export interface RevocationList {
  readonly entries: number;
  /** Whether the key is the one its signature was made with. */
  isSignedBy(key: KeyObject): boolean;
  revokes(certificate: X509Certificate): boolean;
}

/**
 * Reads the lists of a PEM text, or the one that is the file in DER; those that cannot be read are left out.
 */
export function readRevocationLists(bytes: Uint8Array): readonly RevocationList[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const blocks = pemBlocks(text);
  const lists = blocks.length === 0 ? [bytes] : blocks.flatMap((it) => (it.label === LABEL && it.der) || []);
  return lists.map(readRevocationList).filter((list) => list !== undefined);
}

/** Whether one of the stored lists names a certificate. */
export function isRevoked(certificate: X509Certificate, crls: readonly Uint8Array[]): boolean {
  return crls.some((crl) => readRevocationLists(crl).some((list) => list.revokes(certificate)));
}

const LABEL = 'X509 CRL';

function readRevocationList(der: Uint8Array): RevocationList | undefined {
  try {
    const list = CertificateRevocationList.fromBER(der);
    const revoked = list.revokedCertificates ?? [];
    return {
      entries: revoked.length,
      isSignedBy: (key) => signatureHolds(list, key),
      revokes: (certificate) => {
        const { issuer, serialNumber } = Certificate.fromBER(certificate.raw);
        const isNamed = revoked.some((entry) => entry.userCertificate.isEqual(serialNumber));
        return isNamed && issuer.isEqual(list.issuer);
      },
    };
  } catch {
    return undefined;
  }
}

/** RSA with PKCS #1 padding and ECDSA, by the digest their names stand for. */
const digestNames: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.5': 'sha1',
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
  '1.2.840.10045.4.1': 'sha1',
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
};

function signatureHolds(list: CertificateRevocationList, key: KeyObject): boolean {
  const digest = digestNames[list.signatureAlgorithm.algorithmId];
  if (digest === undefined) return false;
  try {
    return verify(digest, list.tbsView, key, list.signatureValue.valueBlock.valueHexView);
  } catch {
    return false;
  }
}
