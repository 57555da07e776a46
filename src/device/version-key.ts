import type { SectionName } from '../provisioning/words.ts';

/**
 * Documented: M43 p243, the version of [DEV_CERT] is kept per certificate profile; profile 1 unless chosen
 * otherwise.
 */
const DEVICE_CERTIFICATE_KEY = 'DEV_CERT#1';

/** The key of `FlashContents.versions` under which a section's version is stored. */
export function versionKeyOf(section: SectionName): string {
  return section === 'DEV_CERT' ? DEVICE_CERTIFICATE_KEY : section;
}
