import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';

/** What a test may read; the packages are linked, and dist/ is built code that no mutation reaches. */
const copied = new Set(['src', 'test', 'scenarios', 'fixtures', 'docs', 'package.json', 'tsconfig.json']);

/**
 * The repository once more in a temporary folder, to be changed at will: nothing is ever written where the
 * work is. It goes when this process does, also by Ctrl-C.
 */
export function copyRepository(from) {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'deskphone-mutate-')));
  process.on('exit', () => rmSync(root, { recursive: true, force: true }));
  process.once('SIGINT', () => process.exit(130));
  process.once('SIGTERM', () => process.exit(143));
  const wanted = (path) => path === from || copied.has(relative(from, path).split(sep)[0]);
  cpSync(from, root, { recursive: true, filter: wanted });
  symlinkSync(realpathSync(join(from, 'node_modules')), join(root, 'node_modules'), 'dir');
  return root;
}
