import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The source file of a mutation as it is, and as the mutation makes it. */
export function sourceOf(root, { file, text, by }) {
  const original = readFileSync(join(root, file), 'utf8');
  return { original, mutated: original.replace(text, () => by) };
}

/** Mutations whose text is not where it should be, a sentence each. */
export function misplaced(root, mutations) {
  return mutations.flatMap(({ key, file, text }) => {
    const times = readFileSync(join(root, file), 'utf8').split(text).length - 1;
    if (times === 1) return [];
    return [`${key}: its text stands ${times} times in ${file}; expected once: ${text}`];
  });
}
