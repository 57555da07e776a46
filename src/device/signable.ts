import { readCertificates } from './certificates.ts';
import { withoutSignature } from './detached-signature.ts';
import { HEAD_BYTES, looksLikeText } from './received-file.ts';
import { parseSecurityPolicy } from './security-policy.ts';
import { IMAGE_SIZE_MIN_BYTES } from './verify-firmware.ts';
import { missingHeaderMark } from './verify-language.ts';

/** The kinds of files whose signature a phone looks at. `provisioning`: configuration files too. */
export const signedKinds = ['image', 'language', 'policy', 'certificates', 'provisioning'] as const;
export type SignedKind = (typeof signedKinds)[number];

/** Why a file is not worth signing as what it is said to be; undefined when it is. */
export function complaintAboutSigning(kind: SignedKind, bytes: Uint8Array): string | undefined {
  if (withoutSignature(bytes).length < bytes.length) return 'it is signed already';
  return complaints[kind](bytes);
}

const complaints: Readonly<Record<SignedKind, (bytes: Uint8Array) => string | undefined>> = {
  image: (bytes) => {
    if (bytes.length < IMAGE_SIZE_MIN_BYTES) {
      return `it has ${bytes.length} bytes; expected an image of at least ${IMAGE_SIZE_MIN_BYTES}`;
    }
    return isText(bytes) ? 'it is text; expected a firmware image' : undefined;
  },
  language: (bytes) => {
    const missing = missingHeaderMark(bytes);
    return missing && `it has no header line ${missing}; expected a language file`;
  },
  policy: (bytes) =>
    parseSecurityPolicy(bytes, '').rules.size === 0
      ? 'it holds no rule; expected lines of NAME value'
      : undefined,
  certificates: (bytes) =>
    readCertificates(Buffer.from(bytes).toString('latin1')).certificates.length === 0
      ? 'it holds no certificate in PEM'
      : undefined,
  provisioning: (bytes) => (isText(bytes) ? undefined : 'it is no text; expected a provisioning file'),
};

function isText(bytes: Uint8Array): boolean {
  return looksLikeText(bytes.subarray(0, HEAD_BYTES));
}
