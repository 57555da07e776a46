import { assertWait, type Clock, type Timer } from './clock.ts';

/** Node's own limit: a longer wait fires after 1 ms. */
const WAIT_MAX_MS = 2 ** 31 - 1;

/** Read once: the getter costs more than the clock. */
const ORIGIN_MS = performance.timeOrigin;

/** The host's time. Monotonic within a process: a host clock that is set meanwhile does not move it. */
export class SystemClock implements Clock {
  now(): number {
    return ORIGIN_MS + performance.now();
  }

  setTimeout(run: () => void, ms: number): Timer {
    assertWait(ms);
    const timer = new SystemTimer();
    arm(timer, run, ms);
    return timer;
  }

  clearTimeout(timer: Timer): void {
    if (timer instanceof SystemTimer) clearTimeout(timer.handle);
  }

  hold(): () => void {
    return releaseNothing;
  }
}

class SystemTimer {
  /** Of the step under way: a long wait is made of several. */
  handle: NodeJS.Timeout | undefined;
}

/** What is due already fires at once; from Node 24 on a negative wait is warned of on stderr. */
function arm(timer: SystemTimer, run: () => void, ms: number): void {
  timer.handle =
    ms <= WAIT_MAX_MS
      ? setTimeout(run, Math.max(0, ms))
      : setTimeout(() => arm(timer, run, ms - WAIT_MAX_MS), WAIT_MAX_MS);
}

function releaseNothing(): void {}
