import { expect, test } from 'vitest';
import { factoryFlash } from '../../src/device/flash-contents.ts';
import { benchPhone } from '../phone/bench-phone.ts';

const used = {
  userDnd: true,
  user: '1@a.b',
  software: 'SIP12x004.04.09.00',
  versions: { LANGUAGE: '000001', DEVICE_CONFIG: '000007' },
  files: { LANGUAGE: [{ name: 'a.lng' }], TONES: [{ name: 't.wav' }], IMAGES: [{ name: 'i.png' }] },
  settings: {
    BANNER: { value: 'ACME', from: 'file' as const },
    VMAIL: { value: '1', from: 'manual' as const },
  },
  polledDates: ['2026-03-01/2026-03-01'],
  lastPollDate: '2026-03-01',
};

/** What flash holds after a command, with a server that has nothing. */
async function after(type: 'user-data.erase' | 'factory.reset') {
  const bench = benchPhone({ files: {}, flash: used });
  await bench.follow('phone.resume', type);
  return bench.flash.read();
}

test('Erase User Data takes versions, user and DND, and leaves settings and files', async () => {
  expect(await after('user-data.erase')).toEqual({
    ...factoryFlash({ mac: '001B4F123001' }),
    ...used,
    ...{ userDnd: false, user: null, versions: {} },
  });
});

test('a factory reset leaves the running software and nothing else', async () => {
  expect(await after('factory.reset')).toEqual({
    ...factoryFlash({ mac: '001B4F123001' }),
    software: used.software,
  });
});

test('a server that does not answer delays the boot by its limit, and the phone comes up with what it has', async () => {
  const bench = benchPhone({
    files: { '1230SIP.cfg': '' },
    flash: used,
    door: (loopback) => ({
      fetch: (request, signal) =>
        loopback.fetch({ ...request, limits: { ...request.limits, totalMs: 0 } }, signal),
      close: () => loopback.close(),
    }),
  });
  await bench.follow('power.on');
  expect(bench.factsOf('file.failed').map(({ code }) => code)).toEqual(['TIMEOUT']);
  expect(bench.outcome()).toMatchObject({ state: 'login', settings: { BANNER: 'ACME', VMAIL: '1' } });
});
