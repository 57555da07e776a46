import { parameters } from '../provisioning/parameters.ts';
import type { FlashContents } from './flash-contents.ts';

/**
 * A MAC as people write it: pairs parted by colons, dashes or nothing, and no further digit on either side.
 */
const MAC = /(?<![0-9A-Fa-f])[0-9A-Fa-f]{2}(?:[:-]?[0-9A-Fa-f]{2}){5}(?![0-9A-Fa-f])/g;

/**
 * The MACs a licence file names, as 12 upper-case hex digits. Documented: S43 p285, a node-locked licence is
 * tied to a phone by its MAC. Assumed: it stands there in plain text; the form of the file was found nowhere.
 */
export function licensedMacs(file: Uint8Array): readonly string[] {
  const text = Buffer.from(file).toString('latin1');
  return [...text.matchAll(MAC)].map(([found]) => found.replaceAll(/[:-]/g, '').toUpperCase());
}

/**
 * Whether flash holds a licence for its phone: one that names this phone, or names none. `body` gives the
 * bytes of a stored file by its SHA-256; one whose content is unknown counts.
 */
export function hasLicence(
  { files, mac }: FlashContents,
  body: (sha256: string) => Uint8Array | undefined,
): boolean {
  return (files.LICENSING ?? []).some(({ content }) => {
    const bytes = content && body(content.sha256);
    const macs = bytes === undefined ? [] : licensedMacs(bytes);
    return macs.length === 0 || macs.includes(mac);
  });
}

const licensed = parameters.filter(({ unlicensed }) => unlicensed !== undefined);

/**
 * The licensed features that received values switch on: `MAX_LOGINS 4`. The factory's own values count for
 * nothing: phones without a licence are sold and work.
 */
export function licensedFeatures({ settings }: FlashContents): readonly string[] {
  return licensed.flatMap(({ name, unlicensed }) => {
    const value = settings[name]?.value;
    return value === undefined || value === unlicensed ? [] : [`${name} ${value}`];
  });
}
