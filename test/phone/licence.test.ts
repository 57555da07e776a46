import { describe, expect, test } from 'vitest';
import type { FlashContents } from '../../src/device/flash-contents.ts';
import { type BenchOptions, benchPhone } from './bench-phone.ts';

const settings = (values: Record<string, string>): FlashContents['settings'] =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, from: 'file' as const }]));

const automatic = {
  SIP_DOMAIN1: 'a.b',
  SERVER_IP1_1: '192.0.2.1',
  AUTOLOGIN_ENABLE: 'USE_AUTOLOGIN_ID',
  AUTOLOGIN_ID_KEY01: '1001@a.b',
  AUTOLOGIN_PASSWD_KEY01: 'x',
};
const tree = {
  '1230SIP.cfg': [
    '[DEVICE_CONFIG]\nVERSION 000001\nPROTOCOL HTTP\nFILENAME d.cfg',
    '[LICENSING]\nVERSION 000001\nPROTOCOL HTTP\nFILENAME l.lic',
    '',
  ].join('\n'),
  'd.cfg': 'USB_HEADSET UNLOCK\nMAX_LOGINS 4\n',
};
const licensedTree = { ...tree, 'l.lic': 'TOKENS 2 FOR 001B4F123001' };

const phoneOf = (quirks: BenchOptions['quirks'] = {}, files: BenchOptions['files'] = tree) =>
  benchPhone({ quirks, files, flash: { settings: settings(automatic) } });

const cases: [
  title: string,
  licensing: 'ignore' | 'enforce',
  files: NonNullable<BenchOptions['files']>,
  state: string,
  codes: string[],
][] = [
  ['ignore: the user gets in, and it is told', 'ignore', tree, 'idle', ['NO_LICENCE']],
  [
    'enforce: the user stays at the login screen, and it is told',
    'enforce',
    tree,
    'login',
    ['NO_LICENCE', 'LICENCE_REQUIRED'],
  ],
  ['ignore, with a licence: nothing to tell', 'ignore', licensedTree, 'idle', []],
  ['enforce, with a licence: the user gets in', 'enforce', licensedTree, 'idle', []],
  [
    'enforce, with the licence of another phone',
    'enforce',
    { ...licensedTree, 'l.lic': 'FOR 001B4F123002' },
    'login',
    ['NO_LICENCE', 'LICENCE_REQUIRED'],
  ],
  ['enforce, with the feature off', 'enforce', { ...tree, 'd.cfg': 'USB_HEADSET LOCK\n' }, 'idle', []],
];

describe('a licensed feature switched on without a licence', () => {
  test.for(cases)('%s', async ([, licensing, files, state, codes]) => {
    const bench = phoneOf({ licensing }, files);
    await bench.follow('power.on');
    expect(bench.outcome().state).toBe(state);
    const told = bench.factsOf('problem.told').map(({ code }) => code);
    expect(told.filter((code) => ['NO_LICENCE', 'LICENCE_REQUIRED'].includes(code))).toEqual(codes);
  });
});

test('the login screen says which features keep the user out', async () => {
  const bench = phoneOf({ licensing: 'enforce' });
  await bench.follow('power.on');
  const why = 'MAX_LOGINS 4, USB_HEADSET UNLOCK: no licence, and nobody gets in';
  expect(bench.factsOf('login.shown')).toEqual([{ type: 'login.shown', why }]);
  expect(bench.factsOf('login.refused')).toEqual([{ type: 'login.refused', user: '1001@a.b', why }]);
});

test('enforce: a feature that comes while a user is logged in puts that user out', async () => {
  const bench = phoneOf({ licensing: 'enforce' }, { ...tree, 'd.cfg': 'BANNER x\n' });
  await bench.follow('power.on');
  expect(bench.outcome().state).toBe('idle');
  bench.publish({
    ...tree,
    '1230SIP.cfg': tree['1230SIP.cfg'].replaceAll('000001', '000002'),
  });
  await bench.follow('updates.check');
  expect(bench.outcome().state).toBe('login');
  expect(bench.factsOf('login.refused')).toHaveLength(1);
});

test('it is told once, and again when it is another feature', async () => {
  const bench = phoneOf();
  await bench.follow('power.on', 'updates.check', 'updates.check');
  const told = () =>
    bench.factsOf('problem.told').flatMap(({ code, message }) => (code === 'NO_LICENCE' ? [message] : []));
  expect(told()).toHaveLength(1);
  bench.publish({
    '1230SIP.cfg': '[DEVICE_CONFIG]\nDOWNLOAD_MODE FORCED\nVERSION 000001\nPROTOCOL HTTP\nFILENAME d.cfg\n',
    'd.cfg': 'MAX_LOGINS 1\n',
  });
  await bench.follow('updates.check');
  expect(told()).toEqual([
    'MAX_LOGINS 4, USB_HEADSET UNLOCK: licensed, and the phone has no licence',
    'USB_HEADSET UNLOCK: licensed, and the phone has no licence',
  ]);
});

test('that service packages are not emulated is told once', async () => {
  const bench = phoneOf({}, { ...licensedTree, 'd.cfg': 'ENABLE_SERVICE_PACKAGE YES\n' });
  await bench.follow('power.on', 'updates.check', 'power.off', 'power.on');
  expect(bench.factsOf('problem.told').filter(({ code }) => code === 'SERVICE_PACKAGES')).toHaveLength(1);
});
