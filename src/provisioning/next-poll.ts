import { DAY_MS, type DayNumber, dayAt, type LocalZone, midnightOf } from './local-time.ts';

/** When a phone polls: so long after its local midnight, in elapsed time. */
export interface PollPlan {
  readonly zone: LocalZone;
  /** AUTO_UPDATE_TIME and the phone's stagger. */
  readonly afterMidnightMs: number;
}

export interface Poll {
  /** The day it belongs to: the one whose midnight it counts from, even when its instant lies on the next. */
  readonly day: DayNumber;
  /** Ms since 1970. */
  readonly atMs: number;
}

/** The first poll after `nowMs` of a day that was not polled. An instant that has passed is lost. */
export function nextPoll(plan: PollPlan, nowMs: number, wasPolled: (day: DayNumber) => boolean): Poll {
  const daysAhead = Math.ceil(plan.afterMidnightMs / DAY_MS);
  for (let day = dayAt(plan.zone, nowMs) - daysAhead; ; day++) {
    const atMs = midnightOf(plan.zone, day) + plan.afterMidnightMs;
    if (atMs > nowMs && !wasPolled(day)) return { day, atMs };
  }
}
