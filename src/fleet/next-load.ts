/** Where a largest load is looked for. */
export interface LoadRange {
  /** The first probe. */
  readonly from: number;
  /** There is no more than this. */
  readonly most: number;
  /** Share of a load that holds within which the next one that does not is near enough. At least 1 %. */
  readonly precision: number;
  /** Of phones: there is no half of one. */
  readonly isWhole: boolean;
}

/** A load that was tried. */
export interface TriedLoad {
  readonly load: number;
  readonly holds: boolean;
}

/** Of a load that is not whole: finer than any precision. */
const DIGITS = 4;

/**
 * The load to try next: twice the last as long as it holds, then the middle between the largest that held
 * and the smallest that did not. undefined: nothing is left to be tried.
 */
export function nextLoad(range: LoadRange, tried: readonly TriedLoad[]): number | undefined {
  const { from, most, precision, isWhole } = range;
  if (tried.length === 0) return from;
  const { held, missed } = boundaryIn(tried);
  if (held === undefined) return undefined;
  if (missed === undefined) return held < most ? Math.min(2 * held, most) : undefined;
  if (missed - held <= Math.max(isWhole ? 1 : 0, precision * held)) return undefined;
  const middle = (held + missed) / 2;
  return isWhole ? Math.floor(middle) : Number(middle.toPrecision(DIGITS));
}

/** The largest load that held, and the smallest that did not. */
export function boundaryIn(tried: readonly TriedLoad[]): {
  readonly held?: number;
  readonly missed?: number;
} {
  const loads = (wanted: boolean) => tried.filter(({ holds }) => holds === wanted).map(({ load }) => load);
  const [held, missed] = [loads(true), loads(false)];
  return {
    ...(held.length > 0 && { held: Math.max(...held) }),
    ...(missed.length > 0 && { missed: Math.min(...missed) }),
  };
}
