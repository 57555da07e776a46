import { X509Certificate } from 'node:crypto';
import { pemBlocks } from './pem.ts';

/** Certificates in PEM, and how many blocks said they were one and could not be read. */
export interface CertificatesRead {
  readonly certificates: readonly X509Certificate[];
  readonly unreadable: number;
}

/**
 * Reads every certificate of a PEM text; other blocks and text between them are passed over. Never throws.
 */
export function readCertificates(pem: string): CertificatesRead {
  const certificates: X509Certificate[] = [];
  let unreadable = 0;
  for (const { label, der } of pemBlocks(pem)) {
    if (label !== 'CERTIFICATE') continue;
    const certificate = der && readCertificate(der);
    if (certificate === undefined) unreadable += 1;
    else certificates.push(certificate);
  }
  return { certificates, unreadable };
}

/** A certificate from its DER; undefined when it is none. */
export function readCertificate(der: Uint8Array): X509Certificate | undefined {
  try {
    return new X509Certificate(der);
  } catch {
    return undefined;
  }
}

/** The subject on one line: `C=US, O=Avaya Inc., CN=MTC SA 2010`. */
export function subjectOf(certificate: X509Certificate): string {
  return certificate.subject.split('\n').join(', ');
}
