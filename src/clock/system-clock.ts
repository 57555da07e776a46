import type { Clock, Timer } from './clock.ts';

/** Node's own limit: a longer wait fires after 1 ms. */
const WAIT_MAX_MS = 2 ** 31 - 1;

interface SystemTimer {
  handle: NodeJS.Timeout;
}

/** The host's time. Monotonic within a process: a host clock that is set meanwhile does not move it. */
export class SystemClock implements Clock {
  now(): number {
    return performance.timeOrigin + performance.now();
  }

  setTimeout(run: () => void, ms: number): Timer {
    if (ms <= WAIT_MAX_MS) return { handle: setTimeout(run, ms) } satisfies SystemTimer;
    const timer: SystemTimer = {
      handle: setTimeout(() => {
        timer.handle = (this.setTimeout(run, ms - WAIT_MAX_MS) as SystemTimer).handle;
      }, WAIT_MAX_MS),
    };
    return timer;
  }

  clearTimeout(timer: Timer): void {
    if (timer !== undefined) clearTimeout((timer as SystemTimer).handle);
  }

  hold(): () => void {
    return releaseNothing;
  }
}

function releaseNothing(): void {}
