import { expect, test } from 'vitest';
import type { FlashContents } from '../../src/device/flash-contents.ts';
import { benchPhone, image } from '../phone/bench-phone.ts';

// What users, keys and calls did, and what a phone made of it.

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

test('row 16: a value typed on a refurbished phone masks the file, until a factory reset', async () => {
  const bench = benchPhone({
    files: {
      '1230SIP.cfg': '[DEVICE_CONFIG]\nVERSION 000001\nFILENAME d.cfg\nPROTOCOL HTTP\n',
      'd.cfg': 'SNTP_SERVER 192.0.2.1\n',
    },
    flash: { settings: { SNTP_SERVER: { value: '198.51.100.1', from: 'manual' } }, user: '1@a.b' },
  });
  await bench.follow('power.on');
  expect(bench.outcome().settings['SNTP_SERVER']).toBe('198.51.100.1');
  expect(bench.factsOf('problem.told').map(({ code }) => code)).toContain('MANUAL_VALUE_STAYS');
  await bench.follow('factory.reset');
  expect(bench.outcome().settings['SNTP_SERVER']).toBe('192.0.2.1');
});

test('row 21: an update in a call may restart the phone in the call; so does a reset', async () => {
  const files = {
    '1230SIP.cfg': '[FW]\nVERSION SIP12x004.04.09.00\nFILENAME a.bin\nPROTOCOL HTTP\n',
    'a.bin': image('SIP12x004.04.09.00'),
  };
  const bench = benchPhone({ files, flash: { user: '1@a.b' } });
  await bench.follow('phone.resume');
  bench.phone.send({ type: 'call.dial' });
  await bench.follow('updates.check');
  expect(bench.factsOf('phone.restarted').map(({ why }) => why)).toEqual(['firmware']);
  expect(bench.factsOf('call.dropped')).toHaveLength(1);
  await bench.follow('power.off', 'phone.resume');
  bench.phone.send({ type: 'call.dial' });
  await bench.follow('phone.reset');
  expect(bench.factsOf('call.dropped')).toHaveLength(2);
});

test.for([
  ['SIP12x004.01.13.00', 'waits for a key', [], ['check-sync']],
  ['SIP12x004.03.09.00', 'is silent', ['check-sync'], ['check-sync']],
] as const)('row 22: check-sync on %s %s', async ([software, , before, after]) => {
  const settings: FlashContents['settings'] = {
    REMOTE_CHECK_FOR_UPDATE: { value: 'YES', from: 'file' },
    PROXY_CHECKING: { value: 'NO', from: 'file' },
  };
  const bench = benchPhone({ files: {}, flash: { software, settings, user: '1@a.b' } });
  const triggers = () => bench.factsOf('update.started').map(({ trigger }) => trigger);
  await bench.follow('phone.resume');
  bench.phone.send({ type: 'notify.receive', from: '192.0.2.1', event: 'check-sync' });
  await bench.clock.runFor(MINUTE_MS / 2);
  expect(triggers()).toEqual(before);
  bench.phone.send({ type: 'question.answer', answer: 'yes' });
  expect(triggers()).toEqual(after);
});

test('row 27: No three times, again after two hours; a server that is down after Yes ends it', async () => {
  const settings: FlashContents['settings'] = {
    AUTO_UPDATE: { value: 'YES', from: 'file' },
    DST_ENABLED: { value: 'NO', from: 'file' },
  };
  const bench = benchPhone({
    files: {},
    flash: { settings, user: '1@a.b' },
    door: (loopback) => ({
      fetch: (request, signal) =>
        loopback.fetch({ ...request, limits: { ...request.limits, totalMs: 0 } }, signal),
      close: () => loopback.close(),
    }),
  });
  await bench.follow('phone.resume');
  const asked = () =>
    bench.entries.filter(({ event }) => event.type === 'question.asked').map(({ at }) => at);
  for (const [count, answer] of (['no', 'no', 'no', 'yes'] as const).entries()) {
    await bench.clock.runWhile(() => asked().length <= count, 48 * HOUR_MS);
    bench.phone.send({ type: 'question.answer', answer });
  }
  const [first = 0, ...others] = asked();
  expect(others.map((at) => (at - first) / MINUTE_MS)).toEqual([3, 6, 126]);
  await bench.clock.runFor(20 * HOUR_MS);
  expect(bench.factsOf('file.failed').map(({ code }) => code)).toEqual(['TIMEOUT']);
  expect(asked()).toHaveLength(4);
});
