import { expect, test } from 'vitest';
import { foldFlash } from '../../src/report/flash-fold.ts';
import { benchPhone, image, LANGUAGE_TEXT } from './bench-phone.ts';

const LOGIN = [
  'AUTOLOGIN_ENABLE USE_AUTOLOGIN_ID',
  'AUTOLOGIN_ID_KEY01 1001@example.org',
  'AUTOLOGIN_PASSWD_KEY01 secret',
].join('\n');
const DEVICE = 'SIP_DOMAIN1 example.org\nSERVER_IP1_1 192.0.2.1\nSERVER_IP1_2 192.0.2.1\n';

const files = {
  '1230SIP.cfg': [
    '[FW]',
    'VERSION SIP12x004.04.09.00',
    'FILENAME firmware/SIP12x004.04.09.00.bin',
    'PROTOCOL HTTP',
    '[DEVICE_CONFIG]',
    'VERSION 000001',
    'FILENAME device.cfg',
    'PROTOCOL HTTP',
    '[LANGUAGE]',
    'VERSION 000001',
    'PROTOCOL HTTP',
    'FILENAME French.lng',
    '[USER_CONFIG]',
    'DOWNLOAD_MODE FORCED',
    'VERSION 000001',
    'PROTOCOL HTTP',
    '',
  ].join('\n'),
  'firmware/SIP12x004.04.09.00.bin': image('SIP12x004.04.09.00'),
  'device.cfg': DEVICE,
  'French.lng': LANGUAGE_TEXT,
  'SIP001B4F123001.cfg': LOGIN,
};

test('a factory phone upgrades, restarts once, takes the rest and logs in', async () => {
  const bench = benchPhone({ files });
  await bench.follow('power.on');
  const outcome = bench.outcome();
  expect(outcome).toMatchObject({
    ok: true,
    state: 'idle',
    reboots: 1,
    dnd: false,
    phone: { software: 'SIP12x004.04.09.00' },
    flash: {
      versions: {
        FW: 'SIP12x004.04.09.00',
        DEVICE_CONFIG: '000001',
        LANGUAGE: '000001',
        USER_CONFIG: '000001',
      },
      files: { LANGUAGE: ['French.lng'] },
    },
  });
  expect(outcome.requests.map((request) => request.file)).toEqual([
    '1230SIP.cfg',
    'firmware/SIP12x004.04.09.00.bin',
    '1230SIP.cfg',
    'device.cfg',
    'French.lng',
    'SIP001B4F123001.cfg',
  ]);
});

test('what the facts say of flash is what flash holds', async () => {
  const bench = benchPhone({ files });
  await bench.follow('power.on', 'updates.check', 'power.off', 'power.on');
  const { mac, software, image: state, versions, settings, userDnd, lastPollDate } = bench.flash.read();
  expect(foldFlash(bench.entries)).toMatchObject({
    mac,
    software,
    image: state,
    versions,
    settings,
    userDnd,
    lastPollDate,
  });
});

test('a second check asks for the provisioning file and what is FORCED, and for nothing else', async () => {
  const bench = benchPhone({ files });
  await bench.follow('power.on');
  const before = bench.factsOf('file.requested').length;
  await bench.follow('updates.check');
  expect(
    bench
      .factsOf('file.requested')
      .slice(before)
      .map((fact) => fact.file),
  ).toEqual(['1230SIP.cfg', 'SIP001B4F123001.cfg']);
});

test('the same seed tells the same facts at the same times', async () => {
  const run = async () => {
    const bench = benchPhone({ files, timings: 'field', seed: 'again' });
    await bench.follow('power.on');
    return bench.entries;
  };
  expect(await run()).toEqual(await run());
});

test('durations are drawn within the field table', async () => {
  const bench = benchPhone({ files, timings: 'field' });
  await bench.follow('power.on');
  const at = (type: string) => bench.entries.find((entry) => entry.event.type === type)?.at ?? Number.NaN;
  expect(at('software.started')).toBeGreaterThanOrEqual(8_000);
  expect(at('software.started')).toBeLessThanOrEqual(12_000);
  const written = at('firmware.written') - at('firmware.writing');
  expect(written).toBeGreaterThanOrEqual(60_000);
  expect(written).toBeLessThanOrEqual(90_000);
});

test('without a server the phone comes up with what flash holds', async () => {
  const bench = benchPhone({ server: 'unknown' });
  await bench.follow('power.on');
  expect(bench.outcome()).toMatchObject({ ok: false, state: 'login', requests: [] });
});
