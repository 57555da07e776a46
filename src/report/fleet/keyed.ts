/** What a map holds for the keys it has, in the order of `keys`: an object whose JSON is always the same. */
export function inOrderOf<K extends string, V, S>(
  keys: readonly K[],
  map: ReadonlyMap<K, V>,
  store: (value: V) => S,
): Partial<Record<K, S>> {
  const ordered: Partial<Record<K, S>> = {};
  for (const key of keys) {
    const value = map.get(key);
    if (value !== undefined) ordered[key] = store(value);
  }
  return ordered;
}

/** Counts by a word of a known list, in its order. */
export function countsOf<K extends string>(
  keys: readonly K[],
  map: ReadonlyMap<K, number>,
): Partial<Record<K, number>> {
  return inOrderOf(keys, map, (count) => count);
}

/** Counts by any word, in the order of the words. */
export function sortedCounts(map: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The value of a key, made when it is asked for the first time. */
export function gotten<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
