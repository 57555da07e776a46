import type { FlashContents } from '../device/flash-contents.ts';
import { digestsOf } from './digests.ts';
import type { FileBody, Flash } from './flash.ts';

/** A flash that lives as long as the process: fleets, virtual time, tests. Bytes are kept uncopied. */
export function memoryFlash(contents: FlashContents): Flash {
  return new MemoryFlash(contents);
}

class MemoryFlash implements Flash {
  #contents: FlashContents;
  readonly #bodies = new Map<string, Uint8Array>();

  constructor(contents: FlashContents) {
    this.#contents = contents;
  }

  read(): FlashContents {
    return this.#contents;
  }

  write(contents: FlashContents, bodies: readonly FileBody[] = []): void {
    for (const { sha256, bytes } of bodies) this.#bodies.set(sha256, bytes);
    const named = digestsOf(contents);
    for (const sha256 of this.#bodies.keys()) if (!named.has(sha256)) this.#bodies.delete(sha256);
    this.#contents = contents;
  }

  body(sha256: string): Uint8Array | undefined {
    return this.#bodies.get(sha256);
  }

  close(): void {}
}
