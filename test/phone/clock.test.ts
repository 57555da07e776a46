import { describe, expect, test } from 'vitest';
import type { SntpCode } from '../../src/events/sntp-code.ts';
import type { TimeTold, World } from '../../src/phone/world.ts';
import { type BenchOptions, benchPhone } from './bench-phone.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const stored = (settings: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [name, { value, from: 'file' as const }]),
  );

const loggedIn = { user: '1@a.b' };
const SERVER = '192.0.2.123';
const nothingDue = '[LANGUAGE]\nVERSION 000001\nFILENAME a.lng\n';

/** A phone that polls at three and asks a time server, which says what the test lets it. */
function timedPhone(
  answer: () => TimeTold,
  settings: Record<string, string> = {},
  options: BenchOptions = {},
) {
  const questions: Parameters<World['askTime']>[0][] = [];
  const bench = benchPhone({
    files: { '1230SIP.cfg': nothingDue },
    ...options,
    quirks: { stagger: 'none', poll: 'silent', ...options.quirks },
    flash: {
      ...loggedIn,
      versions: { LANGUAGE: '000001' },
      settings: stored({
        AUTO_UPDATE: 'YES',
        AUTO_UPDATE_TIME: '10800',
        DST_ENABLED: 'NO',
        SNTP_ENABLE: 'YES',
        SNTP_SERVER: SERVER,
        ...settings,
      }),
    },
    askTime: async (question) => {
      questions.push(question);
      return answer();
    },
  });
  return { ...bench, questions };
}

type Timed = ReturnType<typeof timedPhone>;

const time = (offsetMs: number): TimeTold => ({ result: 'time', offsetMs, roundTripMs: 1, stratum: 2 });
const none = (code: SntpCode, detail = 'as told'): TimeTold => ({ result: 'none', code, detail });
const silence = none('TIMEOUT', 'no answer in time');

const polls = (bench: Timed) => bench.factsOf('poll.due').map(({ date }) => date);
/** What was told about the clock. */
const codes = (bench: Timed) =>
  bench
    .factsOf('problem.told')
    .map(({ code }) => code)
    .filter((code) => code === 'NO_TIME' || code === 'CLOCK_ASSUMED');
const askedAt = (bench: Timed) =>
  bench.entries.filter(({ event }) => event.type === 'sntp.asked').map(({ at }) => at);
const pauses = (bench: Timed) =>
  askedAt(bench)
    .slice(1)
    .map((at, index) => (at - (askedAt(bench)[index] ?? 0)) / MINUTE_MS);

