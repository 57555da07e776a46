/** What a capture can show of a phone's conduct, one after the other. */
export const aspects = {
  requests: 'which files are asked for, in which order',
  attempts: 'which of them more than once',
  polls: 'when polls begin',
  'http-connections': 'files on each HTTP connection',
  'http-connection-header': 'what HTTP requests say of their connection',
  'http-headers': 'headers of an HTTP request, in order',
  'http-pauses': 'seconds between an answer 503 and the next attempt',
  'ftp-data': 'how FTP data connections are opened',
  'ftp-sessions': 'files in each FTP session',
  'ftp-commands': 'commands of each FTP session but those of data',
} as const;

export type Aspect = keyof typeof aspects;

/** By aspect, what was done, in words. Absent: it cannot be seen there. */
export type Conduct = { readonly [A in Aspect]?: readonly string[] };

/** Where two differ, of the aspects that both show. */
export function differences(one: Conduct, other: Conduct): readonly Aspect[] {
  return (Object.keys(aspects) as Aspect[]).filter((aspect) => {
    const [a, b] = [one[aspect], other[aspect]];
    return a !== undefined && b !== undefined && distance(a, b) > 0;
  });
}

/** How far two are apart: steps that one has and the other has not, over all aspects. */
export function distanceBetween(one: Conduct, other: Conduct): number {
  return differences(one, other).reduce(
    (sum, aspect) => sum + distance(one[aspect] ?? [], other[aspect] ?? []),
    0,
  );
}

/** Longest lists that are aligned; of longer ones only the place where they part counts. */
const ALIGNED_MAX = 2_000;

/** How many entries would have to be taken out or put in. */
function distance(a: readonly string[], b: readonly string[]): number {
  const parted = a.findIndex((entry, index) => entry !== b[index]);
  if (parted === -1) return b.length - a.length;
  if (Math.max(a.length, b.length) > ALIGNED_MAX) return a.length + b.length - 2 * parted;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const entry of a) {
    let diagonal = row[0] ?? 0;
    const next = [diagonal + 1];
    for (const [index, other] of b.entries()) {
      const above = row[index + 1] ?? 0;
      next.push(entry === other ? diagonal : 1 + Math.min(above, next[index] ?? 0));
      diagonal = above;
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
