/** A share as rules write it: `5%`, `0.5%`, `100%`. */
export const sharePattern = /^(100|\d{1,2}(\.\d{1,3})?)%$/;

/** From 0 to 1. */
export function chanceOf(share: string): number {
  return Number.parseFloat(share) / 100;
}
