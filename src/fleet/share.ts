/** A share such as `5%` or `2.5%`, as 0.05; undefined for anything else, and beyond 100%. */
export function parseShare(text: string): number | undefined {
  const [, amount] = /^(\d{1,3}(?:\.\d{1,6})?)%$/.exec(text) ?? [];
  const share = exactly(Number(amount) / 100);
  return amount !== undefined && share <= 1 ? share : undefined;
}

/** The sum of two shares. */
export function sharesTogether(one: number, other: number): number {
  return exactly(one + other);
}

/**
 * As near to the decimal as a number comes: 1.1 / 100 and 0.1 + 0.2 are a little more, and draw one phone of
 * a thousand, or of ten, too many.
 */
function exactly(share: number): number {
  return Number(share.toFixed(8));
}
