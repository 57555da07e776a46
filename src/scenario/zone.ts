import { MINUTE_MS } from '../clock/durations.ts';

/** Minutes east of UTC of an offset such as `+01:00`, or `Z`. */
export function minutesOf(zone: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(zone) ?? [];
  const size = Number(hours ?? 0) * 60 + Number(minutes ?? 0);
  return sign === '-' ? -size : size;
}

/** Milliseconds since 1970 of an instant; one without an offset is meant in the given zone. */
export function instantIn(text: string, zoneMinutes: number): number {
  const hasOffset = /(?:Z|[+-]\d\d:\d\d)$/.test(text);
  return hasOffset ? Date.parse(text) : Date.parse(`${text}Z`) - zoneMinutes * MINUTE_MS;
}
