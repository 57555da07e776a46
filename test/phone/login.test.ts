import { expect, test } from 'vitest';
import type { FlashContents } from '../../src/device/flash-contents.ts';
import { newProfile } from '../../src/device/user-profile.ts';
import type { LoginAnswer } from '../../src/phone/command.ts';
import { benchPhone } from './bench-phone.ts';

const settings = (values: Record<string, string>): FlashContents['settings'] =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, from: 'file' as const }]));

const domain = { SIP_DOMAIN1: 'a.b', SERVER_IP1_1: '192.0.2.1', SERVER_IP1_2: '192.0.2.1' };
const automatic = {
  AUTOLOGIN_ENABLE: 'USE_AUTOLOGIN_ID',
  AUTOLOGIN_ID_KEY01: '1001@a.b',
  AUTOLOGIN_PASSWD_KEY01: 'x',
};

const boots: [
  title: string,
  values: Record<string, string>,
  software: string,
  user: string | null,
  state: string,
][] = [
  [
    'AUTOLOGIN_ENABLE NO shows the login screen, whoever was logged in',
    { ...domain, AUTOLOGIN_ENABLE: 'NO' },
    'SIP12x004.04.09.00',
    '1001@a.b',
    'login',
  ],
  [
    'YES logs in who was logged in when power went',
    { ...domain, AUTOLOGIN_ENABLE: 'YES' },
    'SIP12x004.04.09.00',
    '1001@a.b',
    'idle',
  ],
  [
    'YES and nobody before shows the login screen',
    { ...domain, AUTOLOGIN_ENABLE: 'YES' },
    'SIP12x004.04.09.00',
    null,
    'login',
  ],
  ['USE_AUTOLOGIN_ID logs in by itself', { ...domain, ...automatic }, 'SIP12x004.04.09.00', null, 'idle'],
  [
    'USE_AUTOLOGIN_ID without a password does not',
    { ...domain, ...automatic, AUTOLOGIN_PASSWD_KEY01: '' },
    'SIP12x004.04.09.00',
    null,
    'login',
  ],
  [
    'an unknown domain is refused',
    { ...domain, ...automatic, AUTOLOGIN_ID_KEY01: '6003@cyber' },
    'SIP12x004.04.09.00',
    null,
    'login',
  ],
  [
    'without SERVER_IP1_1 the login is refused',
    { SIP_DOMAIN1: 'a.b', ...automatic },
    'SIP12x004.04.09.00',
    null,
    'login',
  ],
  [
    'SERVER_IP1_1 0.0.0.0 means DNS and counts as set',
    { ...domain, ...automatic, SERVER_IP1_1: '0.0.0.0' },
    'SIP12x004.04.09.00',
    null,
    'idle',
  ],
  [
    'SERVER_IP1_2 0.0.0.0 keeps a 4.1 phone out',
    { ...domain, ...automatic, SERVER_IP1_2: '0.0.0.0' },
    'SIP12x004.01.13.00',
    null,
    'login',
  ],
  [
    'SERVER_IP1_2 0.0.0.0 does not keep a 4.4 phone out',
    { ...domain, ...automatic, SERVER_IP1_2: '0.0.0.0' },
    'SIP12x004.04.09.00',
    null,
    'idle',
  ],
  [
    'SERVER_IP1_2 never received keeps nobody out',
    { SIP_DOMAIN1: 'a.b', SERVER_IP1_1: '192.0.2.1', ...automatic },
    'SIP12x004.01.13.00',
    null,
    'idle',
  ],
];

test.for(boots)('%s', async ([, values, software, user, state]) => {
  const bench = benchPhone({ files: {}, flash: { settings: settings(values), software, user } });
  await bench.follow('power.on');
  expect(bench.outcome().state).toBe(state);
});

test('a user logs in by hand, is remembered over loss of power, and logs out', async () => {
  const bench = benchPhone({
    files: {},
    flash: { settings: settings({ ...domain, AUTOLOGIN_ENABLE: 'YES' }) },
  });
  await bench.follow('power.on');
  bench.phone.send({ type: 'login.submit', user: '1002@a.b' });
  await bench.clock.runFor(60_000);
  expect(bench.factsOf('login.started')).toEqual([
    { type: 'login.started', user: '1002@a.b', how: 'manual' },
  ]);
  await bench.follow('power.off', 'power.on');
  expect(bench.outcome().state).toBe('idle');
  bench.phone.send({ type: 'logout' });
  expect(bench.outcome().state).toBe('login');
  expect(bench.factsOf('logout.done')).toEqual([{ type: 'logout.done', user: '1002@a.b' }]);
  await bench.follow('power.off', 'power.on');
  expect(bench.outcome().state).toBe('login');
});

test('a wrong domain typed at the login screen leads back to it', async () => {
  const bench = benchPhone({
    files: {},
    flash: { settings: settings({ ...domain, AUTOLOGIN_ENABLE: 'NO' }) },
  });
  await bench.follow('power.on');
  bench.phone.send({ type: 'login.submit', user: 'me@elsewhere' });
  await bench.clock.runFor(60_000);
  expect(bench.factsOf('login.refused').map(({ why }) => why)).toEqual([
    'unknown domain: "me@elsewhere" ends in none of SIP_DOMAIN1 to SIP_DOMAIN5',
  ]);
  expect(bench.outcome().state).toBe('login');
});

