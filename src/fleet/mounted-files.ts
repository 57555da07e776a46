import { readFileSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';

/** Files of a fleet as they come to a pod, at the same places seen from where the fleet is run. */
export interface MountedFiles {
  /** Where it is run, below the folder that holds all; empty: there. */
  readonly folder: string;
  readonly files: readonly MountedFile[];
}

export interface MountedFile {
  /** Documented: Kubernetes API, ConfigMap.data: letters, digits, `-`, `_` and `.`. */
  readonly key: string;
  /** Below the folder that holds all. */
  readonly path: string;
  readonly text: string;
}

/** Documented: Kubernetes, "ConfigMaps": not more than 1 MiB. */
const BYTES_MAX = 1024 * 1024;

/**
 * Files, absolute or seen from the folder `from` in which the fleet is run; a sentence if a ConfigMap cannot
 * hold them. Throws what the file system throws.
 */
export function mountFiles(
  files: readonly string[],
  from: string,
): MountedFiles | { readonly message: string } {
  const absolute = files.map((file) => resolve(from, file));
  const top = commonFolder([from, ...absolute.map(dirname)]);
  const mounted = absolute.map((file, index) => ({
    key: `${index}-${file.slice(file.lastIndexOf(sep) + 1).replaceAll(/[^-._A-Za-z0-9]/g, '_')}`,
    path: slashed(relative(top, file)),
    text: readFileSync(file, 'utf8'),
  }));
  const bytes = mounted.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  if (bytes > BYTES_MAX) {
    return {
      message: `${files.join(', ')}: ${bytes} bytes; expected at most ${BYTES_MAX}, which a ConfigMap holds`,
    };
  }
  return { folder: slashed(relative(top, from)), files: mounted };
}

function commonFolder([first = sep, ...others]: readonly string[]): string {
  return others.reduce((common, folder) => {
    const parts = folder.split(sep);
    const same = common.split(sep).findIndex((part, index) => part !== parts[index]);
    return same === -1 ? common : common.split(sep).slice(0, same).join(sep) || sep;
  }, first);
}

function slashed(path: string): string {
  return path.split(sep).join('/');
}
