import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StoredContent } from '../device/flash-contents.ts';
import {
  makeDirectory,
  removeQuietly,
  replaceFile,
  syncDirectory,
  systemCode,
  unreadable,
} from './durable-file.ts';
import type { FileBody } from './flash.ts';

/** The name of a body, or of one that was being written. Nothing else in the folder is ours to remove. */
const BODY_NAME = /^[0-9a-f]{64}(\.tmp)?$/;

/** The bytes of stored files, one file each, named by their SHA-256 and never as a server called them. */
export class BodyStore {
  readonly #parent: string;
  readonly #directory: string;

  /** @param parent the flash directory; `files` in it is made when the first body comes. */
  constructor(parent: string) {
    this.#parent = parent;
    this.#directory = join(parent, 'files');
  }

  /** Undefined when there is no such body. */
  read(sha256: string): Uint8Array | undefined {
    const path = join(this.#directory, sha256);
    try {
      return readFileSync(path);
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return undefined;
      throw unreadable(path, error);
    }
  }

  /** What is wrong with a stored file's body, as the second half of a sentence; undefined: it is whole. */
  faultOf(content: StoredContent): string | undefined {
    const bytes = this.read(content.sha256);
    const name = `files/${content.sha256}`;
    if (bytes === undefined) return `names ${name}, which is missing`;
    if (bytes.length !== content.sizeBytes) {
      return `says ${content.sizeBytes} bytes, but ${name} holds ${bytes.length}`;
    }
    return sha256Of(bytes) === content.sha256 ? undefined : `names ${name}, whose content is another`;
  }

  /** Writes bodies so that they outlive a power cut before anything names them. */
  add(bodies: readonly FileBody[]): void {
    if (bodies.length === 0) return;
    if (makeDirectory(this.#directory)) syncDirectory(this.#parent);
    for (const { sha256, bytes } of bodies) {
      if (sha256Of(bytes) !== sha256) throw new Error(`The bytes given for ${sha256} have another SHA-256.`);
      replaceFile(join(this.#directory, sha256), bytes);
    }
    syncDirectory(this.#directory);
  }

  /**
   * Removes every body that `named` does not hold, and what a killed process left half-written. Never throws:
   * what cannot be removed only takes up room.
   */
  keepOnly(named: ReadonlySet<string>): void {
    for (const name of this.#names()) {
      if (BODY_NAME.test(name) && !named.has(name)) removeQuietly(join(this.#directory, name));
    }
  }

  #names(): readonly string[] {
    try {
      return readdirSync(this.#directory);
    } catch {
      return [];
    }
  }
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
