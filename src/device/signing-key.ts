import forge from 'node-forge';
import { serialNumberOf } from './sign.ts';

/**
 * A test root and a signing certificate under it, PEM. The root's key is forgotten: it signs this one alone.
 */
export interface TestSigner {
  readonly key: string;
  readonly certificate: string;
  readonly root: string;
}

const KEY_BITS = 2048;
const DAY_MS = 86_400_000;

/**
 * Makes what S43 p281 asks of a signing certificate: version 3, digital signature, code signing and secure
 * e-mail, key identifiers, 2048 bits, and issued by a root. `notBefore`: milliseconds since 1970. Takes some
 * tenths of a second.
 */
export function makeTestSigner(options: { readonly notBefore: number; readonly days: number }): TestSigner {
  const rootKeys = forge.pki.rsa.generateKeyPair(KEY_BITS);
  const keys = forge.pki.rsa.generateKeyPair(KEY_BITS);
  const root = draft('deskphone test root', rootKeys.publicKey, options);
  root.setIssuer(root.subject.attributes);
  root.setExtensions([
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    { name: 'subjectKeyIdentifier' },
  ]);
  root.sign(rootKeys.privateKey, forge.md.sha256.create());
  const signer = draft('deskphone test signer', keys.publicKey, options);
  signer.setIssuer(root.subject.attributes);
  signer.setExtensions([
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'keyUsage', digitalSignature: true, critical: true },
    { name: 'extKeyUsage', codeSigning: true, emailProtection: true },
    { name: 'subjectKeyIdentifier' },
    { name: 'authorityKeyIdentifier', keyIdentifier: root.generateSubjectKeyIdentifier().getBytes() },
  ]);
  signer.sign(rootKeys.privateKey, forge.md.sha256.create());
  return {
    key: withLineFeeds(forge.pki.privateKeyToPem(keys.privateKey)),
    certificate: withLineFeeds(forge.pki.certificateToPem(signer)),
    root: withLineFeeds(forge.pki.certificateToPem(root)),
  };
}

function draft(
  commonName: string,
  publicKey: forge.pki.rsa.PublicKey,
  { notBefore, days }: { readonly notBefore: number; readonly days: number },
): forge.pki.Certificate {
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = publicKey;
  certificate.serialNumber = serialNumberOf(forge.pki.publicKeyToPem(publicKey));
  certificate.validity.notBefore = new Date(notBefore);
  certificate.validity.notAfter = new Date(notBefore + days * DAY_MS);
  certificate.setSubject([
    { name: 'organizationName', value: 'deskphone-emulator' },
    { name: 'commonName', value: commonName },
  ]);
  return certificate;
}

/** node-forge writes CR LF. */
function withLineFeeds(pem: string): string {
  return pem.replaceAll('\r\n', '\n');
}
