import { problem } from '../provisioning/problem-codes.ts';
import type { Section } from '../provisioning/section.ts';
import type { SectionName } from '../provisioning/words.ts';
import type { FlashContents } from './flash-contents.ts';
import { type ReceivedFile, storedNameOf } from './received-file.ts';
import { accepted, acceptedWith, refuse, type Verdict } from './verdict.ts';

/** Documented: S41 p34, at most five language and five tone files; a hard limit. */
export const FILES_MAX = 5;
export const limitedInNumber: readonly SectionName[] = ['LANGUAGE', 'TONES'];

/** What counts as custom data (IP Office knowledge base: tones, images and the like, at most 500 kB). */
const customData: readonly SectionName[] = [
  'TONES',
  'IMAGES',
  'LANGUAGE',
  'LOGIN_BANNER',
  'DEV_CERT',
  'CTL',
  'CRL',
  'USER_KEYS',
  'LICENSING',
];

/** From this share on a warning is told. */
const NEARLY_FULL_SHARE = 0.9;

/** Whether flash has room for one more file: five of a kind, and so many bytes of custom data in all. */
export function checkRoom(
  flash: FlashContents,
  section: Section,
  file: ReceivedFile,
  customDataMax: number,
): Verdict {
  const name = storedNameOf(file.name);
  const stored = flash.files[section.name] ?? [];
  const replaces = stored.some((other) => other.name === name);
  if (limitedInNumber.includes(section.name) && !replaces && stored.length >= FILES_MAX) {
    return refuse('STORE_FULL', `${name}: ${FILES_MAX} files of [${section.name}] are stored already`);
  }
  if (!customData.includes(section.name)) return accepted;
  const usedBytes = customDataBytes(flash, section.name, name) + file.sizeBytes;
  if (usedBytes > customDataMax) {
    return refuse(
      'NO_CAPACITY',
      `${name} would bring custom data to ${usedBytes} bytes; flash holds ${customDataMax}`,
    );
  }
  if (usedBytes < customDataMax * NEARLY_FULL_SHARE) return accepted;
  const message = `with ${name} custom data takes ${usedBytes} of ${customDataMax} bytes of flash`;
  return acceptedWith(problem('NEARLY_FULL', { file: file.name, section: section.name, message }));
}

/** Sections that hold one file: a new one takes the place of whatever is there. */
export function holdsOneFile(section: SectionName): boolean {
  return !['LANGUAGE', 'TONES', 'IMAGES'].includes(section);
}

/**
 * Bytes of custom data without the file that `name` would replace. Files of unknown content count as nothing.
 */
function customDataBytes(flash: FlashContents, section: SectionName, name: string): number {
  let sum = 0;
  for (const kind of customData) {
    for (const file of flash.files[kind] ?? []) {
      const replaced = kind === section && (file.name === name || holdsOneFile(kind));
      if (!replaced) sum += file.content?.sizeBytes ?? 0;
    }
  }
  return sum;
}
