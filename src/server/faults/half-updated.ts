import type { Fault } from '../fault.ts';
import { chanceOf } from '../share.ts';

/**
 * A tree in the middle of a release: some files are new already, some still those of the older tree, and some
 * are being replaced and not there at all. Which is which depends on seed, rule and path alone, so that every
 * phone sees the same tree.
 */
export const halfUpdated: Fault<'half-updated'> = (answer, settings, { chanceOfFile, olderFile }) => {
  const { from, updated = '50%', missing = '0%' } = settings;
  if (chanceOfFile.fork('missing').next() < chanceOf(missing)) return { ...answer, file: undefined };
  if (chanceOfFile.fork('updated').next() < chanceOf(updated)) return answer;
  return { ...answer, file: olderFile(from) };
};
