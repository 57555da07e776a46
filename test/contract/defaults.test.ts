import { expect, test } from 'vitest';
import type { FlashContents } from '../../src/device/flash-contents.ts';
import { type BenchOptions, benchPhone } from '../phone/bench-phone.ts';

// What a phone does of itself, with no switch named.

const DAY_MS = 86_400_000;

async function phoneOfItself(values: Record<string, string>, options: BenchOptions = {}) {
  const settings: FlashContents['settings'] = Object.fromEntries(
    Object.entries({ DST_ENABLED: 'NO', ...values }).map(([name, value]) => [
      name,
      { value, from: 'file' as const },
    ]),
  );
  const bench = benchPhone({ files: {}, ...options, flash: { user: '1@a.b', settings, ...options.flash } });
  await bench.follow('phone.resume');
  return bench;
}

test('a phone that no file told to poll does not poll', async () => {
  const bench = await phoneOfItself({});
  expect(bench.outcome()).toMatchObject({ nextPoll: null, noPollBecause: 'auto-update-off' });
});

test('a poll asks the user first', async () => {
  const bench = await phoneOfItself({ AUTO_UPDATE: 'YES' });
  await bench.clock.runWhile(() => bench.factsOf('poll.due').length === 0, 2 * DAY_MS);
  expect(bench.factsOf('poll.due').map(({ follows }) => follows)).toEqual(['question']);
  expect(bench.factsOf('update.started')).toEqual([]);
});

test('a phone whose MAC ends in 5B:52:99:8E polls 44 minutes after AUTO_UPDATE_TIME', async () => {
  const bench = await phoneOfItself({ AUTO_UPDATE: 'YES' }, { flash: { mac: '3CB15B52998E' } });
  expect(bench.outcome().nextPoll).toBe('2026-03-03T00:44:00.000Z');
});

test('with quirk stagger=uniform-seconds the same draw is so many seconds of the window', async () => {
  const bench = await phoneOfItself(
    { AUTO_UPDATE: 'YES' },
    { flash: { mac: '3CB15B52998E' }, quirks: { stagger: 'uniform-seconds' } },
  );
  expect(bench.outcome().nextPoll).toBe('2026-03-03T00:44:25.000Z');
});

test.for([
  ['SIP12x004.01.13.00', [null]],
  ['SIP12x004.03.09.00', []],
  ['SIP12x004.04.09.00', [60_000]],
] as const)('a check-sync is taken as the software takes it: %s', async ([software, questions]) => {
  const bench = await phoneOfItself(
    { REMOTE_CHECK_FOR_UPDATE: 'YES', PROXY_CHECKING: 'NO' },
    { flash: { software } },
  );
  bench.phone.send({ type: 'notify.receive', from: '192.0.2.1', event: 'check-sync' });
  expect(bench.factsOf('question.asked').map(({ expiresInMs }) => expiresInMs)).toEqual(questions);
});

test('a dialing plan alone, after a check-sync, leaves DND off', async () => {
  const bench = await phoneOfItself(
    {},
    {
      files: { '1230SIP.cfg': '[DIALING_PLAN]\nVERSION 000001\nFILENAME a\nPROTOCOL HTTP\n', a: '%%\n' },
      flash: { software: 'SIP12x004.04.09.00' },
    },
  );
  bench.phone.send({ type: 'check-sync.accept', manner: 'silent' });
  await bench.clock.runFor(60_000);
  expect(bench.outcome().sections).toMatchObject([{ section: 'DIALING_PLAN', result: 'stored' }]);
  expect(bench.factsOf('dnd.enabled')).toEqual([]);
});
