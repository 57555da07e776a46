import { chmod, cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A tree that any server may read: they run as `nobody`, and tftpd-hpa refuses what not all may read. */
export interface ServedFolder {
  readonly path: string;
  remove(): Promise<void>;
}

type Files = Readonly<Record<string, Uint8Array | string>>;

/** Writes files to a new folder below the system's temporary one. Names are relative, with `/`. */
export async function servedFolder(files: Files): Promise<ServedFolder> {
  return makeServedFolder((path) => writeAll(path, files));
}

/** A copy of a tree, since a working copy may lie where `nobody` cannot reach it; with `more` files in it. */
export async function servedCopy(directory: string, more: Files = {}): Promise<ServedFolder> {
  return makeServedFolder(async (path) => {
    await cp(directory, path, { recursive: true });
    await writeAll(path, more);
  });
}

async function writeAll(folder: string, files: Files): Promise<void> {
  for (const [name, body] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), body);
  }
}

async function makeServedFolder(fill: (path: string) => Promise<void>): Promise<ServedFolder> {
  const path = await mkdtemp(join(tmpdir(), 'deskphone-served-'));
  await fill(path);
  await chmod(path, 0o755);
  for (const entry of await readdir(path, { recursive: true, withFileTypes: true })) {
    await chmod(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
  }
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
