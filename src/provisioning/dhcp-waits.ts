/** Documented: M44 p64, no wait is longer. */
const WAIT_MAX_MS = 64_000;
const SPREAD_MS = 1_000;

/** The two settings that shape a series of DHCP tries. */
export interface DhcpPatience {
  /** DHCP_NUMBER_OF_RETRIES; despite its name the number of tries. */
  readonly tries: number;
  /** DHCP_INITIAL_TIMEOUT, in seconds. */
  readonly initialTimeoutS: number;
}

/**
 * How long the phone waits for an answer to each of its tries, in ms: 4, 8, 16 and 32 s by default, each up
 * to 1 s more or less. `draw` gives a number in [0, 1).
 * Documented: M44 p64, S43 p55. Assumed: the second more or less is not carried into the next wait.
 */
export function dhcpWaitsMs({ tries, initialTimeoutS }: DhcpPatience, draw: () => number): readonly number[] {
  return Array.from({ length: tries }, (_, index) => {
    const spreadMs = (2 * draw() - 1) * SPREAD_MS;
    return Math.min(initialTimeoutS * 1_000 * 2 ** index + spreadMs, WAIT_MAX_MS);
  });
}
