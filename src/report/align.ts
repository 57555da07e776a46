/** Places in two lists that belong together; undefined: on one side only. */
export type Aligned = readonly [a: number | undefined, b: number | undefined];

/**
 * Two lists laid side by side by their longest common subsequence: what is moved counts as gone and come.
 * Takes time by the product of their lengths.
 */
export function align(a: readonly string[], b: readonly string[]): Aligned[] {
  // common.get(i, j): length of the longest common subsequence of a from i and b from j.
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  const common = (i: number, j: number) => lengths[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const longest = a[i] === b[j] ? common(i + 1, j + 1) + 1 : Math.max(common(i + 1, j), common(i, j + 1));
      lengths[i * width + j] = longest;
    }
  }
  const aligned: Aligned[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) aligned.push([i++, j++]);
    else if (j === b.length || (i < a.length && common(i + 1, j) >= common(i, j + 1)))
      aligned.push([i++, undefined]);
    else aligned.push([undefined, j++]);
  }
  return aligned;
}
