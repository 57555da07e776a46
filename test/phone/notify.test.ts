import { describe, expect, test } from 'vitest';
import type { Fact } from '../../src/events/phone-event.ts';
import type { PhoneCommand } from '../../src/phone/command.ts';
import { type BenchOptions, type BenchPhone, benchPhone } from './bench-phone.ts';

const PROXY = '192.0.2.10';
const MINUTE_MS = 60_000;

/** A phone that is up with a user, whose files let a proxy ask for a check. */
async function remotePhone(settings: Record<string, string> = {}, options: BenchOptions = {}) {
  const values = { REMOTE_CHECK_FOR_UPDATE: 'YES', SIP_DOMAIN1: 'a.b', SERVER_IP1_1: PROXY, ...settings };
  const bench = benchPhone({
    files: { '1230SIP.cfg': '[LANGUAGE]\nVERSION 000001\nFILENAME a.lng\n' },
    ...options,
    quirks: { checkSync: 'silent', ...options.quirks },
    flash: {
      user: '1@a.b',
      versions: { LANGUAGE: '000001' },
      settings: Object.fromEntries(
        Object.entries(values).map(([name, value]) => [name, { value, from: 'file' as const }]),
      ),
      ...options.flash,
    },
  });
  await bench.follow('phone.resume');
  return bench;
}

const notify = (from = PROXY, event = 'check-sync'): PhoneCommand => ({
  type: 'notify.receive',
  from,
  event,
});
const answers = (bench: BenchPhone) =>
  bench.factsOf('notify.received').map(({ status, outcome, why }) => ({ status, outcome, why }));
const told = (bench: BenchPhone) =>
  bench.factsOf('problem.told').map(({ code, message }) => `${code}: ${message}`);
const triggers = (bench: BenchPhone) => bench.factsOf('update.started').map(({ trigger }) => trigger);

type Answer = Pick<Fact<'notify.received'>, 'status' | 'outcome' | 'why'>;
const asked: Answer = { status: 200, outcome: 'check', why: 'asked' };
const dropped: Answer = { status: null, outcome: 'dropped', why: 'unknown-sender' };

const senders: [
  title: string,
  from: string,
  settings: Record<string, string>,
  notifyFrom: BenchOptions['notifyFrom'],
  expected: Answer,
][] = [
  ['a proxy of the first domain', PROXY, {}, undefined, asked],
  ['the second proxy of the fifth', '192.0.2.52', { SERVER_IP5_2: '192.0.2.52' }, undefined, asked],
  ['a stranger', '192.0.2.66', {}, undefined, dropped],
  ['the address that means none', '0.0.0.0', { SERVER_IP1_1: '192.0.2.9' }, undefined, dropped],
  ['a stranger with PROXY_CHECKING NO', '192.0.2.66', { PROXY_CHECKING: 'NO' }, undefined, asked],
  ['a stranger where anyone may send', '192.0.2.66', {}, 'anyone', asked],
  ['a stranger who is let', '192.0.2.66', {}, ['192.0.2.66'], asked],
  ['a stranger where another is let', '192.0.2.67', {}, ['192.0.2.66'], dropped],
];

test.for(senders)('from %s', async ([, from, settings, notifyFrom, expected]) => {
  const bench = await remotePhone(settings, notifyFrom === undefined ? {} : { notifyFrom });
  bench.phone.send(notify(from));
  expect(answers(bench)).toEqual([expected]);
  expect(triggers(bench)).toEqual(expected.outcome === 'check' ? ['check-sync'] : []);
});

test('one that is dropped is told', async () => {
  const bench = await remotePhone();
  bench.phone.send(notify('192.0.2.66'));
  expect(told(bench)).toEqual([
    'NOTIFY_REFUSED: NOTIFY from 192.0.2.66 dropped: PROXY_CHECKING is YES, and it is none of SERVER_IPx_y',
  ]);
});

test('of another event is answered 489, and what came is told harmlessly', async () => {
  const bench = await remotePhone();
  bench.phone.send(notify(PROXY, 'talk\u001b[2J'));
  expect(answers(bench)).toEqual([{ status: 489, outcome: 'ignored', why: 'other-event' }]);
  expect(told(bench)).toEqual([
    `NOTIFY_REFUSED: NOTIFY from ${PROXY} answered 489: its Event is "talk\\u001b[2J"; expected check-sync`,
  ]);
});

test('with REMOTE_CHECK_FOR_UPDATE NO, as from the factory, it is answered 489', async () => {
  const bench = await remotePhone({ REMOTE_CHECK_FOR_UPDATE: 'NO' });
  bench.phone.send(notify());
  expect(answers(bench)).toEqual([{ status: 489, outcome: 'ignored', why: 'remote-check-off' }]);
  expect(told(bench)).toEqual([
    `NOTIFY_REFUSED: NOTIFY from ${PROXY} answered 489: REMOTE_CHECK_FOR_UPDATE is NO`,
  ]);
  expect(triggers(bench)).toEqual([]);
});

