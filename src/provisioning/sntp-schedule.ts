const DAY_MS = 86_400_000;
const QUARTER_MS = 900_000;
const HOUR_MS = 3_600_000;

/** How long the phone waits for an answer. Assumed: no manual says. */
export const SNTP_ANSWER_MAX_MS = 5_000;

/** Repeats a quarter of an hour apart before the phone goes over to one an hour. */
const QUARTERLY_MAX = 6;

/**
 * How long after asking for the time the phone asks again, in ms. `silences`: questions without an answer
 * since the last answer, the one just asked included; 0 after an answer.
 * Documented: vendor model of SNTP_ENABLE, the clock is set once every 24 h; a server that does not answer is
 * asked every 15 minutes up to six times, then hourly.
 */
export function sntpPauseMs(silences: number): number {
  if (silences === 0) return DAY_MS;
  return silences <= QUARTERLY_MAX ? QUARTER_MS : HOUR_MS;
}
