import { pemBlocks } from './pem.ts';

/** Where a file's signature begins and what it is; whether there is one at all. */
export type SignatureBlock =
  | { readonly found: 'none' }
  | {
      readonly found: 'block';
      /** The first byte of BEGIN; every byte before it is covered. */
      readonly at: number;
      readonly der: Uint8Array;
    }
  | { readonly found: 'unreadable'; readonly why: string };

/**
 * `PKCS7` is what the official files have (KF, a language file of 4.4.9) and what `openssl smime` writes.
 * Assumed: `CMS`, which `openssl cms` writes around the same bytes, is read too.
 */
const LABELS = ['PKCS7', 'CMS'];

/**
 * Observed (KF): a blank, a line feed and 22 bytes of unknown meaning follow the END line. Assumed: no more
 * than this.
 */
export const TRAILER_MAX_BYTES = 64;

/**
 * Looks for the signature at the end of a file, in its last bytes. Nothing need stand between it and the
 * bytes it covers, not even a line end. Documented: S43 p254, M43 p245, the signature directly follows the
 * file.
 */
export function findSignatureBlock(tail: Uint8Array): SignatureBlock {
  const text = Buffer.from(tail.buffer, tail.byteOffset, tail.byteLength).toString('latin1');
  const begin = Math.max(...LABELS.map((label) => text.lastIndexOf(`-----BEGIN ${label}-----`)));
  if (begin === -1) {
    const isLeft = LABELS.some((label) => text.includes(`-----END ${label}-----`));
    return isLeft ? { found: 'unreadable', why: 'it has an END line and no BEGIN line' } : { found: 'none' };
  }
  const [block] = pemBlocks(text.slice(begin));
  if (block === undefined) return { found: 'unreadable', why: 'it has no END line' };
  if (block.der === undefined) return { found: 'unreadable', why: 'it is no Base64' };
  const trailing = text.length - begin - block.end;
  if (trailing > TRAILER_MAX_BYTES) {
    return {
      found: 'unreadable',
      why: `${trailing} bytes follow it, which nothing covers; expected at most ${TRAILER_MAX_BYTES}`,
    };
  }
  return { found: 'block', at: begin, der: block.der };
}
