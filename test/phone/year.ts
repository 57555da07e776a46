import { SECOND_MS } from '../../src/clock/durations.ts';
import { type Random, seededRandom } from '../../src/clock/random.ts';
import { type FlashContents, factoryFlash } from '../../src/device/flash-contents.ts';
import type { JournalEntry } from '../../src/events/journal.ts';
import type { PhoneCommand } from '../../src/phone/command.ts';
import { foldFlash } from '../../src/report/flash-fold.ts';
import { TransportError } from '../../src/transport/transport.ts';
import {
  type BenchOptions,
  type BenchPhone,
  benchPhone,
  image,
  LANGUAGE_TEXT,
  type Tree,
} from './bench-phone.ts';

const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const YEAR_MS = 365 * DAY_MS;

/** How a random life went: everything in it that must never be. None: it was a good one. */
export interface Life {
  readonly complaints: readonly string[];
  readonly polls: number;
  readonly facts: number;
}

/**
 * A year of one phone: power cuts, resets, calls, keys, releases, servers that fail and a clock that is
 * corrected, all drawn from the seed.
 */
export async function liveAYear(seed: string, onTransition?: BenchOptions['onTransition']): Promise<Life> {
  const chance = seededRandom(seed);
  let server: 'well' | 'ill' = 'well';
  const bench = benchPhone({
    ...(onTransition && { onTransition }),
    files: release(1),
    timings: 'field',
    seed,
    flash: firstFlash(chance),
    quirks: { poll: chance.next() < 0.7 ? 'dialogue' : 'silent' },
    door: (loopback) => ({
      async *fetch(request, signal) {
        if (server === 'ill' && chance.next() < 0.5) throw new TransportError('UNREACHABLE', request, 'ill');
        yield* loopback.fetch(request, signal);
      },
      close: () => loopback.close(),
    }),
  });
  const clocks: ClockSetting[] = [{ at: 0, aheadMs: 0 }];
  const ends = bench.clock.now() + YEAR_MS;
  let version = 1;
  bench.phone.send({ type: 'power.on' });
  while (bench.clock.now() < ends) {
    await bench.clock.runFor(pause(chance));
    const draw = chance.next();
    if (draw < 0.06) bench.publish(release(++version));
    else if (draw < 0.12) server = server === 'well' ? 'ill' : 'well';
    else if (draw < 0.14) setClock(bench, chance, clocks);
    else bench.phone.send(randomCommand(chance));
  }
  bench.phone.send({ type: 'power.on' });
  await bench.clock.runWhile(() => !bench.phone.atRest() && !bench.phone.failed(), 3 * DAY_MS);
  return {
    complaints: [...complaintsAbout(bench), ...pollComplaints(bench, clocks)],
    polls: bench.factsOf('poll.due').length,
    facts: bench.entries.length,
  };
}

function firstFlash(chance: Random): FlashContents {
  const hours = Math.floor(chance.between(-12, 15));
  const settings = {
    AUTO_UPDATE: 'YES',
    AUTO_UPDATE_TIME: String(Math.floor(chance.between(0, 86_400))),
    AUTO_UPDATE_TIME_RANGE: String(Math.floor(chance.between(1, 7))),
    TIMEZONE_OFFSET: String(hours * 3600),
    SIP_DOMAIN1: 'a.b',
    SERVER_IP1_1: '192.0.2.1',
    AUTOLOGIN_ENABLE: 'YES',
  };
  const stored = Object.entries(settings).map(([name, value]) => [name, { value, from: 'file' as const }]);
  return { ...factoryFlash({ mac: '001B4F123001' }), user: '1001@a.b', settings: Object.fromEntries(stored) };
}

/** A tree as it is published for the n-th time: now and then with an image, always with something new. */
function release(number: number): Tree {
  const version = String(number).padStart(6, '0');
  const load = `SIP12x004.04.${String(9 + Math.floor(number / 6)).padStart(2, '0')}.00`;
  return {
    '1230SIP.cfg': [
      `[FW]\nVERSION ${load}\nFILENAME ${load}.bin\nPROTOCOL HTTP`,
      `[DEVICE_CONFIG]\nVERSION ${version}\nFILENAME d.cfg\nPROTOCOL HTTP`,
      `[LANGUAGE]\nVERSION ${version}\nFILENAME a${number % 4}.lng\nPROTOCOL HTTP${number % 3 === 0 ? '\nPROMPT YES' : ''}`,
      '',
    ].join('\n'),
    '1230Boot.cfg': `[FW]\nVERSION ${load}\nFILENAME ${load}.bin\nPROTOCOL TFTP\n`,
    [`${load}.bin`]: image(load),
    'd.cfg': `BANNER Release ${number}\nFORCE_REBOOT ${number % 2 === 0 ? 'YES' : 'NO'}\n`,
    [`a${number % 4}.lng`]: LANGUAGE_TEXT,
  };
}

/** Mostly hours, now and then moments: what happens during a check or a question must happen too. */
function pause(chance: Random): number {
  return chance.next() < 0.5 ? chance.between(1, 2 * MINUTE_MS) : chance.between(MINUTE_MS, 20 * HOUR_MS);
}

function randomCommand(chance: Random): PhoneCommand {
  const commands: PhoneCommand[] = [
    { type: 'power.off' },
    { type: 'power.on' },
    { type: 'power.on' },
    { type: 'phone.reset' },
    { type: 'updates.check' },
    { type: 'updates.ask' },
    { type: 'question.answer', answer: 'yes' },
    { type: 'question.answer', answer: 'no' },
    { type: 'check-sync.accept', manner: 'dialogue' },
    { type: 'check-sync.accept', manner: 'key' },
    { type: 'check-sync.accept', manner: 'silent' },
    { type: 'dnd.set', on: chance.next() < 0.5 },
    { type: 'call.incoming' },
    { type: 'call.dial' },
    { type: 'call.end' },
    { type: 'logout' },
    { type: 'login.submit', user: '1001@a.b' },
    { type: 'banner.confirm' },
    { type: 'user-data.erase' },
  ];
  return commands[Math.floor(chance.next() * commands.length)] ?? { type: 'power.on' };
}

