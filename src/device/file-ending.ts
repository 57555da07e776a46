import { createHash, type Hash } from 'node:crypto';

/** The digests that signatures of files are made with (Observed: SHA-1; openssl's default today: SHA-256). */
export type DigestName = 'sha1' | 'sha256';

/**
 * What a file ends with, and what it takes to digest the bytes before: enough to check a signature at its
 * end.
 */
export interface FileEnding {
  /** The last bytes, at most `TAIL_BYTES`. */
  readonly tail: Uint8Array;
  /** Digest of all bytes before `tail[at]`. */
  digestUpTo(at: number, digest: DigestName): Uint8Array;
}

/**
 * Assumed: a signature with its certificates and what follows it fits; the one examined takes 1.5 KB (KF).
 */
export const TAIL_BYTES = 16 * 1024;

/** The ending of a file that is held whole. */
export function endingOf(bytes: Uint8Array): FileEnding {
  const tailAt = Math.max(0, bytes.length - TAIL_BYTES);
  return {
    tail: bytes.subarray(tailAt),
    digestUpTo: (at, digest) =>
      createHash(digest)
        .update(bytes.subarray(0, tailAt + at))
        .digest(),
  };
}

/** Digesting costs by the call as much as by the byte, and TFTP brings 512 bytes at a time. */
const BATCH_BYTES = 2 * TAIL_BYTES;

/** Digests a file that passes in chunks, and holds back its last bytes. Copies what it holds. */
export class EndingIntake {
  readonly #sha1: Hash = createHash('sha1');
  readonly #sha256: Hash = createHash('sha256');
  #chunks: Uint8Array[] = [];
  #heldBytes = 0;

  take(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.#heldBytes += chunk.length;
    if (this.#heldBytes >= BATCH_BYTES) this.#digestAllButTail();
  }

  /** SHA-256 of the whole file, lower-case hex, and its ending. Nothing is taken after this. */
  finish(): { readonly sha256: string; readonly ending: FileEnding } {
    const tail = this.#digestAllButTail();
    const before = { sha1: this.#sha1, sha256: this.#sha256 };
    return {
      sha256: this.#sha256.copy().update(tail).digest('hex'),
      ending: {
        tail,
        digestUpTo: (at, digest) => before[digest].copy().update(tail.subarray(0, at)).digest(),
      },
    };
  }

  #digestAllButTail(): Uint8Array {
    const held = Buffer.concat(this.#chunks);
    const tailAt = Math.max(0, held.length - TAIL_BYTES);
    const passed = held.subarray(0, tailAt);
    this.#sha1.update(passed);
    this.#sha256.update(passed);
    // A copy, so that the bytes that have passed are let go.
    const tail = Uint8Array.from(held.subarray(tailAt));
    this.#chunks = [tail];
    this.#heldBytes = tail.length;
    return tail;
  }
}
