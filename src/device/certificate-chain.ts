import type { X509Certificate } from 'node:crypto';
import type { Quirks } from '../provisioning/quirks.ts';
import { readCertificates, subjectOf } from './certificates.ts';
import { isRevoked } from './revocation-list.ts';

/** What a chain of certificates is held against. */
export interface Trust {
  /** PEM texts, each with one or more certificates. */
  readonly roots: readonly string[];
  /** The stored revocation lists. */
  readonly crls: readonly Uint8Array[];
  readonly quirks: Pick<Quirks, 'signerDates'>;
  readonly nowMs: number;
}

/**
 * Why a signer is not to be trusted; undefined when it is. A signer is issued by a root, or by one
 * intermediate certificate that came with the signature. Documented: S43 p281, it cannot itself be a
 * self-signed root.
 */
export function distrust(
  signer: X509Certificate,
  others: readonly X509Certificate[],
  trust: Trust,
): string | undefined {
  const who = `signer ${subjectOf(signer)}`;
  if (isIssuedBy(signer, signer)) {
    return `${who} is a self-signed root; a signing certificate must be issued by one`;
  }
  const roots = trust.roots.flatMap((pem) => readCertificates(pem).certificates);
  const chain = chainOf(signer, others, roots);
  if (chain === undefined) return `${who} is issued by none of the phone's roots`;
  if (chain.some((link) => isRevoked(link, trust.crls))) {
    return `${who} or its issuer is revoked`;
  }
  // Observed (KF): the official signer of 2010 expired in 2020 and its files are still in use.
  if (trust.quirks.signerDates === 'ignore') return undefined;
  const outdated = chain.find((link) => !isInForce(link, trust.nowMs));
  return outdated && `${subjectOf(outdated)} is valid from ${outdated.validFrom} to ${outdated.validTo}`;
}

/** Whether the time is within a certificate's dates. */
function isInForce(certificate: X509Certificate, nowMs: number): boolean {
  return Date.parse(certificate.validFrom) <= nowMs && nowMs <= Date.parse(certificate.validTo);
}

/** From the signer to a root; undefined when there is no way of at most one step between. */
function chainOf(
  signer: X509Certificate,
  others: readonly X509Certificate[],
  roots: readonly X509Certificate[],
): readonly X509Certificate[] | undefined {
  const root = roots.find((candidate) => isIssuedBy(signer, candidate));
  if (root !== undefined) return [signer, root];
  for (const between of others) {
    if (!between.ca || !isIssuedBy(signer, between)) continue;
    const above = roots.find((candidate) => isIssuedBy(between, candidate));
    if (above !== undefined) return [signer, between, above];
  }
  return undefined;
}

function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}
