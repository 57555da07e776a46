/** A share such as `5%` or `2.5%`, as 0.05; undefined for anything else, and beyond 100%. */
export function parseShare(text: string): number | undefined {
  const [, amount] = /^(\d{1,3}(?:\.\d{1,6})?)%$/.exec(text) ?? [];
  const share = Number(amount) / 100;
  return amount !== undefined && share <= 1 ? share : undefined;
}

/**
 * Where a phone stands in [0, 1) among `count` of them in an order that looks like chance: each place is
 * taken once, so that shares come out to the phone, and neighbours lie far apart. `turn` in [0, 1) begins it
 * elsewhere.
 */
export function placeOf(number: number, count: number, turn: number): number {
  const stride = strideOf(count);
  return ((number * stride + Math.floor(turn * count)) % count) / count;
}

const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** Nearest to the golden ratio of `count` without a common divisor. */
function strideOf(count: number): number {
  let stride = Math.max(1, Math.round(count * GOLDEN));
  while (divisor(stride, count) !== 1) stride++;
  return stride;
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}
