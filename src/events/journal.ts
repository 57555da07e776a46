import type { PhoneEvent } from './phone-event.ts';

/**
 * A fact in its place: `at` in ms since the run's start, the phone's MAC, and a number that counts per phone
 * from 1.
 */
export interface JournalEntry {
  readonly at: number;
  readonly phone: string;
  readonly n: number;
  readonly event: PhoneEvent;
}

export type JournalListener = (entry: JournalEntry) => void;

/** Facts of one run, in order. Keeps nothing by itself: whoever wants them listens. */
export class Journal {
  readonly #now: () => number;
  readonly #startedAt: number;
  readonly #listeners = new Set<JournalListener>();
  readonly #counts = new Map<string, number>();

  constructor(now: () => number) {
    this.#now = now;
    this.#startedAt = now();
  }

  record(phone: string, event: PhoneEvent): void {
    const n = (this.#counts.get(phone) ?? 0) + 1;
    this.#counts.set(phone, n);
    const entry: JournalEntry = { at: this.#now() - this.#startedAt, phone, n, event };
    for (const listener of this.#listeners) listener(entry);
  }

  /** Calls `listener` with every fact from now on; call the result to stop. */
  listen(listener: JournalListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
