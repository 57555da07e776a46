import { linkSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { removeQuietly, systemCode, TEMPORARY_SUFFIX, unwritable } from './durable-file.ts';
import { FlashError } from './flash.ts';
import { isAlive, type ProcessIdentity, thisProcess } from './process-identity.ts';

/** Who holds a lock, and which of the locks that process took. The text of the lock file. */
interface LockOwner extends ProcessIdentity {
  readonly number: number;
}

let locksTaken = 0;

/**
 * Takes a directory for this process until the result is called; throws `FlashError` LOCKED naming the
 * process that has it. A dead process's lock is taken over, also after kill -9, by one only of those who try:
 *
 *     flash.lock           the holder; made by link(2), so that it is whole as soon as it is there
 *     flash.lock.<owner>   the right to replace a lock of that dead owner; a lock too, and broken alike
 *
 * A lock whose owner is dead is replaced by rename, only with the right to it, and only while it is still
 * that owner's: there is no moment without a lock, and whoever looked too long ago gives way. One machine
 * only: process numbers mean nothing to another, or to another container.
 */
export function lockDirectory(directory: string): () => void {
  const path = join(directory, 'flash.lock');
  const self: LockOwner = { ...thisProcess(), number: ++locksTaken };
  try {
    take(path, self);
    removeLeftovers(directory);
  } catch (error) {
    throw error instanceof FlashError ? error : unwritable(path, error);
  }
  return () => {
    if (readLock(path) === `${nameOf(self)}\n`) removeQuietly(path);
  };
}

function take(path: string, self: LockOwner): void {
  for (;;) {
    if (createLock(path, self)) return;
    const text = readLock(path);
    // Given back meanwhile.
    if (text === undefined) continue;
    const owner = parseOwner(text);
    if (owner !== undefined && isAlive(owner)) throw lockedBy(owner, dirname(path));
    const right = `${path}.${owner === undefined ? 'unreadable' : nameOf(owner)}`;
    take(right, self);
    try {
      if (readLock(path) === text) {
        replaceLock(path, self);
        return;
      }
    } finally {
      removeQuietly(right);
    }
  }
}

/** False when there is a lock already. */
function createLock(path: string, self: LockOwner): boolean {
  const temporary = writeTemporary(path, self);
  try {
    linkSync(temporary, path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  } finally {
    removeQuietly(temporary);
  }
}

function replaceLock(path: string, self: LockOwner): void {
  renameSync(writeTemporary(path, self), path);
}

function writeTemporary(path: string, self: LockOwner): string {
  const temporary = `${path}.${nameOf(self)}${TEMPORARY_SUFFIX}`;
  writeFileSync(temporary, `${nameOf(self)}\n`);
  return temporary;
}

/** Undefined when nobody holds it. */
function readLock(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Rights and temporary files of processes that were killed while they took a lock. */
function removeLeftovers(directory: string): void {
  for (const name of readdirSync(directory)) {
    if (!name.startsWith('flash.lock.')) continue;
    const path = join(directory, name);
    const owner = name.endsWith(TEMPORARY_SUFFIX) ? ownerInName(name) : parseOwner(readLock(path) ?? '');
    if (owner !== undefined && !isAlive(owner)) removeQuietly(path);
  }
}

function ownerInName(name: string): LockOwner | undefined {
  return parseOwner(`${name.split('.').at(-2)}\n`);
}

function nameOf({ pid, started, number }: LockOwner): string {
  return `${pid}-${started}-${number}`;
}

/** Undefined for what was never written by us, or was lost in a power cut. */
function parseOwner(text: string): LockOwner | undefined {
  const [, pid, started, number] = /^([1-9]\d{0,9})-(\w*)-(\d+)\n$/.exec(text) ?? [];
  if (pid === undefined || started === undefined) return undefined;
  return { pid: Number(pid), started, number: Number(number) };
}

function lockedBy({ pid }: LockOwner, directory: string): FlashError {
  const who = pid === process.pid ? `this process (${pid})` : `process ${pid}`;
  return new FlashError('LOCKED', `${directory} is in use by ${who}: one phone, one process at a time`);
}
