import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tree } from '../phone/bench-phone.ts';

const root = join(import.meta.dirname, '..', '..', 'fixtures');

/** A tree of `fixtures/`, by path: what the server of that story holds. */
export function treeIn(folder: string): Tree {
  const at = join(root, folder);
  const files = readdirSync(at, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path.slice(at.length + 1), readFileSync(path)];
    }),
  );
}

/** One of its files as text. */
export function textIn(folder: string, file: string): string {
  return readFileSync(join(root, folder, file), 'utf8');
}
