import { describe, expect, test } from 'vitest';
import type { FlashContents } from '../../src/device/flash-contents.ts';
import type { Quirks } from '../../src/provisioning/quirks.ts';
import { type BenchOptions, benchPhone } from './bench-phone.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A phone whose provisioning file asks for nothing and whose settings say when to poll. */
function polling(settings: Record<string, string> = {}, options: BenchOptions = {}) {
  const stored: FlashContents['settings'] = Object.fromEntries(
    Object.entries({ AUTO_UPDATE: 'YES', AUTO_UPDATE_TIME: '10800', DST_ENABLED: 'NO', ...settings }).map(
      ([name, value]) => [name, { value, from: 'file' as const }],
    ),
  );
  return benchPhone({
    files: { '1230SIP.cfg': '[LANGUAGE]\nVERSION 000001\nFILENAME a.lng\n' },
    ...options,
    quirks: { stagger: 'none', poll: 'silent', ...options.quirks } as Partial<Quirks>,
    flash: {
      versions: { LANGUAGE: '000001' },
      ...options.flash,
      settings: { ...stored, ...options.flash?.settings },
    },
  });
}

type Bench = ReturnType<typeof polling>;

const polls = (bench: Bench) => bench.factsOf('poll.due').map(({ date, follows }) => `${date} ${follows}`);
const triggers = (bench: Bench) => bench.factsOf('update.started').map(({ trigger }) => trigger);

describe('a poll a day', () => {
  test("a phone's week holds seven polls", async () => {
    const bench = polling();
    bench.phone.send({ type: 'power.on' });
    await bench.clock.runFor(7 * DAY_MS);
    expect(triggers(bench)).toEqual(['power-up', ...Array(7).fill('poll')]);
    expect(polls(bench)).toEqual(
      ['03', '04', '05', '06', '07', '08', '09'].map((day) => `2026-03-${day} check`),
    );
  });

  test.for([
    ['spring', '2026-03-01T12:00:00Z', '2026-03-08'],
    ['autumn', '2026-10-25T12:00:00Z', '2026-11-01'],
  ] as const)('on the day the clocks change in %s it polls once', async ([, , day]) => {
    const bench = polling({ DST_ENABLED: 'YES', TIMEZONE_OFFSET: '-18000', AUTO_UPDATE_TIME: '7200' });
    bench.phone.send({ type: 'power.on' });
    await bench.clock.runFor(300 * DAY_MS);
    expect(polls(bench).filter((poll) => poll.startsWith(day))).toEqual([`${day} check`]);
    expect(new Set(polls(bench)).size).toBe(polls(bench).length);
    expect(polls(bench).length).toBe(300);
  });

  test('an instant that passes without power is lost', async () => {
    const bench = polling();
    await bench.follow('power.on');
    bench.phone.send({ type: 'power.off' });
    await bench.clock.runFor(DAY_MS);
    bench.phone.send({ type: 'power.on' });
    await bench.clock.runFor(DAY_MS);
    expect(polls(bench)).toEqual(['2026-03-04 check']);
  });

  test('a clock set back does not poll a date twice, and set on does not skip more than it jumped', async () => {
    const bench = polling();
    await bench.follow('power.on');
    await bench.clock.runFor(DAY_MS);
    bench.phone.send({ type: 'clock.set', toMs: bench.clock.now() - 12 * HOUR_MS });
    await bench.clock.runFor(DAY_MS);
    bench.phone.send({ type: 'clock.set', toMs: bench.clock.now() + DAY_MS });
    await bench.clock.runFor(DAY_MS);
    const dates = polls(bench);
    expect(new Set(dates).size).toBe(dates.length);
    expect(dates).toEqual(['2026-03-03 check', '2026-03-06 check']);
  });

  test('with AUTO_UPDATE NO there is none, and the outcome says so', async () => {
    const bench = polling({ AUTO_UPDATE: 'NO' });
    bench.phone.send({ type: 'power.on' });
    await bench.clock.runFor(7 * DAY_MS);
    expect(polls(bench)).toEqual([]);
    expect(bench.outcome()).toMatchObject({ nextPoll: null, noPollBecause: 'auto-update-off' });
  });

  test('with quirk clock=sntp-only and SNTP_ENABLE NO there is none', async () => {
    const bench = polling({}, { quirks: { clock: 'sntp-only' } });
    bench.phone.send({ type: 'power.on' });
    await bench.clock.runFor(2 * DAY_MS);
    expect(polls(bench)).toEqual([]);
    expect(bench.outcome()).toMatchObject({ nextPoll: null, noPollBecause: 'no-clock' });
  });

  test('the outcome says when the next one is', async () => {
    const bench = polling();
    await bench.follow('power.on');
    expect(bench.outcome()).toMatchObject({ nextPoll: '2026-03-03T03:00:00.000Z', noPollBecause: null });
  });

  test('a setting received in a check moves the poll of the same day', async () => {
    const files = (time: string) => ({
      '1230SIP.cfg': '[DEVICE_CONFIG]\nDOWNLOAD_MODE FORCED\nVERSION 000001\nFILENAME d.cfg\nPROTOCOL HTTP\n',
      'd.cfg': `AUTO_UPDATE_TIME ${time}\n`,
    });
    const bench = polling({}, { files: files('36000') });
    await bench.follow('power.on');
    expect(bench.outcome().nextPoll).toBe('2026-03-02T10:00:00.000Z');
    await bench.clock.runFor(3 * HOUR_MS);
    bench.publish(files('72000'));
    await bench.follow('power.off', 'power.on');
    expect(bench.outcome().nextPoll).toBe('2026-03-03T20:00:00.000Z');
  });
});

