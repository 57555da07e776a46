import type { X509Certificate } from 'node:crypto';
import { Certificate } from 'pkijs';

const extensionNames = {
  '2.5.29.14': 'Subject Key Identifier',
  '2.5.29.35': 'Authority Key Identifier',
} as const;
const KEY_USAGE = '2.5.29.15';
/** The first bit of KeyUsage (RFC 5280 section 4.2.1.3). */
const DIGITAL_SIGNATURE = 0x80;
const extendedUsages = { '1.3.6.1.5.5.7.3.3': 'code signing', '1.3.6.1.5.5.7.3.4': 'secure e-mail' } as const;
const KEY_BITS = [1024, 2048];

/** What a signing certificate lacks of the attributes that S43 p281 (1200: M32 p212) calls the minimum. */
export function lacksAsSigner(certificate: X509Certificate): readonly string[] {
  const { version, extensions = [] } = Certificate.fromBER(certificate.raw);
  const lacks: string[] = version === 2 ? [] : ['version 3'];
  for (const [oid, name] of Object.entries(extensionNames)) {
    if (!extensions.some(({ extnID }) => extnID === oid)) lacks.push(name);
  }
  const usage = extensions.find(({ extnID }) => extnID === KEY_USAGE)?.extnValue.valueBlock.valueHexView;
  // BIT STRING: tag, length, number of unused bits, bits.
  if (((usage?.[3] ?? 0) & DIGITAL_SIGNATURE) === 0) lacks.push('key usage digital signature');
  for (const [oid, name] of Object.entries(extendedUsages)) {
    if (!certificate.keyUsage?.includes(oid)) lacks.push(`extended key usage ${name}`);
  }
  const bits = certificate.publicKey.asymmetricKeyDetails?.modulusLength ?? 0;
  if (!KEY_BITS.includes(bits)) lacks.push(`an RSA key of ${KEY_BITS.join(' or ')} bits`);
  return lacks;
}
