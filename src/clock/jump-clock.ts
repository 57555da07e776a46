import { assertWait, type Clock, type Timer } from './clock.ts';
import { SystemClock } from './system-clock.ts';
import { ScheduledTimer, TimerHeap } from './timer-heap.ts';

/**
 * The host's time, which leaps over every wait with nothing under way outside: a day of polls against a real
 * server in seconds.
 *
 *   a hold is open     time runs with the host
 *   no hold is open    time runs with the host until the event loop has gone round once without anybody
 *                      touching the clock, then leaps to the next timer
 *
 * Timers run by due time, equal ones in the order they were set, one in a turn of the event loop: between two
 * of them promises settle and sockets are heard. As with Node's own, a timer that is set keeps the process
 * alive, and a hold does not. Whatever of the host takes no hold is leapt over, so a server in this process
 * needs a clock of its own.
 */
export class JumpClock implements Clock {
  readonly #host: Clock;
  readonly #timers = new TimerHeap();
  #sequence = 0;
  #leaptMs = 0;
  /** No timer ever sees a time before its own, whatever the rounding of `#leaptMs`. */
  #earliestNowMs = Number.NEGATIVE_INFINITY;
  #holds = 0;
  /** Since the last turn of the event loop: whoever did it may not be done. */
  #touched: boolean = false;
  #turn: NodeJS.Immediate | undefined;
  #alarm: Timer;
  #alarmDueMs = Number.POSITIVE_INFINITY;

  constructor(host: Clock = new SystemClock()) {
    this.#host = host;
  }

  now(): number {
    return Math.max(this.#host.now() + this.#leaptMs, this.#earliestNowMs);
  }

  /** How far it has leapt ahead of the host. */
  get leaptMs(): number {
    return this.#leaptMs;
  }

  setTimeout(run: () => void, ms: number): Timer {
    assertWait(ms);
    const timer = new ScheduledTimer({
      run,
      dueMs: this.now() + Math.max(0, ms),
      sequence: this.#sequence++,
    });
    this.#timers.add(timer);
    this.#touch();
    return timer;
  }

  clearTimeout(timer: Timer): void {
    if (!(timer instanceof ScheduledTimer)) return;
    this.#timers.remove(timer);
    this.#touch();
  }

  hold(): () => void {
    let held = true;
    this.#holds++;
    this.#touch();
    return () => {
      if (!held) return;
      held = false;
      this.#holds--;
      this.#touch();
    };
  }

  #touch(): void {
    this.#touched = true;
    this.#lookNextTurn();
  }

  #lookNextTurn(): void {
    this.#turn ??= setImmediate(this.#look);
  }

  readonly #look = (): void => {
    this.#turn = undefined;
    const untouched = !this.#touched;
    this.#touched = false;
    const timer = this.#timers.earliest();
    if (timer === undefined) this.#disarm();
    else if (timer.dueMs <= this.now()) this.#run(timer);
    else if (this.#holds > 0) this.#arm(timer.dueMs);
    else if (untouched) this.#leapTo(timer);
    // The next look comes after sockets had their turn: what ended a hold may begin another.
    else this.#lookNextTurn();
  };

  #leapTo(timer: ScheduledTimer): void {
    this.#disarm();
    this.#leaptMs += timer.dueMs - this.now();
    this.#run(timer);
  }

  #run(timer: ScheduledTimer): void {
    this.#timers.remove(timer);
    this.#earliestNowMs = timer.dueMs;
    // Before it runs: what it throws ends neither this clock nor the timers after it.
    this.#touch();
    timer.run();
  }

  /** The host wakes us no later than `dueMs`; too early is no harm. */
  #arm(dueMs: number): void {
    if (this.#alarmDueMs <= dueMs) return;
    this.#disarm();
    this.#alarmDueMs = dueMs;
    this.#alarm = this.#host.setTimeout(() => {
      this.#alarmDueMs = Number.POSITIVE_INFINITY;
      this.#lookNextTurn();
    }, dueMs - this.now());
  }

  #disarm(): void {
    if (this.#alarmDueMs === Number.POSITIVE_INFINITY) return;
    this.#host.clearTimeout(this.#alarm);
    this.#alarmDueMs = Number.POSITIVE_INFINITY;
  }
}
