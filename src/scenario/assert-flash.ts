import { isDeepStrictEqual } from 'node:util';
import { toldFile } from '../device/change-flash.ts';
import type { FlashContents } from '../device/flash-contents.ts';
import type { ToldFlash } from '../report/flash-fold.ts';

/** Two ways to know what a flash holds: what is in it, and what was told of it. Throws when they differ. */
export function assertFlashAsTold(flash: FlashContents, told: ToldFlash | undefined): void {
  if (told === undefined) return;
  const { model: _, files: toldFiles, ...rest } = told;
  const { files, ...contents } = flash;
  const held = Object.entries(files).map(([section, stored]) => [section, stored.map(toldFile)]);
  for (const [name, is, said] of [
    ['contents', contents, rest],
    ['files', Object.fromEntries(held), toldFiles],
  ] as const) {
    if (!isDeepStrictEqual(is, said)) throw new Error(`Flash is not as it was told: its ${name} differ`);
  }
}
