import { type DayNumber, dateText, dayOfDate } from './local-time.ts';

/** The days a phone has polled, as spans in the order they were added; small however long a phone lives. */
export type PolledDays = readonly PolledSpan[];

export interface PolledSpan {
  readonly from: DayNumber;
  readonly to: DayNumber;
}

/**
 * So many spans are kept; only a clock that is set wrong again and again makes more than one. The oldest is
 * forgotten.
 */
const SPANS_MAX = 64;

export function wasPolled(days: PolledDays, day: DayNumber): boolean {
  return days.some(({ from, to }) => from <= day && day <= to);
}

/** One more day, joined with its neighbours. */
export function withPolled(days: PolledDays, day: DayNumber): PolledDays {
  if (wasPolled(days, day)) return days;
  const before = days.find(({ to }) => to === day - 1);
  const after = days.find(({ from }) => from === day + 1);
  const others = days.filter((span) => span !== before && span !== after);
  return [...others, { from: before?.from ?? day, to: after?.to ?? day }].slice(-SPANS_MAX);
}

/** `2026-03-02/2026-03-20`, as flash keeps it (ISO 8601 interval). */
export function spanText({ from, to }: PolledSpan): string {
  return `${dateText(from)}/${dateText(to)}`;
}

export function spanOf(text: string): PolledSpan | undefined {
  const [first = '', last = ''] = text.split('/');
  const from = dayOfDate(first);
  const to = dayOfDate(last);
  return from === undefined || to === undefined || from > to ? undefined : { from, to };
}
