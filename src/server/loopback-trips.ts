import { seededRandom } from '../clock/random.ts';

/** Ms until so many round trips, one after the other, are over. */
export type RoundTrips = (count: number) => number;

export function evenTrips(rttMs: number): RoundTrips {
  return (count) => count * rttMs;
}

/**
 * Each takes up to `jitterMs` longer, drawn by `seed`. A file of many blocks has thousands: none is kept, and
 * whoever asks for an earlier one has them drawn again.
 */
export function jitteredTrips(rttMs: number, jitterMs: number, seed: number): RoundTrips {
  let random = seededRandom(seed);
  let passed = 0;
  let passedMs = 0;
  return (count) => {
    if (count < passed) {
      random = seededRandom(seed);
      passed = 0;
      passedMs = 0;
    }
    for (; passed < count; passed++) passedMs += rttMs + random.between(0, jitterMs);
    return passedMs;
  };
}
