import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/**
 * The repository as data: text of every file by its path from the root, with `/`. Rules read nothing else.
 */
export type SourceTree = ReadonlyMap<string, string>;

/** Something a rule does not allow, where it stands, and what to do about it. */
export interface Violation {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly message: string;
}

export type Rule = (tree: SourceTree) => readonly Violation[];

/** A made-up tree: texts by path. */
export function treeOf(files: Readonly<Record<string, string>>): SourceTree {
  return new Map(Object.entries(files));
}

const neverTracked = ['node_modules', 'dist', '.git', '.cache', 'coverage'];

/** Every text file of the repository, but for what is built, installed or cached. */
export function readTree(root: string): SourceTree {
  const files = new Map<string, string>();
  const visit = (folder: string) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      // A worktree's .git is a file.
      if (neverTracked.includes(entry.name)) continue;
      const path = posix.join(folder, entry.name);
      if (entry.isDirectory()) visit(path);
      if (!entry.isFile() || path.endsWith('.log')) continue;
      const text = readFileSync(join(root, path));
      if (!text.includes(0)) files.set(path, text.toString());
    }
  };
  visit('');
  return files;
}

/** The room of a file under src/; undefined for any other file. */
export function roomOf(path: string): string | undefined {
  return /^src\/([^/]+)/.exec(path)?.[1];
}

export function isCode(path: string): boolean {
  return /\.(ts|mts|mjs|js)$/.test(path);
}
