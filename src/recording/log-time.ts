import { DAY_MS, MINUTE_MS } from '../clock/durations.ts';
import { isoInstant } from '../clock/instant.ts';
import { minutesOf } from '../scenario/zone.ts';
import type { LogTerms } from './log-format.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `23/Nov/2026:06:38:07 +0100` (Apache's %t, nginx's $time_local) as ms since 1970; undefined for others. */
export function accessTime(text: string): number | undefined {
  const [, day, month = '', year, time = '', hours, minutes] =
    /^(\d\d)\/(\w{3})\/(\d{4}):(\d\d:\d\d:\d\d) ([+-]\d\d)(\d\d)$/.exec(text) ?? [];
  if (hours === undefined || minutes === undefined) return undefined;
  const local = civilMs(Number(year), month, Number(day), time);
  return local === undefined ? undefined : local - minutesOf(`${hours}:${minutes}`) * MINUTE_MS;
}

/** `Mon Nov 23 06:38:07 2026`, ctime(3), in the zone of the terms. */
export function ctimeTime(text: string, { zoneMinutes = 0 }: LogTerms): number | undefined {
  const [, month = '', day, time = '', year] =
    /^\w{3} (\w{3}) +(\d{1,2}) (\d\d:\d\d:\d\d) (\d{4})$/.exec(text) ?? [];
  const local = civilMs(Number(year), month, Number(day), time);
  return local === undefined ? undefined : local - zoneMinutes * MINUTE_MS;
}

/** `2026-11-23T06:38:07.123456+01:00` (RFC 3339, as syslog writes it on request). */
export function isoTime(text: string): number | undefined {
  const form = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{1,9})?(Z|[+-]\d\d:?\d\d)$/.exec(text);
  if (form === null) return undefined;
  const [, time, fraction = '', zone = 'Z'] = form;
  const ms = Date.parse(`${time}${fraction.slice(0, 4)}${zone.replace(/(\d\d)(\d\d)$/, '$1:$2')}`);
  return Number.isNaN(ms) ? undefined : ms;
}

/** A leap day comes within so many years. */
const YEARS_BACK_MAX = 8;

/** `Nov 23 06:38:07` (RFC 3164, 4.1.2), in the year and zone of the terms. */
export function syslogTime(text: string, { year, zoneMinutes = 0, nowMs }: LogTerms): number | undefined {
  const [, month = '', day, time = ''] = /^(\w{3}) +(\d{1,2}) (\d\d:\d\d:\d\d)$/.exec(text) ?? [];
  const inYear = (number: number) => {
    const local = civilMs(number, month, Number(day), time);
    return local === undefined ? undefined : local - zoneMinutes * MINUTE_MS;
  };
  if (year !== 'latest') return inYear(year);
  const latest = Number(isoInstant(nowMs + DAY_MS).slice(0, 4));
  for (let back = 0; back <= YEARS_BACK_MAX; back += 1) {
    const ms = inYear(latest - back);
    // A day's grace, for zones and clocks that differ.
    if (ms !== undefined && ms <= nowMs + DAY_MS) return ms;
  }
  return undefined;
}

/** Of a calendar without zones; undefined for what is in no calendar. */
function civilMs(year: number, monthName: string, day: number, time: string): number | undefined {
  const month = months.indexOf(monthName);
  const [hour = 0, minute = 0, second = 0] = time.split(':').map(Number);
  if (month < 0 || !Number.isInteger(year) || hour > 23 || minute > 59 || second > 60) return undefined;
  const midnight = Date.UTC(year, month, day);
  if (Number.isNaN(midnight)) return undefined;
  const isSameDay = new Date(midnight).getUTCDate() === day && new Date(midnight).getUTCMonth() === month;
  return isSameDay ? midnight + ((hour * 60 + minute) * 60 + second) * 1_000 : undefined;
}