describe('the question before a scheduled update', () => {
  const MINUTE_MS = 60_000;
  const asked = (bench: Bench) => bench.entries.filter(({ event }) => event.type === 'question.asked');
  const dialogue = { quirks: { poll: 'dialogue' as const } };

  /** A phone whose poll is due now and asks. */
  async function askingPhone(before: (bench: Bench) => void = () => {}) {
    const bench = polling({}, { ...dialogue, flash: loggedIn });
    await bench.follow('phone.resume');
    before(bench);
    await bench.clock.runWhile(() => asked(bench).length === 0, 2 * DAY_MS);
    return bench;
  }
  const loggedIn = { user: '1001@example.org' };

  test('idle and no key: the check begins after a minute', async () => {
    const bench = await askingPhone();
    await bench.clock.runFor(59_999);
    expect(triggers(bench)).toEqual([]);
    await bench.clock.runFor(1);
    expect(triggers(bench)).toEqual(['poll']);
  });

  test('Yes begins it at once', async () => {
    const bench = await askingPhone();
    bench.phone.send({ type: 'question.answer', answer: 'yes' });
    expect(triggers(bench)).toEqual(['poll']);
  });

  test('No three times, three minutes apart; then again two hours later', async () => {
    const bench = await askingPhone();
    const times: number[] = [];
    for (let count = 1; count <= 4; count++) {
      await bench.clock.runWhile(() => asked(bench).length < count, DAY_MS);
      times.push(asked(bench)[count - 1]?.at ?? Number.NaN);
      bench.phone.send({ type: 'question.answer', answer: 'no' });
    }
    const [first = 0] = times;
    expect(times.map((at) => (at - first) / MINUTE_MS)).toEqual([0, 3, 6, 126]);
    expect(bench.factsOf('question.asked').map(({ round }) => round)).toEqual([1, 2, 3, 1]);
    expect(triggers(bench)).toEqual([]);
  });

  test('in a call and no key is a refusal, and the call goes on', async () => {
    const bench = await askingPhone((phone) => phone.phone.send({ type: 'call.dial' }));
    await bench.clock.runFor(MINUTE_MS);
    expect(triggers(bench)).toEqual([]);
    expect(bench.factsOf('question.answered')).toEqual([
      { type: 'question.answered', question: 'scheduled-update', answer: 'no', by: 'expiry' },
    ]);
    expect(bench.factsOf('call.dropped')).toEqual([]);
  });

  test('Yes in a call begins the check', async () => {
    const bench = await askingPhone((phone) => phone.phone.send({ type: 'call.dial' }));
    bench.phone.send({ type: 'question.answer', answer: 'yes' });
    expect(triggers(bench)).toEqual(['poll']);
    expect(bench.factsOf('problem.told').map(({ code }) => code)).toContain('CHECK_IN_CALL');
  });

  test('a check the user begins cancels it', async () => {
    const bench = await askingPhone();
    bench.phone.send({ type: 'updates.check' });
    expect(bench.factsOf('question.answered')).toEqual([
      { type: 'question.answered', question: 'scheduled-update', answer: 'no', by: 'cancelled' },
    ]);
    await bench.clock.runFor(3 * HOUR_MS);
    expect(triggers(bench)).toEqual(['soft-key']);
  });

  test('DND is off while it is shown, and after the check', async () => {
    const bench = await askingPhone();
    expect(bench.outcome().dnd).toBe(false);
    await bench.clock.runFor(2 * MINUTE_MS);
    expect(bench.outcome().dnd).toBe(false);
    expect(bench.factsOf('dnd.enabled').length).toBe(1);
  });

  test('the next poll takes the place of one that was refused', async () => {
    const bench = await askingPhone();
    for (let count = 1; count <= 3; count++) {
      await bench.clock.runWhile(() => asked(bench).length < count, DAY_MS);
      bench.phone.send({ type: 'question.answer', answer: 'no' });
    }
    await bench.clock.runFor(2 * HOUR_MS + MINUTE_MS);
    expect(triggers(bench)).toEqual(['poll']);
    await bench.clock.runFor(DAY_MS);
    expect(triggers(bench)).toEqual(['poll', 'poll']);
  });

  test('check-sync joins a question that is shown', async () => {
    const bench = await askingPhone();
    bench.phone.send({ type: 'check-sync.accept', manner: 'dialogue' });
    expect(asked(bench)).toHaveLength(1);
    expect(bench.factsOf('problem.told').map(({ code }) => code)).toContain('CHECK_IGNORED');
  });
});

