/** Names shorter than this are too short to be a slip of the pen of anything. */
const LENGTH_MIN = 4;
/** From this length on two slips are allowed, below it one. */
const LONG_LENGTH_MIN = 8;

/**
 * The name that was probably meant, for "did you mean": at most two letters (one in a short name) added,
 * lost, changed or swapped with their neighbour, whatever the case; undefined if there is none. The first of
 * the nearest wins.
 */
export function nearestName(name: string, among: readonly string[]): string | undefined {
  if (name.length < LENGTH_MIN) return undefined;
  const found = name.toUpperCase();
  const slipsMax = name.length < LONG_LENGTH_MIN ? 1 : 2;
  const near = among.filter((candidate) => Math.abs(candidate.length - found.length) <= slipsMax);
  for (let slips = 0; slips <= slipsMax; slips++) {
    const nearest = near.find((candidate) => isWithin(slips, found, candidate.toUpperCase()));
    if (nearest !== undefined) return nearest;
  }
  return undefined;
}

/**
 * Whether so many slips lead from one word to the other. Linear in the length; each slip makes it up to four
 * times as much.
 */
function isWithin(slips: number, from: string, to: string): boolean {
  let same = 0;
  while (same < from.length && from[same] === to[same]) same++;
  if (same === from.length && same === to.length) return true;
  if (slips === 0) return false;
  const [a, b] = [from.slice(same), to.slice(same)];
  return (
    isWithin(slips - 1, a.slice(1), b.slice(1)) ||
    isWithin(slips - 1, a.slice(1), b) ||
    isWithin(slips - 1, a, b.slice(1)) ||
    (a[0] === b[1] && a[1] === b[0] && isWithin(slips - 1, a.slice(2), b.slice(2)))
  );
}