test('with nobody logged in it is answered 481', async () => {
  const bench = await remotePhone();
  bench.phone.send({ type: 'logout' });
  bench.phone.send(notify());
  expect(answers(bench)).toEqual([{ status: 481, outcome: 'ignored', why: 'logged-out' }]);
  expect(told(bench)).toEqual([`NOTIFY_REFUSED: NOTIFY from ${PROXY} answered 481: nobody is logged in`]);
});

test('during a check it is answered 200, ignored and told', async () => {
  const bench = await remotePhone();
  bench.phone.send({ type: 'updates.check' });
  bench.phone.send(notify());
  await bench.clock.runFor(MINUTE_MS);
  expect(answers(bench)).toEqual([{ status: 200, outcome: 'ignored', why: 'check-running' }]);
  expect(told(bench)).toEqual([
    `CHECK_IGNORED: NOTIFY from ${PROXY} answered 200 and ignored: a check is under way`,
  ]);
  expect(triggers(bench)).toEqual(['soft-key']);
});

describe('in the dark it is not heard', () => {
  test.for<[title: string, commands: PhoneCommand[], settings: Record<string, string>]>([
    ['without power', [{ type: 'power.off' }], {}],
    ['in the boot loader', [{ type: 'power.off' }, { type: 'power.on' }], {}],
    ['before a restart', [{ type: 'phone.reset' }], {}],
  ])('%s', async ([, commands, settings]) => {
    const bench = await remotePhone(settings, { timings: 'field' });
    for (const command of commands) bench.phone.send(command);
    bench.phone.send(notify());
    expect(answers(bench)).toEqual([]);
    await bench.clock.runFor(5 * MINUTE_MS);
    expect(triggers(bench)).not.toContain('check-sync');
  });
});

describe('what comes before its check', () => {
  const manners: [software: string, quirk: string, question: number | null | undefined][] = [
    ['SIP12x004.01.13.00', 'by-release', null],
    ['SIP12x004.03.09.00', 'by-release', undefined],
    ['SIP12x004.04.09.00', 'by-release', MINUTE_MS],
    ['SIP12x004.01.13.00', 'silent', undefined],
    ['SIP12x004.01.13.00', 'dialogue', MINUTE_MS],
    ['SIP12x004.04.09.00', 'key', null],
  ];
  test.for(manners)(
    '%s, quirk checkSync=%s: a question for %s ms',
    async ([software, quirk, expiresInMs]) => {
      const bench = await remotePhone({}, { quirks: { checkSync: quirk as never } });
      const flash = bench.flash.read();
      bench.flash.write({ ...flash, software });
      bench.phone.send(notify());
      expect(bench.factsOf('question.asked').map((question) => question.expiresInMs)).toEqual(
        expiresInMs === undefined ? [] : [expiresInMs],
      );
      expect(triggers(bench)).toEqual(expiresInMs === undefined ? ['check-sync'] : []);
    },
  );
});

describe('while its question waits for a key', () => {
  async function waiting(options: BenchOptions = {}, settings: Record<string, string> = {}) {
    const bench = await remotePhone(settings, {
      ...options,
      quirks: { checkSync: 'key', ...options.quirks },
    });
    bench.phone.send(notify());
    return bench;
  }
  const questions = (bench: BenchPhone) => bench.factsOf('question.asked').map(({ question }) => question);

  test('a second one joins it', async () => {
    const bench = await waiting();
    bench.phone.send(notify());
    expect(answers(bench)).toEqual([asked, asked]);
    expect(questions(bench)).toEqual(['remote-update']);
    expect(told(bench)[0]).toMatch(/^CHECK_IGNORED: a check-sync came while/);
    bench.phone.send({ type: 'question.answer', answer: 'yes' });
    expect(triggers(bench)).toEqual(['check-sync']);
  });

  test('a poll joins it', async () => {
    const bench = await waiting(
      { quirks: { stagger: 'none', poll: 'silent' } },
      { AUTO_UPDATE: 'YES', AUTO_UPDATE_TIME: '36000', DST_ENABLED: 'NO' },
    );
    await bench.clock.runFor(3 * 60 * MINUTE_MS);
    expect(bench.factsOf('poll.due').map(({ follows }) => follows)).toEqual(['joined']);
    expect(triggers(bench)).toEqual([]);
  });

  test('Check for Updates does not ask a second question', async () => {
    const bench = await waiting();
    bench.phone.send({ type: 'updates.ask' });
    expect(questions(bench)).toEqual(['remote-update']);
  });

  test('Erase User Data takes it off the screen', async () => {
    const bench = await waiting();
    bench.phone.send({ type: 'user-data.erase' });
    await bench.clock.runFor(MINUTE_MS);
    expect(bench.factsOf('question.answered')).toEqual([
      { type: 'question.answered', question: 'remote-update', answer: 'no', by: 'cancelled' },
    ]);
  });
});
