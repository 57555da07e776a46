import {
  closeSync,
  fchmodSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import {
  bootFileName,
  provisioningFileName,
  unistimProvisioningFileName,
} from '../provisioning/file-name.ts';
import { limitsOf } from '../provisioning/limits.ts';
import { parseProvisioningFile } from '../provisioning/provisioning-file.ts';
import type { Quirks } from '../provisioning/quirks.ts';
import { models } from '../provisioning/words.ts';
import { type Mended, type MendedKind, mend } from './mend.ts';
import type { Tree } from './tree.ts';
import { isUserFile } from './user-file-name.ts';

/** A file that was mended, or would be. */
export interface MendedFile extends Mended {
  /** From the root of the tree. */
  readonly path: string;
  /** Why it stays as it is after all. */
  readonly unwritten?: string;
}

/**
 * Mends the files of a folder that a phone reads line by line, one after the other: provisioning files, the
 * device configuration files they name, phones' own. `write: 'no'` only says what would be done.
 */
export function* mendTree(
  { name: root, paths = [] }: Tree,
  options: { readonly quirks: Quirks; readonly write: 'yes' | 'no' },
): Generator<MendedFile, void, undefined> {
  const known = new Set(paths);
  const done = new Set<string>();
  const plans = models
    .flatMap((model) => [
      provisioningFileName(model),
      unistimProvisioningFileName(model),
      bootFileName(model),
    ])
    .filter((path) => known.has(path));
  for (const path of plans) {
    const file = mendFile(root, path, 'provisioning', options.write);
    if (file !== undefined) yield file;
    for (const named of configurationsOf(root, path, file, options.quirks)) {
      if (!known.has(named) || done.has(named)) continue;
      done.add(named);
      const configuration = mendFile(root, named, 'configuration', options.write);
      if (configuration !== undefined) yield configuration;
    }
  }
  for (const path of paths.filter(isUserFile)) {
    const file = mendFile(root, path, 'configuration', options.write);
    if (file !== undefined) yield file;
  }
}

/** Files of [DEVICE_CONFIG], as the mended provisioning file names them. */
function configurationsOf(
  root: string,
  path: string,
  mended: MendedFile | undefined,
  quirks: Quirks,
): readonly string[] {
  const bytes = mended?.bytes ?? read(join(root, path));
  if (bytes === undefined) return [];
  const { sections } = parseProvisioningFile(bytes, { file: path, quirks });
  return sections
    .filter(({ name }) => name === 'DEVICE_CONFIG')
    .flatMap(({ files }) => files.map((file) => file.name));
}

function mendFile(root: string, path: string, kind: MendedKind, write: 'yes' | 'no'): MendedFile | undefined {
  const place = join(root, path);
  const bytes = read(place);
  const mended = bytes === undefined ? undefined : mend(bytes, kind);
  if (bytes === undefined || mended === undefined) return undefined;
  if (write === 'no') return { path, ...mended };
  const unwritten = replace(place, bytes, mended.bytes);
  return { path, ...mended, ...(unwritten !== undefined && { unwritten }) };
}

/** Undefined: not there, not to be read, or larger than a phone takes. */
function read(place: string): Uint8Array | undefined {
  try {
    const { sizeBytes } = limitsOf('DEVICE_CONFIG', 'tftp');
    return statSync(place).size > sizeBytes ? undefined : readFileSync(place);
  } catch {
    return undefined;
  }
}

/**
 * Puts the mended file in place of the old one in one step: beside it, flushed, renamed, with its rights.
 * Says why it did not: above all when the file changed since it was read.
 */
function replace(place: string, before: Uint8Array, after: Uint8Array): string | undefined {
  // A link stays a link; what it leads to is replaced.
  const target = realpathSync(place);
  const temporary = `${target}.lint-tmp`;
  try {
    const descriptor = openSync(temporary, 'wx');
    try {
      writeFileSync(descriptor, after);
      fchmodSync(descriptor, statSync(target).mode & 0o7777);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    if (!readFileSync(target).equals(before)) throw new Error('it changed meanwhile');
    renameSync(temporary, target);
    return undefined;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'EEXIST') rmSync(temporary, { force: true });
    return error instanceof Error ? error.message : String(error);
  }
}
