import type { Random } from '../../clock/random.ts';
import type { Fault } from '../fault.ts';
import type { ServedFile } from '../file-store.ts';

/** Some bytes arrive with every bit turned over: at given places, at drawn ones, or both. */
export const corrupt: Fault<'corrupt'> = (answer, { at = [], bytes = at.length > 0 ? 0 : 1 }, { chance }) => {
  const { file } = answer;
  return file === undefined
    ? answer
    : { ...answer, file: flipped(file, new Set([...at, ...drawn(bytes, file.sizeBytes, chance)])) };
};

/** So many different places; all of them in a file that has no more. */
function drawn(count: number, sizeBytes: number, chance: Random): ReadonlySet<number> {
  const places = new Set<number>();
  while (places.size < Math.min(count, sizeBytes)) places.add(Math.floor(chance.between(0, sizeBytes)));
  return places;
}

function flipped(file: ServedFile, places: ReadonlySet<number>): ServedFile {
  const { sizeBytes, modifiedMs } = file;
  return {
    sizeBytes,
    modifiedMs,
    read(offset, length) {
      // A copy: the file's own bytes may be kept in memory for others.
      const bytes = Uint8Array.from(file.read(offset, length));
      for (const place of places) {
        const byte = bytes[place - offset];
        if (byte !== undefined) bytes[place - offset] = byte ^ 0xff;
      }
      return bytes;
    },
  };
}
