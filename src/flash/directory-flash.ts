import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_MAC, type FlashContents, factoryFlash } from '../device/flash-contents.ts';
import { BodyStore } from './body-store.ts';
import { digestsOf } from './digests.ts';
import {
  makeDirectory,
  removeQuietly,
  replaceFile,
  syncDirectory,
  systemCode,
  TEMPORARY_SUFFIX,
  unreadable,
} from './durable-file.ts';
import { type FileBody, type Flash, FlashError } from './flash.ts';
import { printFlashFile, readFlashFile } from './flash-file.ts';
import { lockDirectory } from './flash-lock.ts';

/** What holds where a directory is new or its flash.json leaves something out. */
export interface FlashDefaults {
  /** 12 upper-case hex digits. When given, a flash.json of another phone is refused. */
  readonly mac?: string;
  /** The running load, unless flash.json names one. */
  readonly software?: string;
  /** When a file was received whose hand-written entry does not say. */
  readonly nowIso?: string;
}

/** Ours: 24 profiles of 128 KiB each, indented, and the rest, which has less than 50 KB. */
const FLASH_FILE_SIZE_MAX = 32 * 1024 * 1024;

/**
 * A phone's flash in a directory: `flash.json`, which may be written by hand, and the bytes of stored files
 * in `files/`. Held by one process at a time until `close`. A directory that is new or empty is a phone as it
 * left the factory; nothing but the lock is written before the first `write`.
 *
 *     bodies -> files/<sha256>.tmp -> fsync -> rename -> fsync of the folder
 *     flash.json.tmp -> fsync -> rename -> fsync of the folder      (from here on it is the new state)
 *     bodies that nothing names any more are removed
 */
export function openDirectoryFlash(directory: string, defaults: FlashDefaults = {}): Flash {
  makeDirectory(directory);
  const unlock = lockDirectory(directory);
  try {
    removeQuietly(join(directory, `flash.json${TEMPORARY_SUFFIX}`));
    const bodies = new BodyStore(directory);
    const contents = readContents(directory, bodies, defaults);
    bodies.keepOnly(digestsOf(contents));
    return new DirectoryFlash({ directory, bodies, contents, unlock });
  } catch (error) {
    unlock();
    throw error;
  }
}

class DirectoryFlash implements Flash {
  readonly #directory: string;
  readonly #bodies: BodyStore;
  readonly #unlock: () => void;
  #contents: FlashContents;
  #open: boolean = true;

  constructor(opened: { directory: string; bodies: BodyStore; contents: FlashContents; unlock: () => void }) {
    this.#directory = opened.directory;
    this.#bodies = opened.bodies;
    this.#contents = opened.contents;
    this.#unlock = opened.unlock;
  }

  read(): FlashContents {
    return this.#contents;
  }

  write(contents: FlashContents, bodies: readonly FileBody[] = []): void {
    if (!this.#open) throw new Error('The flash is closed; its directory may be in use by another process.');
    const stored = digestsOf(this.#contents);
    const needed = digestsOf(contents);
    const arriving = bodies.filter(({ sha256 }) => needed.has(sha256) && !stored.has(sha256));
    const text = printFlashFile(contents);
    assertReadable(text, new Set([...stored, ...arriving.map(({ sha256 }) => sha256)]));
    try {
      this.#bodies.add(arriving);
      replaceFile(join(this.#directory, 'flash.json'), text);
    } catch (error) {
      this.#bodies.keepOnly(stored);
      throw error;
    }
    this.#contents = contents;
    if (this.#isDurable()) this.#bodies.keepOnly(needed);
  }

  body(sha256: string): Uint8Array | undefined {
    return digestsOf(this.#contents).has(sha256) ? this.#bodies.read(sha256) : undefined;
  }

  close(): void {
    if (this.#open) this.#unlock();
    this.#open = false;
  }

  /** The new state is in place either way. If it may not outlive a power cut, the old bodies have to stay. */
  #isDurable(): boolean {
    try {
      syncDirectory(this.#directory);
      return true;
    } catch {
      return false;
    }
  }
}

function readContents(directory: string, bodies: BodyStore, defaults: FlashDefaults): FlashContents {
  const bytes = readIfThere(join(directory, 'flash.json'));
  if (bytes === undefined) return factoryFlash({ ...defaults, mac: defaults.mac ?? DEFAULT_MAC });
  if (bytes.length > FLASH_FILE_SIZE_MAX) {
    throw new FlashError(
      'INVALID',
      `flash.json has ${bytes.length} bytes; expected at most ${FLASH_FILE_SIZE_MAX}`,
    );
  }
  const reading = readFlashFile(bytes, { ...defaults, faultOf: (content) => bodies.faultOf(content) });
  if ('problems' in reading) throw new FlashError('INVALID', reading.problems.join('\n'));
  return reading.contents;
}

function readIfThere(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw unreadable(path, error);
  }
}

/** What the next start would refuse is our mistake; better no write than a phone that never starts again. */
function assertReadable(text: string, bodies: ReadonlySet<string>): void {
  const reading = readFlashFile(Buffer.from(text), {
    faultOf: ({ sha256 }) => (bodies.has(sha256) ? undefined : `comes without the bytes of ${sha256}`),
  });
  if ('problems' in reading) throw new Error(`Flash would be unreadable: ${reading.problems.join('\n')}`);
}
