import { closeSync, openSync, readFileSync, readSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';

/**
 * A file a server can send. Reading is synchronous, so that the loopback needs no host time under virtual
 * time.
 */
export interface ServedFile {
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  /** Stands for the bytes: the same object, the same bytes. Absent: they may change. */
  readonly content?: object;
  /** The bytes from `offset`; fewer than `length` only at the end of the file. */
  read(offset: number, length: number): Uint8Array;
}

/** A tree of files by path, whatever holds it. Paths are relative with `/`, as a phone asks for them. */
export interface FileStore {
  find(path: string): ServedFile | undefined;
}

/** Files held in memory: demo trees and tests. */
export function memoryStore(files: Readonly<Record<string, Uint8Array | string>>, modifiedMs = 0): FileStore {
  const held = new Map(
    Object.entries(files).map(([path, body]) => [path, typeof body === 'string' ? Buffer.from(body) : body]),
  );
  return {
    find(path) {
      const body = held.get(withoutLeadingSlash(path));
      return body && memoryFile(body, modifiedMs);
    },
  };
}

/** The first store that has the file wins. */
export function layeredStore(...stores: readonly FileStore[]): FileStore {
  return {
    find(path) {
      for (const store of stores) {
        const file = store.find(path);
        if (file !== undefined) return file;
      }
      return undefined;
    },
  };
}

/** Largest file that is kept in memory after its first read. */
const CACHED_SIZE_MAX = 256 * 1024;
const CACHE_ENTRIES_MAX = 2_000;

/**
 * A folder of the disk. Nothing outside it is ever found: `..`, absolute names, NUL and links that lead out
 * are "not there".
 */
export function directoryStore(directory: string): FileStore {
  const root = realpathSync(directory);
  const cache = new Map<string, { readonly stamp: string; readonly file: ServedFile }>();
  return {
    find(path) {
      const location = locate(root, path);
      if (location === undefined) return undefined;
      const { file, sizeBytes, modifiedMs } = location;
      if (sizeBytes > CACHED_SIZE_MAX) return diskFile(file, sizeBytes, modifiedMs);
      const stamp = `${sizeBytes}/${modifiedMs}`;
      const cached = cache.get(file);
      if (cached?.stamp === stamp) return cached.file;
      const read = memoryFile(readFileSync(file), modifiedMs);
      if (cache.size >= CACHE_ENTRIES_MAX) cache.clear();
      cache.set(file, { stamp, file: read });
      return read;
    },
  };
}

function locate(root: string, path: string) {
  const name = withoutLeadingSlash(path);
  const parts = name.split('/');
  if (name === '' || name.includes('\0') || name.includes('\\') || parts.includes('..')) return undefined;
  try {
    const file = realpathSync.native(join(root, ...parts));
    if (!file.startsWith(root.endsWith(sep) ? root : root + sep)) return undefined;
    const stat = statSync(file);
    if (!stat.isFile()) return undefined;
    return { file, sizeBytes: stat.size, modifiedMs: stat.mtimeMs };
  } catch {
    // Missing, unreadable or a loop of links: for a phone all of them are "not there".
    return undefined;
  }
}

function memoryFile(body: Uint8Array, modifiedMs: number): ServedFile {
  return {
    sizeBytes: body.length,
    modifiedMs,
    content: body,
    read: (offset, length) => body.subarray(offset, offset + length),
  };
}

function diskFile(file: string, sizeBytes: number, modifiedMs: number): ServedFile {
  return {
    sizeBytes,
    modifiedMs,
    read(offset, length) {
      const wanted = Math.max(0, Math.min(length, sizeBytes - offset));
      const bytes = Buffer.allocUnsafe(wanted);
      const descriptor = openSync(file, 'r');
      try {
        return bytes.subarray(0, readSync(descriptor, bytes, 0, wanted, offset));
      } finally {
        closeSync(descriptor);
      }
    },
  };
}

function withoutLeadingSlash(path: string): string {
  return path.replace(/^\/+/, '');
}
