export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

const unitsMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: SECOND_MS,
  m: MINUTE_MS,
  h: HOUR_MS,
  d: DAY_MS,
};

/**
 * Milliseconds of a duration as people type it: `500ms`, `30s`, `2m`, `24h`, `7d`, `1.5h`. Undefined for
 * anything else: no unit, a sign, blanks, sums such as `1h30m`, and what is too long to count in whole
 * milliseconds.
 */
export function parseDuration(text: string): number | undefined {
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text) ?? [];
  const unitMs = unitsMs[unit];
  if (amount === undefined || unitMs === undefined) return undefined;
  const ms = Number(amount) * unitMs;
  return ms <= Number.MAX_SAFE_INTEGER ? ms : undefined;
}

/**
 * A duration for people, in two units at most: `2.1ms`, `340ms`, `4.2s`, `1m 20s`, `2h 5m`, `3d 4h`.
 * Rounded to what is printed; not meant to be read back.
 */
export function formatDuration(ms: number): string {
  const tenthsOfMs = Math.round(ms * 10);
  if (tenthsOfMs < 100) return `${tenthsOfMs / 10}ms`;
  const wholeMs = Math.round(ms);
  if (wholeMs < SECOND_MS) return `${wholeMs}ms`;
  const tenthsOfSeconds = Math.round(ms / 100);
  if (tenthsOfSeconds < 600) return `${tenthsOfSeconds / 10}s`;
  const seconds = Math.round(ms / SECOND_MS);
  if (seconds < 60 * 60) return inUnits(seconds, 60, 'm', 's');
  const minutes = Math.round(ms / MINUTE_MS);
  if (minutes < 24 * 60) return inUnits(minutes, 60, 'h', 'm');
  return inUnits(Math.round(ms / HOUR_MS), 24, 'd', 'h');
}

function inUnits(amount: number, perLarge: number, large: string, small: string): string {
  const rest = amount % perLarge;
  const whole = `${(amount - rest) / perLarge}${large}`;
  return rest === 0 ? whole : `${whole} ${rest}${small}`;
}
