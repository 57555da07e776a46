import { settingOf } from './parameters.ts';

/** Where a phone is in time: its offset from UTC without daylight saving, and whether it observes that. */
export interface LocalZone {
  readonly offsetMs: number;
  readonly daylightSaving: 'north-american-2007' | 'none';
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** A day as the number of days since 1970-01-01: dates can then be compared and counted on. */
export type DayNumber = number;

/**
 * The zone a phone's settings put it in. Documented (vendor model): server time is GMT, TIMEZONE_OFFSET is in
 * seconds, and with DST_ENABLED the phone works out daylight saving itself by the North American rules of
 * 2007. With FORCE_TIME_ZONE NO the offset of the logged-in user's profile counts.
 */
export function zoneOf(
  settings: Readonly<Record<string, { readonly value: string }>>,
  profile: { readonly timezoneOffset: string } | undefined,
): LocalZone {
  const own = settingOf(settings, 'FORCE_TIME_ZONE') === 'YES' ? undefined : profile?.timezoneOffset;
  return {
    offsetMs: Number(own ?? settingOf(settings, 'TIMEZONE_OFFSET')) * 1000,
    daylightSaving: settingOf(settings, 'DST_ENABLED') === 'YES' ? 'north-american-2007' : 'none',
  };
}

/** The local day at an instant (ms since 1970). */
export function dayAt(zone: LocalZone, instantMs: number): DayNumber {
  return Math.floor((instantMs + offsetAt(zone, instantMs)) / DAY_MS);
}

/** The instant of a day's local midnight. Clocks change at 2 o'clock, so each day has exactly one. */
export function midnightOf(zone: LocalZone, day: DayNumber): number {
  const standard = day * DAY_MS - zone.offsetMs;
  return standard - (inDaylightSaving(zone, standard - 1) ? HOUR_MS : 0);
}

/** Ms to add to UTC for local time at an instant. */
export function offsetAt(zone: LocalZone, instantMs: number): number {
  return zone.offsetMs + (inDaylightSaving(zone, instantMs) ? HOUR_MS : 0);
}

/** `2026-03-08` (Howard Hinnant's civil-from-days arithmetic, valid for all years from 0 to 9999). */
export function dateText(day: DayNumber): string {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const dayOfMonth = dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1;
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(dayOfMonth, 2)}`;
}

/** Day number of `2026-03-08`; undefined for anything else. */
export function dayOfDate(text: string): DayNumber | undefined {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  if (year === undefined) return undefined;
  const number = Date.UTC(Number(year), Number(month) - 1, Number(day)) / DAY_MS;
  return dateText(number) === text ? number : undefined;
}

/**
 * From the second Sunday of March, 2 o'clock standard time, to the first Sunday of November, 2 o'clock
 * daylight time.
 */
function inDaylightSaving({ offsetMs, daylightSaving }: LocalZone, instantMs: number): boolean {
  if (daylightSaving === 'none') return false;
  const standardMs = instantMs + offsetMs;
  const year = yearOf(standardMs);
  const starts = sundayOf(year, 2, 2) + 2 * HOUR_MS;
  const ends = sundayOf(year, 10, 1) + HOUR_MS;
  return standardMs >= starts && standardMs < ends;
}

/** The start of the n-th Sunday of a month (0-based), as ms of a calendar without zones. */
function sundayOf(year: number, month: number, n: number): number {
  const first = Date.UTC(year, month, 1) / DAY_MS;
  // 1970-01-01 was a Thursday.
  const weekday = (((first + 4) % 7) + 7) % 7;
  return (first + ((7 - weekday) % 7) + 7 * (n - 1)) * DAY_MS;
}

const AVERAGE_YEAR_MS = 365.2425 * DAY_MS;

function yearOf(ms: number): number {
  let year = 1970 + Math.floor(ms / AVERAGE_YEAR_MS);
  while (Date.UTC(year + 1, 0, 1) <= ms) year += 1;
  while (Date.UTC(year, 0, 1) > ms) year -= 1;
  return year;
}

function pad(number: number, digits: number): string {
  return String(number).padStart(digits, '0');
}
