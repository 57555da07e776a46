/** One timer of a virtual clock: what runs, and when. */
export class ScheduledTimer {
  readonly run: () => void;
  readonly dueMs: number;
  /** Counts upwards in the order the timers were set; decides between equal times. */
  readonly sequence: number;
  /** Where it stands in its heap; -1 once it has left. */
  place = -1;

  constructor(timer: { run: () => void; dueMs: number; sequence: number }) {
    this.run = timer.run;
    this.dueMs = timer.dueMs;
    this.sequence = timer.sequence;
  }
}

/**
 * Timers by (due, sequence), earliest first. A binary heap in which every timer knows its place: a timer that
 * is cleared leaves at once. Phones clear most of their timers, so leaving the dead ones in would let them
 * pile up for days.
 */
export class TimerHeap {
  readonly #timers: ScheduledTimer[] = [];

  get size(): number {
    return this.#timers.length;
  }

  earliest(): ScheduledTimer | undefined {
    return this.#timers[0];
  }

  add(timer: ScheduledTimer): void {
    this.#rise(timer, this.#timers.length);
  }

  /** Takes the timer out; one that is not in this heap (it ran, was removed, is another's) is left alone. */
  remove(timer: ScheduledTimer): void {
    const { place } = timer;
    if (this.#timers[place] !== timer) return;
    timer.place = -1;
    const last = this.#timers.pop();
    if (last === undefined || last === timer) return;
    const above = this.#timers[parentOf(place)];
    if (place > 0 && above !== undefined && isBefore(last, above)) this.#rise(last, place);
    else this.#sink(last, place);
  }

  /** Puts `timer` at `place` or as far above as it belongs. */
  #rise(timer: ScheduledTimer, place: number): void {
    let free = place;
    while (free > 0) {
      const parent = parentOf(free);
      const above = this.#timers[parent];
      if (above === undefined || !isBefore(timer, above)) break;
      this.#put(above, free);
      free = parent;
    }
    this.#put(timer, free);
  }

  /** Puts `timer` at `place` or as far below as it belongs. */
  #sink(timer: ScheduledTimer, place: number): void {
    let free = place;
    for (;;) {
      const left = this.#timers[2 * free + 1];
      const right = this.#timers[2 * free + 2];
      const below = left !== undefined && right !== undefined && isBefore(right, left) ? right : left;
      if (below === undefined || !isBefore(below, timer)) break;
      const freed = below.place;
      this.#put(below, free);
      free = freed;
    }
    this.#put(timer, free);
  }

  #put(timer: ScheduledTimer, place: number): void {
    this.#timers[place] = timer;
    timer.place = place;
  }
}

function parentOf(place: number): number {
  return (place - 1) >> 1;
}

function isBefore(one: ScheduledTimer, other: ScheduledTimer): boolean {
  return one.dueMs === other.dueMs ? one.sequence < other.sequence : one.dueMs < other.dueMs;
}
