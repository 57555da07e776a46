import { createReadStream } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { sayFileFailure } from '../scenario/file-failure.ts';
import { InputError } from './input-error.ts';

/** A log or capture as it lies on the disk, unpacked. */
export interface Input {
  /** As it was given; `-` is called `standard input`. */
  readonly name: string;
  readonly bytes: Buffer;
}

/** The word for standard input. */
const STANDARD_INPUT = '-';

/** Of one input, unpacked: a busy server's log of a week, and what fits into memory. Our own limit. */
const INPUT_BYTES_MAX = 512 * 1024 * 1024;

/** Reads a file or standard input, and unpacks what is gzipped, as rotated logs are. Throws `InputError`. */
export async function readInput(path: string): Promise<Input> {
  const name = path === STANDARD_INPUT ? 'standard input' : path;
  const stream: AsyncIterable<unknown> = path === STANDARD_INPUT ? process.stdin : createReadStream(path);
  const bytes = await bytesOf(stream, name);
  const unpacked = isGzipped(bytes) ? unpack(bytes, name) : bytes;
  if (unpacked.length === 0) throw new InputError('EMPTY', name, 'it is empty; expected a log or a capture');
  return { name, bytes: unpacked };
}

async function bytesOf(stream: AsyncIterable<unknown>, name: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of stream) {
      if (!Buffer.isBuffer(chunk)) throw new TypeError('The stream has an encoding');
      chunks.push(chunk);
      length += chunk.length;
      if (length > INPUT_BYTES_MAX) throw tooLarge(name);
    }
  } catch (error) {
    if (error instanceof InputError || error instanceof TypeError) throw error;
    throw new InputError('NOT_READABLE', name, sayFileFailure(error), { cause: error });
  }
  return Buffer.concat(chunks, length);
}

/** RFC 1952, 2.3.1. */
function isGzipped(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function unpack(bytes: Buffer, name: string): Buffer {
  try {
    return gunzipSync(bytes, { maxOutputLength: INPUT_BYTES_MAX });
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge(name);
    const why = error instanceof Error ? error.message : String(error);
    throw new InputError('BAD_GZIP', name, `it is cut off or damaged, gzip says: ${why}`, { cause: error });
  }
}

function tooLarge(name: string): InputError {
  const mebibytes = INPUT_BYTES_MAX / 1024 / 1024;
  return new InputError(
    'TOO_LARGE',
    name,
    `it is larger than ${mebibytes} MiB; expected a log of fewer days, as split(1) or grep make it`,
  );
}
