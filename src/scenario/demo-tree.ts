import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_MAC } from '../device/flash-contents.ts';
import { makeImage } from '../device/image.ts';
import { directoryStore, type FileStore, layeredStore, memoryStore } from '../server/file-store.ts';

/**
 * The image of the demo tree. Size: that of SIP12x004.01.13.00.bin, the one image whose size is known (Wazo
 * pkgs.db).
 */
export const DEMO_LOAD = 'SIP12x004.04.09.00';
export const DEMO_IMAGE_SIZE_BYTES = 4_101_541;
const DEMO_IMAGE_PATH = `firmware/${DEMO_LOAD}.bin`;

/** The tree that `boot` serves when it is given no URL: `fixtures/demo` and an image made on the spot. */
export function demoStore(imageSizeBytes = DEMO_IMAGE_SIZE_BYTES): FileStore {
  const image = makeImage({ load: DEMO_LOAD, sizeBytes: imageSizeBytes });
  return layeredStore(memoryStore({ [DEMO_IMAGE_PATH]: image }), directoryStore(demoDirectory()));
}

/** Beside the compiled code as beside the source: two folders up. */
function demoDirectory(): string {
  const directory = join(import.meta.dirname, '..', '..', 'fixtures', 'demo');
  if (!existsSync(directory)) throw new Error(`the demo tree is missing: ${directory}`);
  return directory;
}

/** Its phone-specific file, as that of every phone: a fleet has more MACs than the demo tree. */
export function demoFileForAny(): Readonly<
  Record<string, { readonly folder: string; readonly name: string }>
> {
  return { 'SIP<MAC>.cfg': { folder: demoDirectory(), name: `SIP${DEFAULT_MAC}.cfg` } };
}
