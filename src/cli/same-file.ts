import { type BigIntStats, existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';

/** Why a file to be written would cost one that is read (`-`: standard input); undefined: it costs none. */
export function whyOverwriting(file: string, inputs: readonly string[]): string | undefined {
  const lost = inputs.find((input) => isSameFile(input === '-' ? '/dev/stdin' : input, file));
  if (lost === undefined) return undefined;
  return `would overwrite ${lost === '-' ? 'standard input' : lost}, which is read; expected another file`;
}

/** Whether two names are of one file, there or not. A pipe or a terminal takes what any number writes. */
export function isSameFile(one: string, other: string): boolean {
  const [first, second] = [statsOf(one), statsOf(other)];
  if (first === undefined || second === undefined) return first === second && placeOf(one) === placeOf(other);
  return first.isFile() && first.dev === second.dev && first.ino === second.ino;
}

function statsOf(file: string): BigIntStats | undefined {
  return existsSync(file) ? statSync(file, { bigint: true }) : undefined;
}

/** Of a file that is not there: two names of one have one. */
function placeOf(file: string): string {
  const folder = dirname(file);
  return existsSync(folder) ? resolve(realpathSync(folder), relative(folder, file)) : resolve(file);
}
