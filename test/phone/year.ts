import { type Clock, sleep } from '../../src/clock/clock.ts';
import { SECOND_MS } from '../../src/clock/durations.ts';
import { type Random, seededRandom } from '../../src/clock/random.ts';
import { type FlashContents, factoryFlash } from '../../src/device/flash-contents.ts';
import type { PhoneCommand } from '../../src/phone/command.ts';
import type { TimeQuestion, TimeTold } from '../../src/phone/world.ts';
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
import { type ClockSetting, pollComplaints } from './year-polls.ts';

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
 * A year of one phone: power cuts, resets, calls, keys, releases, servers that fail, time servers that fail
 * or are wrong, and a clock that is corrected, all drawn from the seed.
 */
export async function liveAYear(seed: string, onTransition?: BenchOptions['onTransition']): Promise<Life> {
  const chance = seededRandom(seed);
  let server: 'well' | 'ill' = 'well';
  const asksForTime = chance.next() < 0.6;
  const settings: ClockSetting[] = [];
  const timeServer = new FickleTimeServer(settings, () => bench.entries.length);
  const bench: BenchPhone = benchPhone({
    ...(onTransition && { onTransition }),
    files: release(1, asksForTime),
    timings: 'field',
    seed,
    flash: firstFlash(chance, asksForTime),
    askTime: (question, signal) => timeServer.askTime(bench.clock, question, signal),
    quirks: { poll: chance.next() < 0.7 ? 'dialogue' : 'silent' },
    door: (loopback) => ({
      async *fetch(request, signal) {
        if (server === 'ill' && chance.next() < 0.5) throw new TransportError('UNREACHABLE', request, 'ill');
        yield* loopback.fetch(request, signal);
      },
      close: () => loopback.close(),
    }),
  });
  const ends = bench.clock.now() + YEAR_MS;
  let version = 1;
  bench.phone.send({ type: 'power.on' });
  while (bench.clock.now() < ends) {
    await bench.clock.runFor(pause(chance));
    const draw = chance.next();
    if (draw < 0.06) bench.publish(release(++version, asksForTime));
    else if (draw < 0.12) server = server === 'well' ? 'ill' : 'well';
    else if (draw < 0.14) setClock(bench, chance, settings);
    else if (draw < 0.18) timeServer.change(chance);
    else bench.phone.send(randomCommand(chance));
  }
  bench.phone.send({ type: 'power.on' });
  await bench.clock.runWhile(() => !bench.phone.atRest() && !bench.phone.failed(), 3 * DAY_MS);
  return {
    complaints: [...complaintsAbout(bench), ...pollComplaints(bench, settings)],
    polls: bench.factsOf('poll.due').length,
    facts: bench.entries.length,
  };
}

function firstFlash(chance: Random, asksForTime: boolean): FlashContents {
  const hours = Math.floor(chance.between(-12, 15));
  const settings = {
    AUTO_UPDATE: 'YES',
    AUTO_UPDATE_TIME: String(Math.floor(chance.between(0, 86_400))),
    AUTO_UPDATE_TIME_RANGE: String(Math.floor(chance.between(1, 7))),
    TIMEZONE_OFFSET: String(hours * 3600),
    SIP_DOMAIN1: 'a.b',
    SERVER_IP1_1: '192.0.2.1',
    AUTOLOGIN_ENABLE: 'YES',
    REMOTE_CHECK_FOR_UPDATE: 'YES',
    SNTP_ENABLE: asksForTime ? 'YES' : 'NO',
    SNTP_SERVER: '192.0.2.123',
  };
  const stored = Object.entries(settings).map(([name, value]) => [name, { value, from: 'file' as const }]);
  return { ...factoryFlash({ mac: '001B4F123001' }), user: '1001@a.b', settings: Object.fromEntries(stored) };
}

/**
 * A tree as it is published for the n-th time: now and then with an image or another way to the time, always
 * with something new.
 */
function release(number: number, asksForTime: boolean): Tree {
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
    'd.cfg': `BANNER Release ${number}\nFORCE_REBOOT ${number % 2 === 0 ? 'YES' : 'NO'}\n${timeLines(number, asksForTime)}`,
    [`a${number % 4}.lng`]: LANGUAGE_TEXT,
  };
}

function timeLines(number: number, asksForTime: boolean): string {
  const enable = asksForTime && number % 5 !== 0 ? 'YES' : 'NO';
  return `SNTP_ENABLE ${enable}\nSNTP_SERVER 192.0.2.${number % 3}\n`;
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
    { type: 'notify.receive', from: '192.0.2.1', event: 'check-sync' },
    { type: 'dnd.set', on: chance.next() < 0.5 },
    { type: 'call.incoming' },
    { type: 'call.dial' },
    { type: 'call.end' },
    { type: 'logout' },
    { type: 'login.submit', user: '1001@a.b' },
    { type: 'banner.confirm' },
    { type: 'user-data.erase' },
    { type: 'memory.fail', severity: chance.next() < 0.5 ? 'major' : 'minor' },
    { type: 'logins.answer', answer: chance.next() < 0.2 ? 'refuse' : 'accept' },
  ];
  return commands[Math.floor(chance.next() * commands.length)] ?? { type: 'power.on' };
}

function setClock(bench: BenchPhone, chance: Random, settings: ClockSetting[]): void {
  const aheadMs = Math.round(chance.between(-36 * HOUR_MS, 36 * HOUR_MS));
  const afterFacts = bench.entries.length;
  bench.phone.send({ type: 'clock.set', toMs: bench.clock.now() + aheadMs });
  // A phone without power hears nothing.
  if (bench.entries.length > afterFacts) settings.push({ afterFacts, aheadMs });
}

/** A time server that answers, refuses or is silent, and now and then is set itself. */
class FickleTimeServer {
  /** Every time it gave. */
  readonly #settings: ClockSetting[];
  readonly #facts: () => number;
  #manner: 'answers' | 'refuses' | 'silent' = 'answers';
  #aheadMs = 0;

  constructor(settings: ClockSetting[], facts: () => number) {
    this.#settings = settings;
    this.#facts = facts;
  }

  change(chance: Random): void {
    const draw = chance.next();
    this.#manner = draw < 0.2 ? 'refuses' : draw < 0.5 ? 'silent' : 'answers';
    if (draw > 0.8) this.#aheadMs = Math.round(chance.between(-36 * HOUR_MS, 36 * HOUR_MS));
  }

  readonly askTime = async (
    clock: Clock,
    { timeoutMs }: TimeQuestion,
    signal: AbortSignal,
  ): Promise<TimeTold> => {
    await sleep(clock, this.#manner === 'silent' ? timeoutMs : 20, signal);
    if (this.#manner === 'silent') return { result: 'none', code: 'TIMEOUT', detail: 'silent' };
    if (this.#manner === 'refuses') return { result: 'none', code: 'KISS_OF_DEATH', detail: 'RATE' };
    this.#settings.push({ afterFacts: this.#facts(), aheadMs: this.#aheadMs });
    return { result: 'time', offsetMs: this.#aheadMs, roundTripMs: 20, stratum: 3 };
  };
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
