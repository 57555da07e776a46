import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

export type FoundScenarios =
  | { readonly files: readonly string[] }
  /** A sentence: which path, and what was expected. */
  | { readonly message: string };

/** In a folder these are scenarios; a name that begins with _ is there to be extended only. */
const SCENARIO_NAME = /^[^_.].*\.ya?ml$/;

/** So many files of one command: beyond it a folder was named by mistake. */
const FILES_MAX = 10_000;

/** Scenario files by path, and those in folders and their sub-folders by name; each once. */
export function findScenarios(paths: readonly string[]): FoundScenarios {
  const files = new Set<string>();
  for (const path of paths) {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) return { message: `${path}: no such file or folder (ENOENT)` };
    const found = stat.isDirectory() ? within(path) : [path];
    if (found.length === 0)
      return { message: `${path}: no scenario in it; expected files such as boot.yaml` };
    for (const file of found) files.add(file);
    if (files.size > FILES_MAX) return { message: `${path}: more than ${FILES_MAX} scenarios` };
  }
  return { files: [...files] };
}

function within(folder: string): readonly string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory())
        return entry.name.startsWith('.') || entry.name === 'node_modules' ? [] : within(path);
      return entry.isFile() && SCENARIO_NAME.test(entry.name) ? [path] : [];
    });
}