describe('the time server', () => {
  test('is asked once the phone is up, and sets its clock before the next poll is told', async () => {
    const bench = timedPhone(() => time(90_000));
    await bench.follow('power.on');
    expect(bench.questions).toEqual([{ server: SERVER, timeoutMs: 5_000 }]);
    const order = ['poll.not-scheduled', 'sntp.asked', 'sntp.answered', 'clock.set', 'poll.scheduled'];
    expect(bench.facts().filter(({ type }) => order.includes(type))).toEqual([
      { type: 'poll.not-scheduled', because: 'no-clock' },
      { type: 'sntp.asked', server: SERVER },
      { type: 'sntp.answered', server: SERVER, offsetMs: 90_000, roundTripMs: 1, stratum: 2 },
      { type: 'clock.set', how: 'sntp', byMs: 90_000 },
      { type: 'poll.scheduled', instant: '2026-03-03T03:00:00.000Z' },
    ]);
    expect(bench.outcome()).toMatchObject({ nextPoll: '2026-03-03T03:00:00.000Z', noPollBecause: null });
    expect(codes(bench)).toEqual([]);
  });

  test('is asked from the address of the phone', async () => {
    const bench = timedPhone(() => time(0), {}, { localAddress: '127.7.7.7' });
    await bench.follow('power.on');
    expect(bench.questions[0]).toEqual({ server: SERVER, timeoutMs: 5_000, localAddress: '127.7.7.7' });
  });

  test('moves the poll as it moves the clock: both by the clock of the phone', async () => {
    const bench = timedPhone(() => time(-HOUR_MS));
    bench.phone.send({ type: 'power.on' });
    await bench.clock.runWhile(() => polls(bench).length === 0, 2 * DAY_MS);
    expect(new Date(bench.clock.now()).toISOString()).toBe('2026-03-03T04:00:00.000Z');
  });

  test('is asked once a day while it answers', async () => {
    const bench = timedPhone(() => time(0), { AUTO_UPDATE: 'NO' });
    bench.phone.send({ type: 'power.on' });
    await bench.clock.runFor(4 * DAY_MS);
    expect(pauses(bench)).toEqual([1440, 1440, 1440]);
  });

  test('that is silent is asked every quarter of an hour six times, then every hour', async () => {
    const bench = timedPhone(() => silence);
    bench.phone.send({ type: 'power.on' });
    await bench.clock.runFor(5 * HOUR_MS);
    expect(pauses(bench)).toEqual([15, 15, 15, 15, 15, 15, 60, 60, 60]);
    expect(bench.factsOf('sntp.failed').map(({ retryInMs }) => retryInMs / MINUTE_MS)).toEqual([
      ...[15, 15, 15, 15, 15, 15, 60, 60, 60, 60],
    ]);
    expect(codes(bench)).toEqual(['NO_TIME']);
  });

  test('that answers at last begins the rule anew', async () => {
    const answers = [silence, silence, time(0), silence];
    const bench = timedPhone(() => answers.shift() ?? time(0), { AUTO_UPDATE: 'NO' });
    bench.phone.send({ type: 'power.on' });
    await bench.clock.runFor(2 * DAY_MS);
    expect(pauses(bench)).toEqual([15, 15, 1440, 15]);
    expect(codes(bench)).toEqual(['NO_TIME', 'NO_TIME']);
  });

  const refusals: SntpCode[] = ['KISS_OF_DEATH', 'UNSYNCHRONISED', 'PROTOCOL', 'UNREACHABLE', 'LOCAL_LIMIT'];
  test.for(refusals)('that gives no time (%s) is told with that code', async (code) => {
    const bench = timedPhone(() => none(code));
    await bench.follow('power.on');
    expect(bench.factsOf('sntp.failed')).toEqual([
      { type: 'sntp.failed', server: SERVER, code, detail: 'as told', retryInMs: 15 * MINUTE_MS },
    ]);
    const told = {
      severity: 'warning',
      code: 'NO_TIME',
      message: `${SERVER} gave no time (${code}): as told`,
    };
    expect(bench.outcome().problems).toContainEqual(told);
  });

  test('that the settings do not name is not asked, and that is told once', async () => {
    const bench = timedPhone(() => time(0), { SNTP_SERVER: '0.0.0.0' });
    await bench.follow('power.on', 'power.off', 'power.on');
    expect(bench.questions).toEqual([]);
    expect(codes(bench)).toEqual(['NO_TIME']);
    expect(bench.outcome()).toMatchObject({ nextPoll: null, noPollBecause: 'no-clock' });
  });

  test('is not asked with SNTP_ENABLE NO: the clock is taken to be right, told once', async () => {
    const bench = timedPhone(() => time(0), { SNTP_ENABLE: 'NO' });
    await bench.follow('power.on', 'power.off', 'power.on');
    expect(bench.questions).toEqual([]);
    expect(codes(bench)).toEqual(['CLOCK_ASSUMED']);
  });

  test('a mistake of ours as it is asked ends the phone', async () => {
    const bench = timedPhone(() => {
      throw new TypeError('a mistake of ours');
    });
    bench.phone.send({ type: 'power.on' });
    await bench.clock.runFor(MINUTE_MS);
    expect(bench.phone.failed()).toBe(true);
  });
});

describe('without the time', () => {
  test('no poll comes, and instants that pass are lost', async () => {
    let answer = silence;
    const bench = timedPhone(() => answer);
    bench.phone.send({ type: 'power.on' });
    await bench.clock.runFor(3 * DAY_MS);
    expect(polls(bench)).toEqual([]);
    expect(bench.outcome()).toMatchObject({ nextPoll: null, noPollBecause: 'no-clock' });
    answer = time(0);
    await bench.clock.runFor(DAY_MS);
    expect(polls(bench)).toEqual(['2026-03-06']);
  });

  test('loss of power takes it, a restart does not', async () => {
    const answers = [time(0)];
    const bench = timedPhone(() => answers.shift() ?? silence);
    await bench.follow('power.on', 'phone.reset');
    expect(bench.outcome().noPollBecause).toBeNull();
    await bench.follow('power.off', 'power.on');
    expect(bench.outcome().noPollBecause).toBe('no-clock');
  });

  test('somebody else who tells it lets polls begin', async () => {
    const bench = timedPhone(() => silence);
    await bench.follow('power.on');
    bench.phone.send({ type: 'clock.set', toMs: Date.UTC(2026, 5, 1, 12) });
    expect(bench.outcome().nextPoll).toBe('2026-06-02T03:00:00.000Z');
  });

  test.for([
    ['sntp-only', 'no-clock'],
    ['assumed', null],
  ] as const)('with quirk clock=%s somebody else counts: %s', async ([clock, because]) => {
    const bench = timedPhone(() => silence, {}, { quirks: { clock } });
    await bench.follow('power.on');
    bench.phone.send({ type: 'clock.set', toMs: Date.UTC(2026, 5, 1, 12) });
    expect(bench.outcome().noPollBecause).toBe(because);
  });

  test('with quirk clock=sntp-only a time server is as good', async () => {
    const bench = timedPhone(() => time(0), {}, { quirks: { clock: 'sntp-only' } });
    await bench.follow('power.on');
    expect(bench.outcome().nextPoll).toBe('2026-03-03T03:00:00.000Z');
  });
});

