/**
 * Whether a path is meant by a pattern: `*` and `?` stand for letters within a name, `**` for any folders. A
 * pattern without a slash is about the last name alone. Case counts, as it does for the phone.
 */
export function matchesPath(pattern: string, path: string): boolean {
  const names = path.split('/');
  return pattern.includes('/')
    ? matches(pattern.split('/'), names, { isWild: (part) => part === '**', isMatch: matchesName })
    : matchesName(pattern, names.at(-1) ?? '');
}

/** Whether a text is meant by a pattern in which `*` stands for any letters and `?` for one. */
export function matchesName(pattern: string, name: string): boolean {
  return matches([...pattern], [...name], {
    isWild: (letter) => letter === '*',
    isMatch: (wanted, letter) => wanted === '?' || wanted === letter,
  });
}

interface Meaning {
  /** Stands for any number of parts. */
  isWild(wanted: string): boolean;
  isMatch(wanted: string, part: string): boolean;
}

/** Goes back to the last wild part only, which is enough: at most pattern times path steps. */
function matches(wanted: readonly string[], parts: readonly string[], { isWild, isMatch }: Meaning): boolean {
  let at = 0;
  let wildAt = -1;
  let wildUntil = 0;
  for (let index = 0; index < parts.length; ) {
    const next = wanted[at];
    if (next !== undefined && isWild(next)) {
      wildAt = at++;
      wildUntil = index;
    } else if (next !== undefined && isMatch(next, parts[index] ?? '')) {
      at++;
      index++;
    } else if (wildAt >= 0) {
      at = wildAt + 1;
      index = ++wildUntil;
    } else {
      return false;
    }
  }
  return wanted.slice(at).every(isWild);
}
