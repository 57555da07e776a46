import { readName } from './request.ts';
import type { Sighting } from './sighting.ts';

/**
 * What makes of a path as a server has it (`/srv/phones/languages/French.lng`, `/phones/1230SIP.cfg`) the one
 * below the folder of the provisioning file, as sections name files. `names`: of files that sections name; an
 * xferlog has `_` for blanks, and they tell which it was.
 */
export function pathsOf(
  sightings: readonly Sighting[],
  names: readonly string[],
): (sighting: Sighting) => string {
  const folders = new Map<string, string>();
  for (const kinds of [['provisioning'], ['own']]) {
    for (const { protocol, file } of sightings) {
      if (!folders.has(protocol) && kinds.includes(readName(file).kind))
        folders.set(protocol, folderOf(file));
    }
  }
  const spelt = new Map(names.map((name) => [withoutBlanks(name), name]));
  return ({ protocol, file }) => {
    const folder = folders.get(protocol) ?? '';
    const below = file.startsWith(folder) ? file.slice(folder.length) : file;
    const path = below.replace(/^\/+/, '');
    return spelt.get(withoutBlanks(path)) ?? path;
  };
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

function withoutBlanks(name: string): string {
  return name.replaceAll(' ', '_');
}
