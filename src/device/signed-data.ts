import type { X509Certificate } from 'node:crypto';
import { Certificate, ContentInfo, IssuerAndSerialNumber, SignedData, type SignerInfo } from 'pkijs';
import { readCertificate } from './certificates.ts';
import type { DigestName } from './file-ending.ts';

/** What a detached signature says: by whom, over what, and the number that proves it. */
export interface SignedDataRead {
  readonly signer: X509Certificate;
  /** The other certificates it brings. */
  readonly others: readonly X509Certificate[];
  readonly digest: DigestName;
  /** Absent: the signature is over the content itself (RFC 5652 section 5.4). */
  readonly attributes?: {
    readonly messageDigest: Uint8Array;
    /** Their DER, which the signature is over. */
    readonly encoded: Uint8Array;
  };
  readonly signature: Uint8Array;
}

const OID = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  messageDigest: '1.2.840.113549.1.9.4',
  subjectKeyIdentifier: '2.5.29.14',
  rsaEncryption: '1.2.840.113549.1.1.1',
} as const;

const digests: Readonly<Record<string, DigestName>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
};

/** RSA with PKCS #1 padding, named alone or together with its digest. */
const signatureDigests: Readonly<Record<string, DigestName>> = {
  '1.2.840.113549.1.1.5': 'sha1',
  '1.2.840.113549.1.1.11': 'sha256',
};

/**
 * Reads the SignedData (PKCS #7, RFC 5652) of a detached signature; a text says why it cannot be one. Never
 * throws.
 */
export function readSignedData(der: Uint8Array): SignedDataRead | string {
  try {
    const { contentType, content } = ContentInfo.fromBER(der);
    if (contentType !== OID.signedData) return 'it is no SignedData';
    return readSigner(new SignedData({ schema: content }));
  } catch {
    return 'it is no PKCS #7 structure';
  }
}

function readSigner(signed: SignedData): SignedDataRead | string {
  const { encapContentInfo, signerInfos } = signed;
  if (encapContentInfo.eContent !== undefined) return 'it holds its content; expected a detached signature';
  if (encapContentInfo.eContentType !== OID.data)
    return `it is over ${encapContentInfo.eContentType}; expected data`;
  const [info] = signerInfos;
  if (info === undefined || signerInfos.length > 1)
    return `it has ${signerInfos.length} signers; expected one`;
  const digest = digestOf(info);
  if (digest === undefined) {
    const { digestAlgorithm, signatureAlgorithm } = info;
    return `it is made with ${signatureAlgorithm.algorithmId} over ${digestAlgorithm.algorithmId}; expected RSA over SHA-1 or SHA-256`;
  }
  const certificates = (signed.certificates ?? []).filter((item) => item instanceof Certificate);
  const signerAt = certificates.findIndex((certificate) => identifies(info, certificate));
  const [signer, ...others] = [
    ...certificates.slice(Math.max(0, signerAt), signerAt + 1),
    ...certificates.filter((_, at) => at !== signerAt),
  ].map((certificate) => readCertificate(new Uint8Array(certificate.toSchema().toBER())));
  if (signerAt === -1 || signer === undefined) return "it does not hold its signer's certificate";
  const attributes = attributesOf(info);
  if (attributes === 'incomplete') return 'its signed attributes have no message digest';
  return {
    signer,
    others: others.filter((certificate) => certificate !== undefined),
    digest,
    ...(attributes !== undefined && { attributes }),
    signature: info.signature.valueBlock.valueHexView,
  };
}

function digestOf({ digestAlgorithm, signatureAlgorithm }: SignerInfo): DigestName | undefined {
  const digest = digests[digestAlgorithm.algorithmId];
  const named = signatureAlgorithm.algorithmId;
  return named === OID.rsaEncryption || signatureDigests[named] === digest ? digest : undefined;
}

/** By issuer and serial number, or by the subject key identifier (RFC 5652 section 5.3). */
function identifies({ sid }: SignerInfo, certificate: Certificate): boolean {
  if (sid instanceof IssuerAndSerialNumber) {
    return sid.serialNumber.isEqual(certificate.serialNumber) && certificate.issuer.isEqual(sid.issuer);
  }
  const wanted = Buffer.from(sid.valueBlock.valueHexView ?? []);
  const extension = certificate.extensions?.find(({ extnID }) => extnID === OID.subjectKeyIdentifier);
  // The extension holds an OCTET STRING in an OCTET STRING: two bytes of tag and length before the
  // identifier.
  return (
    extension !== undefined &&
    wanted.length > 0 &&
    wanted.equals(extension.extnValue.valueBlock.valueHexView.subarray(2))
  );
}

function attributesOf({ signedAttrs }: SignerInfo): SignedDataRead['attributes'] | 'incomplete' {
  if (signedAttrs === undefined) return undefined;
  const found = signedAttrs.attributes.filter(({ type }) => type === OID.messageDigest);
  const value = found.length === 1 ? found[0]?.values[0] : undefined;
  const messageDigest: unknown = value?.valueBlock?.valueHexView;
  if (!(messageDigest instanceof Uint8Array)) return 'incomplete';
  return { messageDigest, encoded: new Uint8Array(signedAttrs.encodedValue) };
}