interface ClockSetting {
  readonly at: number;
  readonly aheadMs: number;
}

function setClock(bench: BenchPhone, chance: Random, clocks: ClockSetting[]): void {
  const aheadMs = Math.round(chance.between(-36 * HOUR_MS, 36 * HOUR_MS));
  const told = bench.entries.length;
  bench.phone.send({ type: 'clock.set', toMs: bench.clock.now() + aheadMs });
  if (bench.entries.length > told) clocks.push({ at: bench.entries.at(-1)?.at ?? 0, aheadMs });
}

/** What must hold of any life, whatever happened in it. */
function complaintsAbout(bench: BenchPhone): string[] {
  const complaints: string[] = [];
  if (bench.phone.failed()) complaints.push('the emulator failed');
  if (!bench.phone.atRest()) complaints.push('the phone never comes to rest');
  if (bench.clock.openHolds !== 0) complaints.push('a hold was left open');
  let updateDnd = false;
  for (const { event, at } of bench.entries) {
    if (event.type === 'dnd.enabled' && event.by === 'update') updateDnd = true;
    if (event.type === 'dnd.disabled' && event.by === 'update') updateDnd = false;
    const atRest = ['phone.idle', 'login.shown', 'power.off', 'phone.restarting'].includes(event.type);
    if (atRest && updateDnd) complaints.push(`the update's DND is on at ${event.type}, ${at} ms`);
  }
  const { files, ...flash } = bench.flash.read();
  const { model: _, files: toldFiles, ...told } = foldFlash(bench.entries) ?? { model: '1230', files: {} };
  if (JSON.stringify(sorted(flash)) !== JSON.stringify(sorted(told)))
    complaints.push('flash differs from what was told');
  if (names(files) !== names(toldFiles)) complaints.push('stored files differ from what was told');
  return complaints;
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

function names(files: FlashContents['files'] | object): string {
  const lists = Object.entries(files as Record<string, readonly { readonly name: string }[]>);
  return JSON.stringify(
    lists.map(([section, stored]) => [section, stored.map(({ name }) => name)]).toSorted(),
  );
}

/**
 * Never two polls for one date, and one for every date at whose instant the phone was up and did nothing
 * else. The instants are worked out by brute force, minute by minute, and not by the phone's own arithmetic.
 */
function pollComplaints(bench: BenchPhone, clocks: readonly ClockSetting[]): string[] {
  const complaints: string[] = [];
  const seen = new Set<string>();
  for (const { event } of bench.entries) {
    if (event.type !== 'poll.due' || event.follows === 'nothing') continue;
    if (seen.has(event.date)) complaints.push(`${event.date} was polled twice`);
    seen.add(event.date);
  }
  for (const span of calmSpans(bench.entries, clocks)) {
    for (const date of datesWithin(bench, span)) {
      if (!seen.has(date))
        complaints.push(`${date} was not polled although the phone was up (${span.from} to ${span.to} ms)`);
    }
  }
  return complaints;
}

interface Span {
  readonly from: number;
  readonly to: number;
  readonly aheadMs: number;
}

/**
 * When the phone was up and no check ran, and how far ahead its clock was; each ends with the fact that ends
 * it.
 */
function calmSpans(entries: readonly JournalEntry[], clocks: readonly ClockSetting[]): Span[] {
  const spans: Span[] = [];
  const settings = new Map(clocks.map(({ at, aheadMs }) => [at, aheadMs]));
  let since: number | undefined;
  // The clock has no battery: power brings it back to the world's.
  let aheadMs = 0;
  for (const { event, at } of entries) {
    const begins = event.type === 'poll.scheduled';
    const ends = ['update.started', 'phone.restarting', 'power.off', 'clock.set'].includes(event.type);
    if (since !== undefined && (begins || ends)) spans.push({ from: since, to: at, aheadMs });
    if (event.type === 'power.on') aheadMs = 0;
    if (event.type === 'clock.set') aheadMs = settings.get(at) ?? aheadMs;
    if (begins) since = at;
    else if (ends) since = event.type === 'clock.set' && since !== undefined ? at : undefined;
  }
  return spans;
}

/** Dates whose poll instant lies strictly within a span, by the clock the phone had then. */
function datesWithin(bench: BenchPhone, span: Span): string[] {
  const { startMs } = bench;
  const { aheadMs } = span;
  const from = startMs + span.from + aheadMs;
  const to = startMs + span.to + aheadMs;
  const { settings } = bench.flash.read();
  const offsetMs = Number(settings['TIMEZONE_OFFSET']?.value) * 1000;
  const afterMidnightMs =
    Number(settings['AUTO_UPDATE_TIME']?.value) * 1000 +
    staggerOf(Number(settings['AUTO_UPDATE_TIME_RANGE']?.value));
  const dates: string[] = [];
  for (let day = Math.floor(from / DAY_MS) - 3; day <= Math.floor(to / DAY_MS) + 3; day++) {
    const date = new Date(day * DAY_MS).toISOString().slice(0, 10);
    // Local midnight: 00:00 at the standard offset, an hour earlier in summer, as a New Yorker's calendar has
    // it.
    const midnight = day * DAY_MS - offsetMs - (isSummer(date) ? HOUR_MS : 0);
    const instant = midnight + afterMidnightMs;
    if (instant > from + SECOND_MS && instant < to - SECOND_MS) dates.push(date);
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
