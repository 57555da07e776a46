import { formatDuration } from '../../clock/durations.ts';
import { formatBytes } from '../sizes.ts';
import type { MetricUnit } from './metric.ts';

/** A figure for people: a duration is in microseconds, a share in [0, 1]. */
export function figureText(value: number, unit: MetricUnit): string {
  switch (unit) {
    case 'duration':
      return durationText(value);
    case 'share':
      return shareText(value);
    case 'factor':
      return `${roundTo(value, 3)}x`;
    case 'bytes':
      return formatBytes(value);
    case 'count':
      return countText(value);
  }
}

/** A duration in microseconds; below a millisecond as such. */
export function durationText(us: number): string {
  return us > 0 && us < 1_000 ? `${us}us` : formatDuration(us / 1_000);
}

/** `2.5%`; a share that is not nothing never reads as 0 %. */
export function shareText(share: number): string {
  const percent = share * 100;
  if (percent === 0 || percent >= 0.01) return `${roundTo(percent, 2)}%`;
  return '<0.01%';
}

/** `12,345`, whatever the locale. */
export function countText(count: number): string {
  return String(roundTo(count, 2)).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** `1 phone`, `12,345 phones`. */
export function countedText(count: number, noun: string): string {
  return `${countText(count)} ${noun}${count === 1 ? '' : 's'}`;
}

function roundTo(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}
