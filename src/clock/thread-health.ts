import { monitorEventLoopDelay, PerformanceObserver, performance } from 'node:perf_hooks';

/** How a thread of ours fared on its machine. */
export interface ThreadHealth {
  /** How much later than asked the event loop came round, in ms. */
  readonly loopDelayMs: { readonly p50: number; readonly p99: number; readonly max: number };
  /** Share of the time in which the event loop was at work, in [0, 1]. */
  readonly busyShare: number;
  readonly collections: { readonly count: number; readonly totalMs: number; readonly maxMs: number };
}

/** How it fared for a while. */
export interface ThreadMoment {
  /** The latest that the event loop came round. */
  readonly loopDelayMs: number;
  readonly busyShare: number;
}

export interface HealthWatch {
  read(): ThreadHealth;
  /** Since it was asked last. */
  lately(): ThreadMoment;
  stop(): void;
}

/** The delay is sampled this often; what is shorter is the sampler's own. */
const SAMPLE_MS = 10;
const NS_A_MS = 1e6;

/** Watches the thread it is called in, until it is stopped. */
export function watchThread(): HealthWatch {
  const delays = monitorEventLoopDelay({ resolution: SAMPLE_MS });
  delays.enable();
  const lateDelays = monitorEventLoopDelay({ resolution: SAMPLE_MS });
  lateDelays.enable();
  const before = performance.eventLoopUtilization();
  let last = before;
  let count = 0;
  let totalMs = 0;
  let maxMs = 0;
  const collections = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) {
      count++;
      totalMs += duration;
      maxMs = Math.max(maxMs, duration);
    }
  });
  collections.observe({ entryTypes: ['gc'] });
  /** A sample counts the wait it asked for too. */
  const beyondSample = (ns: number) => Math.max(0, ns / NS_A_MS - SAMPLE_MS);
  return {
    read: () => ({
      loopDelayMs: {
        p50: beyondSample(delays.percentile(50)),
        p99: beyondSample(delays.percentile(99)),
        max: beyondSample(delays.max),
      },
      busyShare: performance.eventLoopUtilization(before).utilization,
      collections: { count, totalMs, maxMs },
    }),
    lately: () => {
      const now = performance.eventLoopUtilization();
      const { utilization: busyShare } = performance.eventLoopUtilization(now, last);
      const loopDelayMs = beyondSample(lateDelays.max);
      last = now;
      lateDelays.reset();
      return { loopDelayMs, busyShare };
    },
    stop: () => {
      delays.disable();
      lateDelays.disable();
      collections.disconnect();
    },
  };
}
