import type { FlashContents } from '../device/flash-contents.ts';

/** SHA-256 of every file whose content flash knows: the bodies that must be there, and no others stay. */
export function digestsOf(contents: FlashContents): ReadonlySet<string> {
  const stored = Object.values(contents.files).flat();
  return new Set(stored.flatMap((file) => file.content?.sha256 ?? []));
}
