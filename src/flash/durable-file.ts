import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { FlashError } from './flash.ts';

/** What a file is called until it is whole. Left behind only by a killed process. */
export const TEMPORARY_SUFFIX = '.tmp';

/**
 * Puts a file in place of the one of that name, if any: written beside it, flushed, renamed. A crash leaves
 * the old or the new one, never half. That the new one outlives a power cut is only sure after
 * `syncDirectory` of its folder.
 */
export function replaceFile(path: string, content: Uint8Array | string): void {
  const temporary = `${path}${TEMPORARY_SUFFIX}`;
  try {
    const descriptor = openSync(temporary, 'w');
    try {
      writeFileSync(descriptor, content);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, path);
  } catch (error) {
    removeQuietly(temporary);
    throw unwritable(path, error);
  }
}

/**
 * Makes a folder and those above it; false if it was there. Observed: Node 20's own `recursive` never returns
 * where the system answers ENOENT although the folder above is there, as in /proc.
 */
export function makeDirectory(directory: string): boolean {
  try {
    mkdirSync(directory);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    if (systemCode(error) !== 'ENOENT' || existsSync(dirname(directory))) throw unwritable(directory, error);
  }
  makeDirectory(dirname(directory));
  return makeDirectory(directory);
}

/** Makes names made, changed and removed in a folder outlive a power cut. */
export function syncDirectory(directory: string): void {
  try {
    const descriptor = openSync(directory, 'r');
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    throw unwritable(directory, error);
  }
}

/** Removes a file nobody needs. Where it cannot be removed it does no harm and is tried again later. */
export function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // A folder of that name, or a folder that became read-only.
  }
}

export function unwritable(path: string, error: unknown): FlashError {
  return new FlashError('UNWRITABLE', `${path} cannot be written: ${causeOf(error)}`, { cause: error });
}

export function unreadable(path: string, error: unknown): FlashError {
  return new FlashError('UNREADABLE', `${path} cannot be read: ${causeOf(error)}`, { cause: error });
}

/** Node's `ENOENT`, `EEXIST` and the like; undefined for an error that is none of the system's. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** `ENOSPC: no space left on device`, without the call and the path that Node adds. */
function causeOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return systemCode(error) === undefined ? message : (message.split(', ')[0] ?? message);
}
