/** Where moments stand in a picture, and which of them are written beside its axis. */
export interface TimeScale {
  readonly placeOf: (at: number) => number;
  readonly ticks: readonly number[];
}

interface Room {
  readonly left: number;
  readonly right: number;
  /** Between the texts of two moments. */
  readonly tickGap: number;
}

/**
 * Lays moments out so that milliseconds and days are both seen in one picture: a gap between two of them is
 * as wide as the logarithm of its length. Moments between those that are given stand in proportion within
 * their gap.
 */
export function timeScale(moments: readonly number[], room: Room): TimeScale {
  const sorted = [...new Set(moments)].sort((a, b) => a - b);
  const places = placesOf(sorted, room);
  const placeOf = (at: number) => {
    const next = firstAfter(sorted, at);
    const [from, to] = [sorted[next - 1], sorted[next]];
    const [left, right] = [places[next - 1], places[next]];
    if (from === undefined || left === undefined) return room.left;
    if (to === undefined || right === undefined) return room.right;
    return left + ((at - from) / (to - from)) * (right - left);
  };
  return { placeOf, ticks: ticksOf(sorted, placeOf, room.tickGap) };
}

function placesOf(sorted: readonly number[], { left, right }: Room): readonly number[] {
  const widths = sorted.map((at, index) => Math.log1p(at - (sorted[index - 1] ?? at)));
  const whole = widths.reduce((sum, width) => sum + width, 0);
  let before = 0;
  return widths.map((width) => {
    before += width;
    return left + (whole === 0 ? 0 : before / whole) * (right - left);
  });
}

/** The index of the first moment later than this one. */
function firstAfter(sorted: readonly number[], at: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? at) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The last moment, and from the left as many as leave room for each other. */
function ticksOf(sorted: readonly number[], placeOf: (at: number) => number, gap: number): readonly number[] {
  const last = sorted.at(-1);
  if (last === undefined) return [];
  const ticks: number[] = [];
  for (const at of sorted) {
    const before = ticks.at(-1);
    const place = placeOf(at);
    const free = before === undefined || place - placeOf(before) >= gap;
    if (free && placeOf(last) - place >= gap) ticks.push(at);
  }
  return [...ticks, last];
}
