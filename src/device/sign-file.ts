import { createPrivateKey, type KeyObject } from 'node:crypto';
import forge from 'node-forge';
import { readCertificates } from './certificates.ts';
import type { DigestName } from './file-ending.ts';
import { pemOf } from './pem.ts';

export interface SigningKey {
  /** PEM, RSA, not encrypted. */
  readonly key: string;
  /**
   * PEM: the signer's certificate first, then any between it and the root. All of them go into the signature.
   */
  readonly certificates: string;
}

/** A key that cannot sign: the message says why. */
export class SigningKeyError extends Error {
  override readonly name = 'SigningKeyError';
}

const LINE_FEED = 0x0a;
/** RFC 5652 section 11, RFC 3370 section 2.1, RFC 5754 section 2.2. */
const OID = {
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  data: '1.2.840.113549.1.7.1',
  sha1: '1.3.14.3.2.26',
  sha256: '2.16.840.1.101.3.4.2.1',
} as const;

/**
 * Signs a file as the maker and S43 p254 do: the file, and directly behind it a detached PKCS #7 signature in
 * PEM over every byte of it. A file that does not end in a line feed gets one first, signed with the rest, so
 * that the signature has lines of its own and tools that go by lines find it. Throws `SigningKeyError`.
 */
export function signFile(content: Uint8Array, signer: SigningKey, digest: DigestName = 'sha256'): Uint8Array {
  const covered = content.at(-1) === LINE_FEED ? content : Buffer.concat([content, Uint8Array.of(LINE_FEED)]);
  return Buffer.concat([covered, Buffer.from(signatureOver(covered, signer, digest), 'latin1')]);
}

function signatureOver(covered: Uint8Array, signer: SigningKey, digest: DigestName): string {
  const key = readKey(signer.key);
  const certificates = readCertificates(signer.certificates).certificates;
  const [own] = certificates;
  if (own === undefined) throw new SigningKeyError('there is no certificate in PEM');
  if (!own.checkPrivateKey(key)) throw new SigningKeyError('the certificate is of another key');
  const signed = forge.pkcs7.createSignedData();
  signed.content = forge.util.createBuffer(Buffer.from(covered).toString('latin1'));
  for (const certificate of certificates) signed.addCertificate(certificate.toString());
  signed.addSigner({
    key: key.export({ type: 'pkcs1', format: 'pem' }).toString(),
    certificate: own.toString(),
    digestAlgorithm: OID[digest],
    authenticatedAttributes: [{ type: OID.contentType, value: OID.data }, { type: OID.messageDigest }],
  });
  signed.sign({ detached: true });
  return pemOf('PKCS7', Buffer.from(forge.asn1.toDer(signed.toAsn1()).getBytes(), 'latin1'));
}

function readKey(pem: string): KeyObject {
  const key = parseKey(pem);
  if (key === undefined) throw new SigningKeyError('the key is no private key in PEM, or is encrypted');
  if (key.asymmetricKeyType === 'rsa') return key;
  throw new SigningKeyError(`the key is ${key.asymmetricKeyType}; expected RSA`);
}

function parseKey(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}
