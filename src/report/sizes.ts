const units = ['B', 'kB', 'MB', 'GB'] as const;

/** A size for people, in units of 1000: `412 B`, `1.2 kB`, `41 kB`, `4.1 MB`. */
export function formatBytes(bytes: number): string {
  const { amount, unit } = inUnit(bytes);
  return `${amount} ${unit}`;
}

/** How much of a whole, in the unit of the whole: `2.4 of 4.1 MB`. */
export function formatShare(bytes: number, wholeBytes: number): string {
  const whole = inUnit(wholeBytes);
  return `${rounded(bytes / whole.divisor, whole.unit)} of ${whole.amount} ${whole.unit}`;
}

function inUnit(bytes: number): { amount: string; unit: string; divisor: number } {
  let divisor = 1;
  for (const unit of units) {
    const last = unit === 'GB';
    // 999.96 kB is 1.0 MB, not 1000 kB.
    if (last || Number(rounded(bytes / divisor, unit)) < 1000)
      return { amount: rounded(bytes / divisor, unit), unit, divisor };
    divisor *= 1000;
  }
  throw new Error('The last unit takes every size');
}

function rounded(amount: number, unit: string): string {
  if (unit === 'B') return String(Math.round(amount));
  return amount < 9.95 ? amount.toFixed(1) : String(Math.round(amount));
}