test('under USE_AUTOLOGIN_ID the user cannot log off', async () => {
  const bench = benchPhone({ files: {}, flash: { settings: settings({ ...domain, ...automatic }) } });
  await bench.follow('power.on');
  bench.phone.send({ type: 'logout' });
  expect(bench.factsOf('logout.refused')).toHaveLength(1);
  expect(bench.outcome().state).toBe('idle');
});

test('a logout during a check waits for its end', async () => {
  const bench = benchPhone({
    files: {},
    flash: { settings: settings({ ...domain, AUTOLOGIN_ENABLE: 'YES' }), user: '1@a.b' },
  });
  await bench.follow('power.on');
  bench.phone.send({ type: 'updates.check' });
  bench.phone.send({ type: 'logout' });
  expect(bench.factsOf('logout.done')).toEqual([]);
  await bench.clock.runFor(60_000);
  expect(
    bench
      .facts()
      .slice(-2)
      .map(({ type }) => type),
  ).toEqual(['login.shown', 'flash.written'].toReversed());
  expect(bench.outcome().state).toBe('login');
});

test('auto-login data stays in force after the phone-specific file is gone', async () => {
  const files = {
    '1230SIP.cfg': '[USER_CONFIG]\nDOWNLOAD_MODE FORCED\nVERSION 000001\nPROTOCOL HTTP\n',
    'SIP001B4F123001.cfg': Object.entries({ ...domain, ...automatic })
      .map(([name, value]) => `${name} ${value}\n`)
      .join(''),
  };
  const bench = benchPhone({ files });
  await bench.follow('power.on');
  bench.publish({ '1230SIP.cfg': files['1230SIP.cfg'] });
  await bench.follow('power.off', 'power.on');
  expect(bench.outcome().state).toBe('idle');
});

test('AUTOLOGIN_ENABLE in the device configuration ends the stale login', async () => {
  const own = Object.entries({ ...domain, ...automatic })
    .map(([name, value]) => `${name} ${value}\n`)
    .join('');
  const section = (name: string) =>
    `[${name}]\nDOWNLOAD_MODE FORCED\nVERSION 000001\nPROTOCOL HTTP\nFILENAME d.cfg\n`;
  const files = {
    '1230SIP.cfg': `${section('DEVICE_CONFIG')}${section('USER_CONFIG')}`,
    'd.cfg': 'AUTOLOGIN_ENABLE NO\n',
    'SIP001B4F123001.cfg': own,
  };
  const bench = benchPhone({ files });
  await bench.follow('power.on');
  expect(bench.outcome().state).toBe('idle');
  bench.publish({ '1230SIP.cfg': files['1230SIP.cfg'], 'd.cfg': files['d.cfg'] });
  await bench.follow('power.off', 'power.on');
  expect(bench.outcome().state).toBe('login');
});

const answers: [title: string, answer: LoginAnswer, values: Record<string, string>, expected: string][] = [
  ['a proxy that refuses', 'refuse', {}, 'LOGIN_REFUSED'],
  ['a proxy that accepts', 'accept', { SERVER_IP1_1: '0.0.0.0' }, 'idle'],
  ['a name server that knows no proxy', 'no-dns', { SERVER_IP1_1: '0.0.0.0' }, 'NO_SERVER_IP'],
  ['which nobody asks when an address is set', 'no-dns', {}, 'idle'],
];

test.for(answers)('the story may refuse a login: %s', async ([, answer, values, expected]) => {
  const bench = benchPhone({
    files: {},
    flash: {
      software: 'SIP12x004.04.09.00',
      settings: settings({ ...domain, ...automatic, ...values }),
    },
  });
  bench.phone.send({ type: 'power.on' });
  bench.phone.send({ type: 'logins.answer', answer });
  await bench.clock.runFor(60_000);
  const { state, problems } = bench.outcome();
  const told = problems.filter(({ code }) => ['LOGIN_REFUSED', 'NO_SERVER_IP'].includes(code));
  expect(state === 'login' ? told[0]?.code : state).toBe(expected);
});

test('a second user is told of, and does not log in', async () => {
  const bench = benchPhone({ files: {}, flash: { settings: settings({ ...domain, ...automatic }) } });
  await bench.follow('power.on');
  bench.phone.send({ type: 'login.submit', user: '1002@a.b' });
  await bench.clock.runFor(60_000);
  expect(bench.factsOf('login.started')).toHaveLength(1);
  expect(bench.facts().at(-1)).toMatchObject({ type: 'problem.told', code: 'SECOND_USER' });
});

test('a poll moves when a user logs in whose time is another, and back at logout', async () => {
  const values = { ...domain, AUTOLOGIN_ENABLE: 'NO', AUTO_UPDATE: 'YES', DST_ENABLED: 'NO' };
  const profile = { ...newProfile({}), timezoneOffset: '-3600' };
  const bench = benchPhone({
    files: {},
    quirks: { stagger: 'none' },
    flash: { settings: settings(values), profiles: { '1001@a.b': profile } },
  });
  await bench.follow('power.on');
  bench.phone.send({ type: 'login.submit', user: '1001@a.b' });
  await bench.clock.runFor(60_000);
  bench.phone.send({ type: 'logout' });
  expect(bench.factsOf('poll.scheduled').map(({ instant }) => instant)).toEqual([
    '2026-03-03T00:00:00.000Z',
    '2026-03-03T01:00:00.000Z',
    '2026-03-03T00:00:00.000Z',
  ]);
});