describe('check-sync', () => {
  test('below 4.3 it waits for a key without limit', async () => {
    const bench = polling({}, { flash: { user: '1@a.b' } });
    await bench.follow('phone.resume');
    bench.phone.send({ type: 'check-sync.accept', manner: 'key' });
    await bench.clock.runFor(HOUR_MS);
    expect(triggers(bench)).toEqual([]);
    bench.phone.send({ type: 'question.answer', answer: 'yes' });
    expect(triggers(bench)).toEqual(['check-sync']);
  });

  test('in silence it begins at once', async () => {
    const bench = polling({}, { flash: { user: '1@a.b' } });
    await bench.follow('phone.resume');
    bench.phone.send({ type: 'check-sync.accept', manner: 'silent' });
    expect(triggers(bench)).toEqual(['check-sync']);
  });

  const sections = (...names: string[]) => ({
    '1230SIP.cfg': names.map((name) => `[${name}]\nVERSION 000002\nFILENAME a\nPROTOCOL HTTP\n`).join(''),
    a: '%%\n',
  });
  const quiet: [title: string, software: string, quirk: 'yes' | 'no', names: string[], dnd: number][] = [
    ['from 4.3 on a dialing plan alone leaves DND off', 'SIP12x004.04.09.00', 'yes', ['DIALING_PLAN'], 0],
    ['an image turns it on', 'SIP12x004.04.09.00', 'yes', ['DIALING_PLAN', 'IMAGES'], 1],
    ['below 4.3 it is on from the start', 'SIP12x004.01.13.00', 'yes', ['DIALING_PLAN'], 1],
    ['with quirk quietSections=no too', 'SIP12x004.04.09.00', 'no', ['DIALING_PLAN'], 1],
  ];
  test.for(quiet)('%s', async ([, software, quietSections, names, dnd]) => {
    const bench = polling(
      {},
      { files: sections(...names), flash: { software, user: '1@a.b' }, quirks: { quietSections } },
    );
    await bench.follow('phone.resume');
    bench.phone.send({ type: 'check-sync.accept', manner: 'silent' });
    await bench.clock.runFor(60_000);
    expect(bench.factsOf('dnd.enabled').length).toBe(dnd);
    expect(bench.outcome()).toMatchObject({ state: 'idle', dnd: false });
  });
});

