import { HOUR_MS, SECOND_MS } from '../clock/durations.ts';
import type { Random } from '../clock/random.ts';
import type { Quirks } from '../provisioning/quirks.ts';
import { staggerMs } from '../provisioning/stagger.ts';

/** When the phones of a fleet get power. */
export type Arrivals =
  | { readonly kind: 'at-once' }
  | { readonly kind: 'ramp'; readonly ms: number }
  | { readonly kind: 'rate'; readonly perSecond: number }
  | { readonly kind: 'poisson'; readonly perSecond: number }
  | { readonly kind: 'poll-window'; readonly hours: number; readonly stagger: Quirks['stagger'] }
  /** As the list of phones has it. */
  | { readonly kind: 'listed' }
  /** The next of a chain begins when the one before it is done. */
  | { readonly kind: 'closed'; readonly atOnce: number };

export interface Arriving {
  /** Its place among those of the fleet, from 0. */
  readonly number: number;
  readonly mac: string;
  /** Its first moment in the list of phones. */
  readonly listedMs?: number | undefined;
  /** The phone's own stream. */
  readonly random: () => Random;
}

/**
 * When a phone gets power, in whole ms from the start of the run, whoever else there is. Of a closed fleet:
 * when its chain begins.
 */
export function arrivalMs(
  arrivals: Arrivals,
  count: number,
  { number, mac, listedMs = 0, random }: Arriving,
): number {
  switch (arrivals.kind) {
    case 'at-once':
    case 'closed':
      return 0;
    case 'ramp':
      return Math.round((number * arrivals.ms) / count);
    case 'rate':
      return Math.round((number * SECOND_MS) / arrivals.perSecond);
    case 'poisson': {
      // Arrivals of a Poisson process, given how many there are, are so many uniform draws: each phone draws
      // its own, and shards need not know each other's.
      const spanMs = (count * SECOND_MS) / arrivals.perSecond;
      return Math.floor(random().fork('arrival').next() * spanMs);
    }
    case 'listed':
      return listedMs;
    case 'poll-window':
      return staggerMs(mac, arrivals.hours, arrivals.stagger);
  }
}

/** A poll window is AUTO_UPDATE_TIME_RANGE: whole hours. */
export function windowHours(ms: number): number | undefined {
  const hours = ms / HOUR_MS;
  return Number.isInteger(hours) && hours >= 1 ? hours : undefined;
}