describe('new settings', () => {
  const device = (text: string, version = '000001') => ({
    '1230SIP.cfg': `[DEVICE_CONFIG]\nVERSION ${version}\nFILENAME d.cfg\nPROTOCOL HTTP\n`,
    'd.cfg': text,
  });

  test('that turn SNTP on let the phone ask at the end of their check', async () => {
    const files = device(`SNTP_ENABLE YES\nSNTP_SERVER ${SERVER}\n`);
    const bench = timedPhone(() => time(0), { SNTP_ENABLE: 'NO' }, { files });
    await bench.follow('power.on');
    expect(bench.questions).toHaveLength(1);
  });

  test('that name another server leave the old one at once', async () => {
    const bench = timedPhone(() => silence);
    await bench.follow('power.on');
    bench.publish(device('SNTP_SERVER 192.0.2.9\n'));
    await bench.follow('phone.reset');
    await bench.clock.runFor(20 * MINUTE_MS);
    expect(bench.questions.map(({ server }) => server)).toEqual([SERVER, '192.0.2.9', '192.0.2.9']);
  });

  test('that turn SNTP off end the questions', async () => {
    const bench = timedPhone(() => silence);
    await bench.follow('phone.resume');
    bench.publish(device('SNTP_ENABLE NO\n'));
    await bench.follow('updates.check');
    await bench.clock.runFor(DAY_MS);
    expect(bench.questions).toHaveLength(1);
    expect(bench.outcome().noPollBecause).toBeNull();
  });

  test('a check without new ones leaves the pause between two questions alone', async () => {
    const bench = timedPhone(() => time(0), { AUTO_UPDATE: 'NO' });
    await bench.follow('phone.resume');
    await bench.clock.runFor(10 * HOUR_MS);
    await bench.follow('updates.check');
    await bench.clock.runFor(DAY_MS);
    expect(bench.factsOf('update.finished')).toHaveLength(1);
    expect(pauses(bench)).toEqual([1440]);
  });
});

describe('an answer that comes late', () => {
  /** A time server that answers when the test says so. */
  function waiting() {
    let answer: (told: TimeTold) => void = () => {};
    const told = new Promise<TimeTold>((resolve) => {
      answer = resolve;
    });
    const bench = benchPhone({
      files: { '1230SIP.cfg': nothingDue },
      quirks: { stagger: 'none', poll: 'silent' },
      flash: {
        ...loggedIn,
        settings: stored({ AUTO_UPDATE: 'YES', SNTP_ENABLE: 'YES', SNTP_SERVER: SERVER }),
      },
      askTime: () => told,
    });
    return { ...bench, answer };
  }

  test('keeps the phone from rest until it is there', async () => {
    const bench = waiting();
    bench.phone.send({ type: 'phone.resume' });
    expect(bench.phone.atRest()).toBe(false);
    bench.answer(time(0));
    await bench.phone.when(bench.phone.atRest);
    expect(bench.factsOf('poll.scheduled')).toHaveLength(1);
  });

  test('during a check sets the clock; the poll is told at its end', async () => {
    const bench = waiting();
    bench.phone.send({ type: 'phone.resume' });
    bench.phone.send({ type: 'updates.check' });
    bench.answer(time(0));
    await bench.clock.runWhile(() => bench.factsOf('update.finished').length === 0, MINUTE_MS);
    await bench.phone.when(bench.phone.atRest);
    const order = ['update.started', 'clock.set', 'update.finished', 'poll.scheduled'];
    expect(
      bench
        .facts()
        .map(({ type }) => type)
        .filter((type) => order.includes(type)),
    ).toEqual(order);
  });

  test('after power was lost is not heard', async () => {
    const bench = waiting();
    bench.phone.send({ type: 'phone.resume' });
    bench.phone.send({ type: 'power.off' });
    bench.answer(time(0));
    await bench.clock.runFor(MINUTE_MS);
    expect(bench.factsOf('clock.set')).toEqual([]);
  });
});
