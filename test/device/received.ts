import { createHash } from 'node:crypto';
import { EndingIntake } from '../../src/device/file-ending.ts';
import { HEAD_BYTES, type ReceivedFile } from '../../src/device/received-file.ts';

/** A file that arrived and is held. */
export function received(content: string | Uint8Array, name = 'file'): ReceivedFile {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'latin1') : content;
  return {
    name,
    sizeBytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    head: bytes.subarray(0, HEAD_BYTES),
    bytes,
  };
}

/**
 * A file that arrived and of which only both ends are held, as an image is; it came in chunks of 512 bytes.
 */
export function streamed(bytes: Uint8Array, name = 'file'): ReceivedFile {
  const intake = new EndingIntake();
  for (let at = 0; at < bytes.length; at += 512) intake.take(bytes.subarray(at, at + 512));
  return { name, sizeBytes: bytes.length, head: bytes.slice(0, HEAD_BYTES), ...intake.finish() };
}
