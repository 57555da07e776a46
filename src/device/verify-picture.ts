import { quote } from '../provisioning/quote.ts';
import type { ReceivedFile } from './received-file.ts';
import { accepted, refuse, type Verdict } from './verdict.ts';

/** PNG's signature, and SOI with the first byte of the marker behind it. */
const beginnings = [
  Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
  Uint8Array.of(0xff, 0xd8, 0xff),
];

/**
 * Whether a file of [IMAGES] is a picture. Assumed: PNG and JPEG, by what is inside; the vendor's model names
 * files .png and .jpg, and no size or depth was found.
 */
export function verifyPicture(file: ReceivedFile): Verdict {
  if (beginnings.some((beginning) => beginning.every((byte, at) => file.head[at] === byte))) return accepted;
  const start = Buffer.from(file.head.subarray(0, 16)).toString('latin1');
  return refuse('WRONG_FORMAT', `${file.name} begins with ${quote(start)}; expected a PNG or JPEG picture`);
}
