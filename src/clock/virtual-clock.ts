import { assertWait, type Clock, type Timer } from './clock.ts';
import { ScheduledTimer, TimerHeap } from './timer-heap.ts';

/** Why `runWhile` came back: the condition no longer holds, nothing is left to wait for, or time was up. */
export type RunEnd = 'condition' | 'idle' | 'limit';

/**
 * Time that jumps from timer to timer: a phone's week in milliseconds, the same every time.
 * Moves only inside `runUntil`, `runFor` and `runWhile`. While a timer runs, time stands at that timer's due
 * time; equal times run in the order they were set; before each timer all promises settle. What a timer
 * throws comes out of the run that reached it. Nothing may wait for the host meanwhile.
 */
export class VirtualClock implements Clock {
  readonly #timers = new TimerHeap();
  #nowMs: number;
  #sequence = 0;
  #holds = 0;
  #running: boolean = false;

  /** @param startMs milliseconds since 1970-01-01T00:00Z at which time stands until it is run. */
  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  now(): number {
    return this.#nowMs;
  }

  setTimeout(run: () => void, ms: number): Timer {
    assertWait(ms);
    const timer = new ScheduledTimer({
      run,
      dueMs: this.#nowMs + Math.max(0, ms),
      sequence: this.#sequence++,
    });
    this.#timers.add(timer);
    return timer;
  }

  clearTimeout(timer: Timer): void {
    if (timer instanceof ScheduledTimer) this.#timers.remove(timer);
  }

  /** Counted only: under virtual time nothing is outside, so nothing waits for a hold to end. */
  hold(): () => void {
    let held = true;
    this.#holds++;
    return () => {
      if (held) this.#holds--;
      held = false;
    };
  }

  /** Holds taken and not yet given back. Other than 0 with everything at rest: somebody forgot to. */
  get openHolds(): number {
    return this.#holds;
  }

  /** Timers set and neither run nor cleared. */
  get pendingTimers(): number {
    return this.#timers.size;
  }

  /** Runs every timer due up to and at `atMs`, those they set included, and leaves time standing there. */
  async runUntil(atMs: number): Promise<void> {
    await this.#run(() => true, atMs);
    this.#nowMs = Math.max(this.#nowMs, atMs);
  }

  runFor(ms: number): Promise<void> {
    return this.runUntil(this.#nowMs + ms);
  }

  /**
   * Runs timers as long as `condition` holds, `limitMs` of virtual time at most. The condition is asked
   * before the first timer and after each, with all promises settled. `limit` leaves time standing at the
   * limit, `idle` and `condition` where the last timer ran.
   */
  async runWhile(condition: () => boolean, limitMs: number): Promise<RunEnd> {
    const atMs = this.#nowMs + limitMs;
    const end = await this.#run(condition, atMs);
    if (end === 'limit') this.#nowMs = atMs;
    return end;
  }

  async #run(condition: () => boolean, untilMs: number): Promise<RunEnd> {
    if (this.#running)
      throw new Error('The virtual clock is running already; a timer must not run it again.');
    this.#running = true;
    try {
      return await stepByStep(() => this.#step(condition, untilMs));
    } finally {
      this.#running = false;
    }
  }

  /** Runs one timer; undefined when there may be another. */
  #step(condition: () => boolean, untilMs: number): RunEnd | undefined {
    if (!condition()) return 'condition';
    const timer = this.#timers.earliest();
    if (timer === undefined) return 'idle';
    if (timer.dueMs > untilMs) return 'limit';
    this.#timers.remove(timer);
    this.#nowMs = timer.dueMs;
    timer.run();
    return undefined;
  }
}

/**
 * Takes step after step until one says how it ended, each in a turn of the host's event loop: by then every
 * promise that waits for nothing outside has settled.
 */
function stepByStep<T>(step: () => T | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    const take = () => {
      try {
        const end = step();
        if (end === undefined) setImmediate(take);
        else resolve(end);
      } catch (error) {
        reject(error);
      }
    };
    setImmediate(take);
  });
}
