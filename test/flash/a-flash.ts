import { createHash } from 'node:crypto';
import { type FlashContents, factoryFlash, type StoredFile } from '../../src/device/flash-contents.ts';
import type { FileBody } from '../../src/flash/flash.ts';

/** Contents of a phone's flash; what a test spells out matters to it. */
export function aFlash(contents: Partial<FlashContents> = {}): FlashContents {
  return { ...factoryFlash({ mac: '001B4F123001' }), ...contents };
}

export function aBody(text: string): FileBody {
  const bytes = Buffer.from(text);
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** A stored file with that body. */
export function aFile(name: string, { bytes, sha256 }: FileBody): StoredFile {
  return { name, content: { sizeBytes: bytes.length, sha256, receivedAt: '2026-03-04T08:00:00.000Z' } };
}
