import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../clock/durations.ts';

/**
 * A moment of a run, seven characters wide: `  0.012` in seconds, from 1000 s on `0:16:40` in hours, minutes
 * and seconds.
 */
export function clockTime(ms: number): string {
  if (ms < 999_999.5) return (ms / SECOND_MS).toFixed(3).padStart(7);
  const hours = Math.floor(ms / HOUR_MS);
  const minutes = Math.floor((ms % HOUR_MS) / MINUTE_MS);
  const seconds = Math.floor((ms % MINUTE_MS) / SECOND_MS);
  return `${hours}:${twoDigits(minutes)}:${twoDigits(seconds)}`;
}

function twoDigits(count: number): string {
  return String(count).padStart(2, '0');
}
