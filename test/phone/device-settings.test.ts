import { describe, expect, test } from 'vitest';
import type { FlashContents } from '../../src/device/flash-contents.ts';
import { handsetFor } from '../../src/phone/handset.ts';
import { withoutSecrets } from '../../src/report/secrets.ts';
import type { FileRequest } from '../../src/transport/transport.ts';
import { type BenchOptions, benchPhone } from './bench-phone.ts';

const LIMIT_MS = 60 * 60 * 1000;

const toDeviceSettings = ['Srvcs', 'Srvcs', '26567*738', 'OK', 'Device Settings'];
const nothingDue = { '1230SIP.cfg': '[LANGUAGE]\nVERSION 000001\n' };

/** A phone that is up, with a handset, and every request it makes. */
async function desk(options: BenchOptions = {}) {
  const requests: FileRequest[] = [];
  const bench = benchPhone({
    files: nothingDue,
    ...options,
    door: (loopback) => ({
      ...loopback,
      fetch: (request, signal) => {
        requests.push(request);
        return loopback.fetch(request, signal);
      },
    }),
  });
  const handset = handsetFor(bench.phone, bench.journal);
  await bench.follow('power.on');
  return {
    ...bench,
    requests,
    async press(...keys: readonly string[]) {
      expect(keys.map((key) => [key, handset.press(key)])).toEqual(keys.map((key) => [key, 'understood']));
      await bench.clock.runWhile(() => !bench.phone.atRest(), LIMIT_MS);
    },
    asked: () => bench.factsOf('update.started').map(({ server }) => server),
  };
}

const manual = (values: Record<string, string>): Partial<FlashContents> => ({
  settings: Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { value, from: 'manual' as const }]),
  ),
});

test('a phone without a server is given one by its keys, and uses it after the restart', async () => {
  const phone = await desk({ server: 'unknown' });
  expect(phone.asked()).toEqual([]);
  const fields = [
    '1',
    '192.0.2.7:8080/phones',
    'OK',
    '2',
    'HTTP',
    '3',
    'deskphone',
    'OK',
    '4',
    'sesame',
    'OK',
  ];
  await phone.press(...toDeviceSettings, ...fields);
  expect(phone.flash.read().settings).toEqual({});
  await phone.press('Apply&Reset');
  expect(phone.flash.read().settings).toEqual({
    PROVISIONING_URL: { value: '192.0.2.7:8080/phones', from: 'manual' },
    PROVISIONING_PROTOCOL: { value: 'HTTP', from: 'manual' },
    PROVISIONING_ID: { value: 'deskphone', from: 'manual' },
    PROVISIONING_PASSWORD: { value: 'sesame', from: 'manual' },
  });
  expect(phone.factsOf('flash.written').filter(({ changes }) => changes.some(isSetting))).toHaveLength(1);
  expect(phone.factsOf('phone.restarted')).toEqual([{ type: 'phone.restarted', why: 'reset' }]);
  expect(phone.asked()).toEqual(['http://192.0.2.7:8080/']);
  expect(phone.requests).toMatchObject([
    {
      protocol: 'http',
      host: '192.0.2.7',
      port: 8080,
      path: 'phones/1230SIP.cfg',
      user: 'deskphone',
      password: 'sesame',
    },
  ]);
});

test('Cancel forgets what was filled in', async () => {
  const phone = await desk({ server: 'unknown' });
  await phone.press(...toDeviceSettings, '1', 'http://192.0.2.7', 'OK', 'Cancel', 'Device Settings');
  await phone.press('Apply&Reset');
  expect(phone.flash.read().settings).toEqual({});
  expect(phone.asked()).toEqual([]);
});

test('Apply&Reset during a check waits for the running file, then the phone restarts', async () => {
  const phone = await desk();
  phone.phone.send({ type: 'power.off' });
  phone.phone.send({ type: 'power.on' });
  await phone.clock.runWhile(() => phone.asked().length < 2, LIMIT_MS);
  phone.phone.send({ type: 'device-settings.apply', typed: { PROVISIONING_URL: 'http://192.0.2.7' } });
  await phone.clock.runWhile(() => !phone.phone.atRest(), LIMIT_MS);
  expect(phone.asked()).toEqual(['http://127.0.0.1:80/', 'http://127.0.0.1:80/', 'http://192.0.2.7:80/']);
});

