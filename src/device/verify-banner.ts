import { isUtf8 } from 'node:buffer';
import { type ReceivedFile, wholeOf } from './received-file.ts';
import { accepted, refuse, type Verdict } from './verdict.ts';

/** Documented: M32 p151, the login banner has 1 to 2048 bytes. */
export const BANNER_SIZE_MAX_BYTES = 2048;

/** Documented: M32 p151, 1 to 2048 bytes of UTF-8 or compatible, otherwise not accepted. */
export function verifyBanner(file: ReceivedFile): Verdict {
  if (file.sizeBytes < 1 || file.sizeBytes > BANNER_SIZE_MAX_BYTES) {
    return refuse(
      'BAD_SIZE',
      `${file.name} has ${file.sizeBytes} bytes; expected 1 to ${BANNER_SIZE_MAX_BYTES}`,
    );
  }
  return isUtf8(wholeOf(file)) ? accepted : refuse('WRONG_FORMAT', `${file.name} is no UTF-8 text`);
}
