import { existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';

/** Why a file that is to be written would cost one that is read; undefined: it costs none. */
export function whyOverwriting(file: string, inputs: readonly string[]): string | undefined {
  const lost = inputs.find((input) => isSameFile(input, file));
  return lost === undefined ? undefined : `would overwrite ${lost}, which is read; expected another file`;
}

/** Whether two names are of one file, there or not. A pipe or a terminal takes what any number writes. */
export function isSameFile(one: string, other: string): boolean {
  const isLasting = !existsSync(one) || statSync(one).isFile();
  return isLasting && placeOf(one) === placeOf(other);
}

/** Two names of one file have one. */
function placeOf(file: string): string {
  const folder = dirname(file);
  if (existsSync(file)) return realpathSync(file);
  return existsSync(folder) ? resolve(realpathSync(folder), relative(folder, file)) : resolve(file);
}
