/** Documented: M44 p52, VERSION outside [FW] is a number of 6 to 10 digits. */
export const VERSION_DIGITS_MIN = 6;
export const VERSION_DIGITS_MAX = 10;

/** Whether a VERSION is nothing but digits, however many. */
export function isVersionNumber(version: string): boolean {
  return /^[0-9]+$/.test(version);
}

/**
 * Above 0 if `a` is the higher version, below 0 if `b` is, 0 if neither.
 * Assumed: digits compare as numbers whatever their count; what is missing, empty or no number is the lowest.
 */
export function compareVersions(a: string, b: string): number {
  const left = significantDigits(a);
  const right = significantDigits(b);
  // Of numbers without leading zeros the longer one is higher; of equal length they compare as text.
  if (left.length !== right.length) return left.length - right.length;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** No digit for what is no number, at least one for what is. */
function significantDigits(version: string): string {
  if (!isVersionNumber(version)) return '';
  return version.replace(/^0+(?=[0-9])/, '');
}