test('no fact that leaves the program holds a password that was typed', async () => {
  const phone = await desk({ server: 'unknown' });
  const typed = ['1', 'ftp://me:secret', '@192.0.2.7', 'OK', '4', 'sesame', 'OK', 'Apply&Reset'];
  await phone.press(...toDeviceSettings, ...typed);
  expect(phone.requests).toMatchObject([{ user: 'me', password: 'secret' }]);
  const told = JSON.stringify(phone.facts().map(withoutSecrets));
  expect(told).toMatch('192.0.2.7');
  expect(told).not.toMatch(/secret|sesame/);
  expect(JSON.stringify(phone.outcome())).not.toMatch(/secret|sesame/);
});

const option66 = [{ address: '10.0.0.5', mask: '255.255.255.0', provisioningServer: 'http://192.0.2.66' }];
const noOption66 = [{ address: '10.0.0.5', mask: '255.255.255.0' }];
const typed = { PROVISIONING_URL: 'http://192.0.2.7' };

const precedence: [title: string, phone: BenchOptions, server: string][] = [
  [
    'the server of the command line wins over the typed one',
    { serverOwner: 'foreign', flash: manual(typed) },
    'http://127.0.0.1:80/',
  ],
  ['the typed one wins over the embedded server', { flash: manual(typed) }, 'http://192.0.2.7:80/'],
  [
    'the typed one wins over option 66',
    { server: 'unknown', offers: option66, flash: manual(typed) },
    'http://192.0.2.7:80/',
  ],
  [
    'option 66 wins over one that AllAut made automatic',
    {
      server: 'unknown',
      offers: option66,
      flash: { settings: { PROVISIONING_URL: { value: 'http://192.0.2.7', from: 'file' } } },
    },
    'http://192.0.2.66:80/',
  ],
  [
    'which holds as long as DHCP supplies none',
    {
      server: 'unknown',
      offers: noOption66,
      flash: { settings: { PROVISIONING_URL: { value: 'http://192.0.2.7', from: 'file' } } },
    },
    'http://192.0.2.7:80/',
  ],
  [
    'an address without protocol goes by TFTP unless Protocol says otherwise',
    { server: 'unknown', flash: manual({ PROVISIONING_URL: '192.0.2.7' }) },
    'tftp://192.0.2.7:69/',
  ],
  [
    'its own protocol wins over the field',
    { server: 'unknown', flash: manual({ ...typed, PROVISIONING_PROTOCOL: 'FTP' }) },
    'http://192.0.2.7:80/',
  ],
];

describe('which server a phone asks', () => {
  test.for(precedence)('%s', async ([, options, server]) => {
    const phone = await desk(options);
    expect(phone.asked()).toEqual([server]);
  });
});

test('option 66 that is not taken for a typed server is told', async () => {
  const phone = await desk({ server: 'unknown', offers: option66, flash: manual(typed) });
  expect(phone.factsOf('problem.told').map(({ code }) => code)).toContain('MANUAL_SERVER_STAYS');
});

test('a user of the address itself is never joined with the Password field', async () => {
  const flash = manual({
    PROVISIONING_URL: 'ftp://me@192.0.2.7',
    PROVISIONING_ID: 'deskphone',
    PROVISIONING_PASSWORD: 'sesame',
  });
  const phone = await desk({ server: 'unknown', flash });
  expect(phone.requests).toMatchObject([{ user: 'me' }]);
  expect(phone.requests[0]).not.toHaveProperty('password');
});

test('a configuration file cannot set them', async () => {
  const files = {
    '1230SIP.cfg': '[DEVICE_CONFIG]\nPROTOCOL HTTP\nVERSION 000001\nFILENAME d.dat\n',
    'd.dat': 'PROVISIONING_URL http://192.0.2.7\n',
  };
  const phone = await desk({ files });
  expect(phone.flash.read().settings).toEqual({});
  expect(phone.factsOf('problem.told').map(({ code }) => code)).toContain('UNKNOWN_PARAMETER');
});

test('a factory reset forgets the typed server', async () => {
  const phone = await desk({ server: 'unknown', flash: manual(typed) });
  await phone.follow('factory.reset');
  expect(phone.flash.read().settings).toEqual({});
  expect(phone.asked()).toEqual(['http://192.0.2.7:80/']);
});

function isSetting({ change }: { readonly change: string }): boolean {
  return change === 'settings';
}