describe('PROMPT', () => {
  const files = {
    '1230SIP.cfg': '[DIALING_PLAN]\nVERSION 000002\nFILENAME a\nPROTOCOL HTTP\nPROMPT YES\n',
    a: '%%\n',
  };
  const prompting = async () => {
    const bench = polling({}, { files });
    await bench.follow('phone.resume');
    bench.phone.send({ type: 'updates.check' });
    await bench.clock.runWhile(() => bench.factsOf('question.asked').length === 0, 60_000);
    return bench;
  };
  const ending = async (bench: Bench) => {
    await bench.clock.runFor(120_000);
    return bench.outcome().sections.map(({ why, result, version }) => `${why} ${result} ${version}`);
  };

  test('Install takes the section', async () => {
    const bench = await prompting();
    bench.phone.send({ type: 'question.answer', answer: 'yes' });
    expect(await ending(bench)).toEqual(['not-stored stored 000002']);
  });

  test('Later skips it and stores no version', async () => {
    const bench = await prompting();
    bench.phone.send({ type: 'question.answer', answer: 'no' });
    expect(await ending(bench)).toEqual(['later none null']);
    expect(bench.outcome().ok).toBe(true);
  });

  test('no key within a minute is Later, with DND on all the while and off after it', async () => {
    const bench = await prompting();
    await bench.clock.runFor(59_999);
    expect(bench.outcome().dnd).toBe(true);
    await bench.clock.runFor(1);
    expect(bench.outcome().dnd).toBe(false);
    expect(await ending(bench)).toEqual(['later none null']);
  });
});

describe('Check for Updates asks first', () => {
  test.for([
    ['yes', ['soft-key'], 'user'],
    ['no', [], 'user'],
    [undefined, [], 'expiry'],
  ] as const)('%s', async ([answer, started, by]) => {
    const bench = polling();
    await bench.follow('phone.resume');
    bench.phone.send({ type: 'updates.ask' });
    if (answer !== undefined) bench.phone.send({ type: 'question.answer', answer });
    await bench.clock.runFor(60_000);
    expect(triggers(bench)).toEqual(started);
    expect(bench.factsOf('question.answered')[0]?.by).toBe(by);
  });
});

describe('calls', () => {
  const up = async (options: BenchOptions = {}) => {
    const bench = polling({}, { flash: { user: '1@a.b' }, ...options });
    await bench.follow('phone.resume');
    return bench;
  };

  test('an incoming call during a check is answered busy, one that was up goes on', async () => {
    const bench = await up();
    bench.phone.send({ type: 'updates.check' });
    bench.phone.send({ type: 'call.incoming' });
    expect(bench.factsOf('call.refused')).toEqual([
      { type: 'call.refused', direction: 'incoming', why: 'dnd' },
    ]);
    await bench.clock.runFor(60_000);
    bench.phone.send({ type: 'call.incoming' });
    bench.phone.send({ type: 'updates.check' });
    await bench.clock.runFor(60_000);
    expect(bench.factsOf('call.started').length).toBe(1);
    expect(bench.factsOf('call.dropped').length + bench.factsOf('call.ended').length).toBe(0);
    bench.phone.send({ type: 'call.end' });
    expect(bench.factsOf('call.ended').length).toBe(1);
  });

  test("with the user's own DND callers hear busy", async () => {
    const bench = await up();
    bench.phone.send({ type: 'dnd.set', on: true });
    bench.phone.send({ type: 'call.incoming' });
    expect(bench.factsOf('call.refused').map(({ why }) => why)).toEqual(['dnd']);
  });

  test('loss of power and a restart drop the call', async () => {
    const bench = await up();
    bench.phone.send({ type: 'call.dial' });
    bench.phone.send({ type: 'phone.reset' });
    await bench.clock.runFor(1);
    expect(bench.factsOf('call.dropped').length).toBe(1);
    await bench.clock.runFor(60_000);
    bench.phone.send({ type: 'call.dial' });
    expect(bench.factsOf('call.refused').map(({ why }) => why)).toEqual(['logged-out']);
    const other = await up();
    other.phone.send({ type: 'call.dial' });
    other.phone.send({ type: 'power.off' });
    expect(other.facts().slice(-2)).toEqual([{ type: 'call.dropped' }, { type: 'power.off' }]);
  });
});

test.for([
  ['YES begins polls', 'NO', 'YES', 1],
  ['NO ends them', 'YES', 'NO', 0],
] as const)('AUTO_UPDATE typed on the phone while it is up: %s', async ([, before, typed, polls]) => {
  const bench = polling({ AUTO_UPDATE: before });
  await bench.follow('phone.resume');
  bench.phone.send({ type: 'setting.type', name: 'AUTO_UPDATE', value: typed });
  await bench.clock.runFor(24 * 3_600_000);
  expect(bench.factsOf('poll.due')).toHaveLength(polls);
  expect(bench.outcome().nextPoll === null).toBe(typed === 'NO');
});
