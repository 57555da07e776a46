import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import forge from 'node-forge';

export interface SelfSignedCertificateOptions {
  readonly commonName: string;
  /** Numeric addresses and host names the certificate is good for, beside the common name. */
  readonly addresses: readonly string[];
  /** Start of its validity, milliseconds since 1970. */
  readonly notBefore: number;
  readonly days: number;
}

/** PEM. */
export interface CertificateAndKey {
  readonly certificate: string;
  readonly key: string;
}

const KEY_BITS = 2048;
const DAY_MS = 86_400_000;

/**
 * A certificate that is its own root, for an embedded HTTPS server; a phone trusts it when it is given as its
 * CA. Takes some tenths of a second, most of it the key, which node-forge leaves to Node.
 */
export function makeSelfSignedCertificate(options: SelfSignedCertificateOptions): CertificateAndKey {
  const { commonName, addresses, notBefore, days } = options;
  const keys = forge.pki.rsa.generateKeyPair(KEY_BITS);
  const name = [{ name: 'commonName', value: commonName }];
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = keys.publicKey;
  certificate.serialNumber = serialNumberOf(forge.pki.publicKeyToPem(keys.publicKey));
  certificate.validity.notBefore = new Date(notBefore);
  certificate.validity.notAfter = new Date(notBefore + days * DAY_MS);
  certificate.setSubject(name);
  certificate.setIssuer(name);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, keyCertSign: true, critical: true },
    { name: 'subjectKeyIdentifier' },
    // Servers of one name may be trusted together: without it OpenSSL takes the first root of that name.
    { name: 'authorityKeyIdentifier', keyIdentifier: true },
    { name: 'subjectAltName', altNames: [...new Set([commonName, ...addresses])].map(alternativeName) },
  ]);
  certificate.sign(keys.privateKey, forge.md.sha256.create());
  return {
    certificate: forge.pki.certificateToPem(certificate),
    key: forge.pki.privateKeyToPem(keys.privateKey),
  };
}

/** Two certificates of one name must differ in it (RFC 5280, 4.1.2.2); positive, hence the leading 01. */
export function serialNumberOf(publicKey: string): string {
  return `01${createHash('sha256').update(publicKey).digest('hex').slice(0, 30)}`;
}

/** RFC 5280, 4.2.1.6: 7 is an address, 2 a host name. */
function alternativeName(nameOrAddress: string) {
  return isIP(nameOrAddress) === 0 ? { type: 2, value: nameOrAddress } : { type: 7, ip: nameOrAddress };
}
