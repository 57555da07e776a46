import { constants, createHash, publicDecrypt, type X509Certificate } from 'node:crypto';
import { type DigestName, endingOf, type FileEnding } from './file-ending.ts';
import type { ReceivedFile } from './received-file.ts';
import { findSignatureBlock } from './signature-block.ts';
import { readSignedData, type SignedDataRead } from './signed-data.ts';

/**
 * What the end of a file says about its maker. `valid` is about the bytes alone: they are as the signer left
 * them; whether the signer is to be trusted is another question.
 */
export type DetachedSignature =
  | { readonly signature: 'none' }
  | {
      readonly signature: 'valid';
      readonly signer: X509Certificate;
      /** Certificates that came along, such as an intermediate one. */
      readonly others: readonly X509Certificate[];
    }
  | { readonly signature: 'altered'; readonly why: string }
  | { readonly signature: 'unreadable'; readonly why: string };

/**
 * Checks the signature at the end of a file. Observed (KF, a language file of 4.4.9) and Documented (S43
 * p254): a PKCS #7 block in PEM directly behind the text, detached, over every byte before it, RSA with SHA-1
 * or SHA-256, the signer's certificate inside. Synchronous; never throws.
 */
export function readDetachedSignature(file: ReceivedFile): DetachedSignature {
  const ending = file.ending ?? endingOf(file.bytes ?? file.head);
  const block = findSignatureBlock(ending.tail);
  if (block.found === 'none') return { signature: 'none' };
  if (block.found === 'unreadable') return { signature: 'unreadable', why: block.why };
  const signed = readSignedData(block.der);
  if (typeof signed === 'string') return { signature: 'unreadable', why: signed };
  const why = findAlteration(signed, ending, block.at);
  if (why !== undefined) return { signature: 'altered', why };
  return { signature: 'valid', signer: signed.signer, others: signed.others };
}

/** A file without the signature at its end, be it right or wrong; as it is when there is none. */
export function withoutSignature(bytes: Uint8Array): Uint8Array {
  const { tail } = endingOf(bytes);
  const block = findSignatureBlock(tail);
  return block.found === 'block' ? bytes.subarray(0, bytes.length - tail.length + block.at) : bytes;
}

function findAlteration(signed: SignedDataRead, ending: FileEnding, at: number): string | undefined {
  const { attributes, digest } = signed;
  const content = Buffer.from(ending.digestUpTo(at, digest));
  if (attributes !== undefined && !content.equals(attributes.messageDigest)) {
    return 'the bytes it covers are not those that were signed';
  }
  const said = attributes === undefined ? content : createHash(digest).update(attributes.encoded).digest();
  return rsaHolds(signed, said) ? undefined : "the signature is not the signer's over these bytes";
}

/** The DER before a digest in a signature with PKCS #1 padding (RFC 8017 section 9.2, note 1). */
const digestInfoPrefixes: Readonly<Record<DigestName, string>> = {
  sha1: '3021300906052b0e03021a05000414',
  sha256: '3031300d060960864801650304020105000420',
};

/** By hand, since `verify` of node:crypto wants the bytes and a streamed file has left only their digest. */
function rsaHolds({ signer, digest, signature }: SignedDataRead, said: Uint8Array): boolean {
  const expected = Buffer.concat([Buffer.from(digestInfoPrefixes[digest], 'hex'), said]);
  try {
    const key = { key: signer.publicKey, padding: constants.RSA_PKCS1_PADDING };
    return publicDecrypt(key, signature).equals(expected);
  } catch {
    return false;
  }
}
