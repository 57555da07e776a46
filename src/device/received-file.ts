import { hash } from 'node:crypto';
import type { FileEnding } from './file-ending.ts';

/**
 * A file that arrived whole. Firmware is counted and hashed as it passes and not held; `bytes` is absent
 * then.
 */
export interface ReceivedFile {
  /** As the section names it, sub-folders included. */
  readonly name: string;
  readonly sizeBytes: number;
  /** Lower-case hex; empty: nobody needed it. */
  readonly sha256: string;
  /** The first bytes, at most `HEAD_BYTES`. */
  readonly head: Uint8Array;
  readonly bytes?: Uint8Array;
  /** Of a file that is not held: what its signature is checked by. */
  readonly ending?: FileEnding;
}

/** As much of a file as is looked at to tell what it is. */
export const HEAD_BYTES = 4096;

/** A file that is held whole. */
export function heldFile(name: string, bytes: Uint8Array): ReceivedFile {
  const head = bytes.subarray(0, HEAD_BYTES);
  return { name, sizeBytes: bytes.length, sha256: hash('sha256', bytes), head, bytes };
}

/** All of a file that is held; of one that is not, what there is of it. */
export function wholeOf(file: ReceivedFile): Uint8Array {
  return file.bytes ?? file.head;
}

/** The name a file is stored under: without the folders of the server. */
export function storedNameOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

/**
 * Whether a file begins like a web page: what a misconfigured server sends with status 200 in place of the
 * file.
 */
export function looksLikeHtml(head: Uint8Array): boolean {
  const start = Buffer.from(head.subarray(0, 512)).toString('latin1').trimStart().toLowerCase();
  return start.startsWith('<!doctype html') || start.startsWith('<html') || start.startsWith('<head');
}

/**
 * Whether nothing but text is in the first bytes: no control character except tab, line feed, form feed,
 * return.
 */
export function looksLikeText(head: Uint8Array): boolean {
  return head.every((byte) => byte >= 0x20 || byte === 9 || byte === 10 || byte === 12 || byte === 13);
}
