import { expect, test } from 'vitest';
import { sleep } from '../../src/clock/clock.ts';
import type { FlashContents } from '../../src/device/flash-contents.ts';
import { type BenchOptions, benchPhone } from '../phone/bench-phone.ts';

const DAY_MS = 86_400_000;

/** A phone that polls at 3 o'clock UTC, without asking. */
function polling(options: BenchOptions = {}) {
  const settings: FlashContents['settings'] = Object.fromEntries(
    Object.entries({ AUTO_UPDATE: 'YES', AUTO_UPDATE_TIME: '10800', DST_ENABLED: 'NO' }).map(
      ([name, value]) => [name, { value, from: 'file' as const }],
    ),
  );
  return benchPhone({
    files: { '1230SIP.cfg': '[LANGUAGE]\nVERSION 000001\nFILENAME a.lng\n' },
    ...options,
    quirks: { stagger: 'none', poll: 'silent' },
    flash: { versions: { LANGUAGE: '000001' }, settings },
  });
}

test('a poll runs on the login screen too', async () => {
  const bench = polling();
  await bench.follow('power.on');
  expect(bench.outcome().state).toBe('login');
  await bench.clock.runFor(DAY_MS);
  expect(bench.factsOf('update.started').map(({ trigger }) => trigger)).toEqual(['power-up', 'poll']);
  expect(bench.factsOf('update.refused')).toEqual([]);
});

test('a poll whose instant comes during a check is lost', async () => {
  // A check that begins a minute before 3 o'clock and takes two.
  const bench = polling({
    door: (loopback) => ({
      async *fetch(request, signal) {
        await sleep(bench.clock, 120_000, signal);
        yield* loopback.fetch(request, signal);
      },
      close: () => loopback.close(),
    }),
  });
  await bench.follow('phone.resume');
  await bench.clock.runFor(Date.UTC(2026, 2, 3, 2, 59) - bench.clock.now());
  bench.phone.send({ type: 'updates.check' });
  await bench.clock.runFor(3_600_000);
  expect(bench.factsOf('poll.due')).toEqual([{ type: 'poll.due', date: '2026-03-03', follows: 'nothing' }]);
  expect(bench.factsOf('update.started').map(({ trigger }) => trigger)).toEqual(['soft-key']);
  expect(bench.factsOf('update.refused')).toEqual([]);
});
