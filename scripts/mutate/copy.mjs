import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';

/** What a test may read; the packages are linked, and dist/ is built code that no mutation reaches. */
const copied = new Set(['src', 'test', 'fixtures', 'docs', 'package.json', 'tsconfig.json']);

/**
 * The repository once more in a temporary folder, to be changed at will: nothing is ever written where the
 * work is.
 */
export function copyRepository(from) {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'deskphone-mutate-')));
  const wanted = (path) => path === from || copied.has(relative(from, path).split(sep)[0]);
  cpSync(from, root, { recursive: true, filter: wanted });
  symlinkSync(realpathSync(join(from, 'node_modules')), join(root, 'node_modules'), 'dir');
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) };
}
