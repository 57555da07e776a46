/** Shortest and longest duration in milliseconds; drawn per phone. */
export type Span = readonly [number, number];

/** How long a phone takes for what is no transfer. */
export interface Timings {
  /** From power to the start of the software. */
  readonly bootLoaderMs: Span;
  /** From there to the first request. */
  readonly softwareStartMs: Span;
  readonly imageWriteMs: Span;
  /** From the end of a check with new settings to the restart they need. */
  readonly configRestartMs: Span;
  readonly loginMs: Span;
  /** From one failed try of the boot loader to get an image to the next. */
  readonly recoveryRetryMs: Span;
}

/** `field`: as phones were seen or are believed to take; `none`: nothing is waited for. */
export const timings: Readonly<Record<'field' | 'none', Timings>> = {
  field: {
    // Assumed.
    bootLoaderMs: [8_000, 12_000],
    // Observed: the log of a phone on 4.4.33, application start to first configuration message, over seven
    // boots.
    softwareStartMs: [3_000, 4_100],
    // Assumed.
    imageWriteMs: [60_000, 90_000],
    // Observed: the same log, new configuration to restart; the phone's clock is set in between, so roughly.
    configRestartMs: [24_000, 24_000],
    // Assumed.
    loginMs: [1_000, 3_000],
    // Assumed.
    recoveryRetryMs: [60_000, 60_000],
  },
  none: {
    bootLoaderMs: [0, 0],
    softwareStartMs: [0, 0],
    imageWriteMs: [0, 0],
    configRestartMs: [0, 0],
    loginMs: [0, 0],
    recoveryRetryMs: [0, 0],
  },
};

/** Tries of the boot loader to get an image before it gives up in one boot. Assumed. */
export const RECOVERY_TRIES_MAX = 10;
