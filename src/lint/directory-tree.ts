import { createHash } from 'node:crypto';
import {
  closeSync,
  type Dirent,
  fstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { join, sep } from 'node:path';
import { HEAD_BYTES, type ReceivedFile } from '../device/received-file.ts';
import { limitsOf } from '../provisioning/limits.ts';
import type { Arrival, Tree, Wanted } from './tree.ts';

/** Files and depth of a tree that is looked at. Our own limits. */
const FILES_MAX = 1_000_000;
const DEPTH_MAX = 32;

/** A folder as a server would send it: links that lead out of it are not there. Throws what `fs` throws. */
export function directoryTree(directory: string): Tree {
  const root = realpathSync(directory);
  const listing = listFiles(root);
  const known = new Set(listing.paths);
  return {
    name: directory,
    paths: listing.paths,
    limits: listing.limits,
    fetch: async (wanted) =>
      known.has(wanted.path) ? read(root, wanted) : notThere(wanted.path, listing.paths),
  };
}

function listFiles(root: string): { readonly paths: readonly string[]; readonly limits: readonly string[] } {
  const paths: string[] = [];
  const limits = new Set<string>();
  const walk = (folder: string, depth: number) => {
    if (depth > DEPTH_MAX) {
      limits.add(`folders deeper than ${DEPTH_MAX} are not looked at, such as ${folder}`);
      return;
    }
    for (const entry of entriesOf(join(root, folder), limits)) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (paths.length >= FILES_MAX) {
        limits.add(`only the first ${FILES_MAX} files are looked at`);
        return;
      }
      if (entry.isDirectory()) walk(path, depth + 1);
      else if (entry.isFile() || (entry.isSymbolicLink() && leadsToFile(root, path))) paths.push(path);
    }
  };
  walk('', 0);
  return { paths: paths.sort((a, b) => (a < b ? -1 : 1)), limits: [...limits] };
}

function entriesOf(folder: string, limits: Set<string>): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    limits.add(`${folder} cannot be listed: ${codeOf(error)}`);
    return [];
  }
}

function leadsToFile(root: string, path: string): boolean {
  try {
    const target = realpathSync(join(root, path));
    return target.startsWith(root.endsWith(sep) ? root : root + sep) && statSync(target).isFile();
  } catch {
    return false;
  }
}

/** By hand and not by readFileSync: size and time come with the descriptor, and no more is read than fits. */
function read(root: string, { kind, path, source }: Wanted): Arrival {
  const { sizeBytes: sizeMax } = limitsOf(kind, source.protocol);
  let descriptor: number | undefined;
  try {
    descriptor = openSync(join(root, path), 'r');
    const { size, mtimeMs } = fstatSync(descriptor);
    if (size > sizeMax) {
      return {
        arrived: false,
        code: 'TOO_LARGE',
        detail: `it has ${size} bytes; expected at most ${sizeMax}`,
      };
    }
    const bytes = Buffer.allocUnsafeSlow(size);
    let filled = 0;
    for (let count = 1; count > 0 && filled < size; filled += count) {
      count = readSync(descriptor, bytes, filled, size - filled, filled);
    }
    const file = receivedFile(path, bytes.subarray(0, filled), kind);
    return { arrived: true, file, modifiedMs: mtimeMs, problems: [] };
  } catch (error) {
    const code = codeOf(error);
    const denied = code === 'EACCES' || code === 'EPERM';
    return {
      arrived: false,
      code: denied ? 'ACCESS_DENIED' : 'NOT_FOUND',
      detail: `it cannot be read: ${code}`,
    };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** Of configuration nobody asks for a digest, and there may be 100,000 of it. */
export function receivedFile(name: string, bytes: Uint8Array, kind: Wanted['kind']): ReceivedFile {
  const sha256 = kind === 'USER_CONFIG' ? '' : createHash('sha256').update(bytes).digest('hex');
  return { name, sizeBytes: bytes.length, sha256, head: bytes.subarray(0, HEAD_BYTES), bytes };
}

function notThere(path: string, paths: readonly string[]): Arrival {
  const lower = path.toLowerCase();
  const otherCase = paths.find((other) => other.length === path.length && other.toLowerCase() === lower);
  return {
    arrived: false,
    code: 'NOT_FOUND',
    detail: 'it is not in the tree',
    ...(otherCase !== undefined && { otherCase }),
  };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
