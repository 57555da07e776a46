import { accessSync, constants, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where `scripts/install-peers.sh` unpacks servers whose packages conflict, a folder each. */
const UNPACKED = join(import.meta.dirname, '..', '..', '.cache', 'peers');

/** Servers live in sbin, which is not on everybody's PATH. */
const FOLDERS = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin', ...unpackedFolders()];

/** The full name of an executable, or undefined when this machine has none. */
export function findProgram(name: string): string | undefined {
  return FOLDERS.map((folder) => join(folder, name)).find(isExecutable);
}

/** As `findProgram`, where its absence has been ruled out before. */
export function programFile(name: string): string {
  const file = findProgram(name);
  if (file === undefined) throw new Error(`${name}: no such program; scripts/install-peers.sh installs it`);
  return file;
}

function unpackedFolders(): string[] {
  try {
    return readdirSync(UNPACKED).flatMap((name) => [
      join(UNPACKED, name, 'usr', 'sbin'),
      join(UNPACKED, name, 'usr', 'bin'),
    ]);
  } catch {
    // Nothing was unpacked on this machine.
    return [];
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
