/** What `setTimeout` of a clock returns; only `clearTimeout` of the same clock understands it. */
export type Timer = unknown;

/** The only source of time in the house. Real, virtual and jumping time all look like this. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00Z, with fractions. Never goes back. */
  now(): number;
  /** Runs once, `ms` from now; any finite length (Node itself turns waits above 2^31-1 ms into 1 ms). */
  setTimeout(run: () => void, ms: number): Timer;
  clearTimeout(timer: Timer): void;
  /** Says that something outside is under way, so that time may not leap; call the result to end it. */
  hold(): () => void;
}

/** Resolves after `ms`, or rejects with the signal's reason as soon as it is aborted. */
export function sleep(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const onAbort = () => {
      clock.clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = clock.setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

/** A wait is a finite number. Node takes anything else for 1 ms and hides a misspelt delay; ours crashes. */
export function assertWait(ms: number): void {
  if (!Number.isFinite(ms)) throw new RangeError(`A timer was set for ${ms} ms; expected a finite number.`);
}
