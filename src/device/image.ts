/*
 * A made firmware image. Avaya's format is not known, so this one is ours: enough for a phone to see that a
 * file is an image and which load it is, and of any size.
 *
 *   0       8        9          10 .. 9 + length        64
 *   magic   format   length     name of the load, zeros body: noise drawn from the name
 */

/**
 * The header holds the name of the load and nothing else; the first bytes of a file up to here are enough to
 * read it.
 */
export const IMAGE_HEADER_BYTES = 64;
/** Documented: M44 p52, VERSION of [FW] has up to 19 characters. */
const LOAD_LENGTH_MAX = 19;

/**
 * Begins with a byte that no text has and ends as PNG's does, so that a transfer in text mode breaks it
 * visibly.
 */
const MAGIC = Uint8Array.of(0x8e, 0x49, 0x4d, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const FORMAT = 1;
const FORMAT_AT = 8;
const LENGTH_AT = 9;
const LOAD_AT = 10;

/**
 * Makes an image of a load, the same bytes for the same options. The body is noise: it neither reads as text
 * nor compresses. Throws RangeError for a size below the header's or a name of other than 1 to 19 visible
 * ASCII characters.
 */
export function makeImage(options: { readonly load: string; readonly sizeBytes: number }): Uint8Array {
  const { load, sizeBytes } = options;
  if (!isLoadText(load)) {
    throw new RangeError(`load is "${load}"; expected 1 to ${LOAD_LENGTH_MAX} visible ASCII characters`);
  }
  if (!Number.isSafeInteger(sizeBytes) || sizeBytes < IMAGE_HEADER_BYTES) {
    throw new RangeError(`sizeBytes is ${sizeBytes}; expected at least ${IMAGE_HEADER_BYTES}`);
  }
  const image = new Uint8Array(sizeBytes);
  image.set(MAGIC);
  image[FORMAT_AT] = FORMAT;
  image[LENGTH_AT] = load.length;
  image.set(new TextEncoder().encode(load), LOAD_AT);
  fillWithNoise(image.subarray(IMAGE_HEADER_BYTES), seedOf(load));
  return image;
}

/**
 * The name of the load that `makeImage` wrote into the first bytes of a file; undefined for any other file.
 * Never throws.
 */
export function readImageLoad(head: Uint8Array): string | undefined {
  if (head.length < IMAGE_HEADER_BYTES || MAGIC.some((byte, at) => head[at] !== byte)) return undefined;
  if (head[FORMAT_AT] !== FORMAT) return undefined;
  const length = head[LENGTH_AT] ?? 0;
  const load = String.fromCharCode(...head.subarray(LOAD_AT, LOAD_AT + Math.min(length, LOAD_LENGTH_MAX)));
  return length <= LOAD_LENGTH_MAX && isLoadText(load) ? load : undefined;
}

function isLoadText(load: string): boolean {
  return load.length <= LOAD_LENGTH_MAX && /^[\x21-\x7e]+$/.test(load);
}

/** FNV-1a: names that differ in one digit get other noise. */
function seedOf(load: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < load.length; at++) {
    hash = Math.imul(hash ^ load.charCodeAt(at), 0x01000193);
  }
  return hash >>> 0;
}

/** Xorshift32 (Marsaglia 2003), four bytes a step, the lowest first on every machine. */
function fillWithNoise(bytes: Uint8Array, seed: number): void {
  // Zero is the one state that xorshift never leaves.
  let state = seed === 0 ? 1 : seed;
  for (let at = 0; at < bytes.length; at += 4) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    // What lies beyond the end of a typed array is dropped.
    bytes[at] = state;
    bytes[at + 1] = state >>> 8;
    bytes[at + 2] = state >>> 16;
    bytes[at + 3] = state >>> 24;
  }
}
