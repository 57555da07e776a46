import { createHash } from 'node:crypto';
import type { FlashContents, StoredFile } from '../../src/device/flash-contents.ts';
import { memoryFlash } from '../../src/flash/memory-flash.ts';
import type { FlashBody, PhoneFlash } from '../../src/phone/world.ts';
import type { SectionName } from '../../src/provisioning/words.ts';

/** Files that flash holds with their bytes, one of each section. */
export type Held = Readonly<Partial<Record<SectionName, string | Uint8Array>>>;

/** Makes flash that holds some files, for `BenchOptions.phoneFlash`. */
export function holding(held: Held): (contents: FlashContents) => PhoneFlash {
  const bodies: FlashBody[] = [];
  const files: Record<string, readonly StoredFile[]> = {};
  for (const [section, content] of Object.entries(held)) {
    const bytes = Buffer.from(content);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    bodies.push({ sha256, bytes });
    const stored = { sizeBytes: bytes.length, sha256, receivedAt: '2026-01-01T00:00:00.000Z' };
    files[section] = [{ name: `held-${section}`, content: stored }];
  }
  return (contents) => {
    const flash = memoryFlash(contents);
    flash.write({ ...contents, files: { ...contents.files, ...files } }, bodies);
    return flash;
  };
}
