import { isOwnFamily, parseLoad } from '../provisioning/load.ts';
import type { Problem } from '../provisioning/problem.ts';
import type { Section } from '../provisioning/section.ts';
import type { Circumstances } from './circumstances.ts';
import { readImageLoad } from './image.ts';
import { verifyMaker } from './proof.ts';
import { looksLikeText, type ReceivedFile } from './received-file.ts';
import { type Refusal, refuse } from './verdict.ts';

/**
 * Assumed: no image is smaller. The one whose size is known has 4,101,541 bytes (Wazo pkgs.db,
 * SIP12x004.01.13.00).
 */
export const IMAGE_SIZE_MIN_BYTES = 64 * 1024;

/** Which load a firmware file is, or why it cannot be one. */
export type FirmwareVerdict =
  | { readonly verdict: 'accepted'; readonly load: string; readonly problems: readonly Problem[] }
  | Refusal;

/**
 * Whether a file is an image for this phone: size, form, name of the load, family of phones, and the maker's
 * signature as `authenticity` has it. Documented: S41 p30, images are authenticated during the download;
 * where Avaya keeps the signature is not known. Assumed: at the end, in the form that languages have.
 */
export function verifyFirmware(
  section: Section,
  file: ReceivedFile,
  circumstances: Circumstances,
): FirmwareVerdict {
  if (file.sizeBytes < IMAGE_SIZE_MIN_BYTES) {
    return refuse(
      'WRONG_FORMAT',
      `${file.name} has ${file.sizeBytes} bytes; expected an image of at least ${IMAGE_SIZE_MIN_BYTES} bytes`,
    );
  }
  if (looksLikeText(file.head)) {
    return refuse('WRONG_FORMAT', `${file.name} is text; expected a firmware image`);
  }
  const load = loadOf(section, file);
  if (load === undefined) {
    return refuse(
      'WRONG_FORMAT',
      `${file.name}: neither the image, nor FILENAME, nor VERSION "${section.version}" names a load; expected SIP12x0NN.NN.NN.NN`,
    );
  }
  if (!isOwnFamily(load)) {
    return refuse('WRONG_HARDWARE', `${file.name} is ${load.name}; this phone takes SIP12x0 loads only`);
  }
  const authentic = verifyMaker('FW', file, circumstances);
  return authentic.verdict === 'refused' ? authentic : { ...authentic, load: load.name };
}

/** Assumed: the load an image is: the name our tool wrote into it, else the one in FILENAME, else VERSION. */
function loadOf(section: Section, file: ReceivedFile) {
  return parseLoad(readImageLoad(file.head) ?? '') ?? parseLoad(file.name) ?? parseLoad(section.version);
}
