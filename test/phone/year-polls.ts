import { SECOND_MS } from '../../src/clock/durations.ts';
import type { JournalEntry } from '../../src/events/journal.ts';
import type { BenchPhone } from './bench-phone.ts';

const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A clock as somebody outside the phone set it: known to the test, whatever the phone made of it. */
export interface ClockSetting {
  /** How many facts there were before. */
  readonly afterFacts: number;
  /** From the world's clock. */
  readonly aheadMs: number;
}

/**
 * Never two polls for one date, none without a clock or at another time than its own, and one for every date
 * at whose instant the phone was up, knew the time and did nothing else. The instants are worked out by brute
 * force, date by date, and not by the phone's own arithmetic.
 */
export function pollComplaints(bench: BenchPhone, settings: readonly ClockSetting[]): string[] {
  const complaints: string[] = [];
  const seen = new Set<string>();
  const instants = instantsOf(bench);
  const { spans, polls } = story(bench, settings);
  for (const { date, follows, at, aheadMs } of polls) {
    if (aheadMs === undefined) complaints.push(`${date} was polled without a clock, at ${at} ms`);
    else if (Math.abs(bench.startMs + at + aheadMs - instants(date)) > SECOND_MS) {
      complaints.push(`${date} was polled at another time than its own, at ${at} ms`);
    }
    if (follows === 'nothing') continue;
    if (seen.has(date)) complaints.push(`${date} was polled twice`);
    seen.add(date);
  }
  for (const { from, to, aheadMs } of spans) {
    const since = bench.startMs + from + aheadMs;
    const until = bench.startMs + to + aheadMs;
    for (const date of datesAround(since, until)) {
      const inside = instants(date) > since + SECOND_MS && instants(date) < until - SECOND_MS;
      if (inside && !seen.has(date)) complaints.push(`${date} was not polled although the phone was up`);
    }
  }
  return complaints;
}

/** Time in which the phone was up, knew the time, and no check ran. Ms of the run. */
interface Span {
  readonly from: number;
  readonly to: number;
  readonly aheadMs: number;
}

interface ToldPoll {
  readonly date: string;
  readonly follows: string;
  readonly at: number;
  /** Undefined: nobody had told the phone the time. */
  readonly aheadMs: number | undefined;
}

const begins = ['poll.scheduled', 'poll.not-scheduled'];
const ends = ['update.started', 'phone.restarting', 'power.off'];

/** What the facts and the settings from outside say of a life. */
function story({ entries }: BenchPhone, settings: readonly ClockSetting[]) {
  const spans: Span[] = [];
  const polls: ToldPoll[] = [];
  let since: number | undefined;
  let setTo: number | undefined;
  let sntp = false;
  let next = 0;
  // The clock has no battery: power brings it back to the world's, right for a phone without SNTP.
  const aheadMs = () => setTo ?? (sntp ? undefined : 0);
  const close = (at: number) => {
    const ahead = aheadMs();
    if (since !== undefined && ahead !== undefined) spans.push({ from: since, to: at, aheadMs: ahead });
  };
  for (const [index, { event, at }] of entries.entries()) {
    for (let set = settings[next]; set !== undefined && set.afterFacts <= index; set = settings[++next]) {
      close(at);
      setTo = set.aheadMs;
      if (since !== undefined) since = at;
    }
    if (event.type === 'power.on') setTo = undefined;
    sntp = sntpAfter(event) ?? sntp;
    if (event.type === 'poll.due') polls.push({ ...event, at, aheadMs: aheadMs() });
    if (begins.includes(event.type)) since ??= at;
    if (!ends.includes(event.type)) continue;
    close(at);
    since = undefined;
  }
  return { spans, polls };
}

/** Whether SNTP is on, as far as a fact says. */
function sntpAfter(event: JournalEntry['event']): boolean | undefined {
  if (event.type === 'flash.read') return event.settings['SNTP_ENABLE']?.value === 'YES';
  if (event.type !== 'flash.written') return undefined;
  const [value] = event.changes.flatMap((change) =>
    change.change === 'settings' ? (change.values['SNTP_ENABLE']?.value ?? []) : [],
  );
  return value === undefined ? undefined : value === 'YES';
}

/** The instant at which each date is to be polled, ms since 1970. */
function instantsOf(bench: BenchPhone): (date: string) => number {
  const { settings } = bench.flash.read();
  const offsetMs = Number(settings['TIMEZONE_OFFSET']?.value) * 1000;
  const afterMidnightMs =
    Number(settings['AUTO_UPDATE_TIME']?.value) * 1000 +
    staggerOf(Number(settings['AUTO_UPDATE_TIME_RANGE']?.value));
  // Local midnight: 00:00 at the standard offset, an hour earlier in summer, as in a New Yorker's calendar.
  return (date) =>
    Date.parse(`${date}T00:00:00Z`) - offsetMs - (isSummer(date) ? HOUR_MS : 0) + afterMidnightMs;
}

function datesAround(from: number, to: number): string[] {
  const dates: string[] = [];
  for (let day = Math.floor(from / DAY_MS) - 3; day <= Math.floor(to / DAY_MS) + 3; day++) {
    dates.push(new Date(day * DAY_MS).toISOString().slice(0, 10));
  }
  return dates;
}

/**
 * Whether a date begins in daylight saving time by the rules of 2007; the years a test lives in, written out.
 */
function isSummer(date: string): boolean {
  return (date > '2026-03-08' && date <= '2026-11-01') || (date > '2027-03-14' && date <= '2027-11-07');
}

/** The draw of MAC 00:1B:4F:12:30:01, worked out by hand: seed 0x4F123001. */
function staggerOf(rangeHours: number): number {
  const seed = 0x4f123001n;
  const draw = Number(((seed * 1103515245n + 12345n) >> 16n) & 0x7fffn);
  return Math.floor((draw * 60 * rangeHours) / 32_768) * MINUTE_MS;
}
