import { describe, expect, test } from 'vitest';
import type { FlashContents } from '../../src/device/flash-contents.ts';
import type { PhoneEvent } from '../../src/events/phone-event.ts';
import { handsetFor } from '../../src/phone/handset.ts';
import { type BenchOptions, benchPhone, type Tree } from './bench-phone.ts';

const LIMIT_MS = 60 * 60 * 1000;

const settings = {
  AUTOLOGIN_ENABLE: { value: 'YES', from: 'file' },
  SIP_DOMAIN1: { value: 'example.com', from: 'file' },
  SERVER_IP1_1: { value: '10.0.0.1', from: 'file' },
} satisfies FlashContents['settings'];

const stored: Partial<FlashContents> = {
  settings,
  user: '2001@example.com',
  versions: { LANGUAGE: '000001' },
};
const nothingDue: Tree = { '1230SIP.cfg': '[LANGUAGE]\nVERSION 000001\nFILENAME a.lng\n' };
const askingFirst: Tree = {
  '1230SIP.cfg': '[LANGUAGE]\nVERSION 000002\nFILENAME a.lng\nPROTOCOL HTTP\nPROMPT YES\n',
  'a.lng': '##1 language file\r\n##2 1200 SIP\r\n##3 ver SIP 4.4.9.0\r\nhello=Bonjour\r\n',
};

/** A phone at rest after its boot, with a handset. */
async function desk(options: BenchOptions = {}) {
  const bench = benchPhone({ files: nothingDue, ...options, flash: { ...stored, ...options.flash } });
  const handset = handsetFor(bench.phone, bench.journal);
  await bench.follow('power.on');
  const booted = bench.entries.length;
  return {
    ...bench,
    handset,
    /** Each key is understood at once. */
    press: (...keys: readonly string[]) => keys.map((key) => handset.press(key)),
    rest: () => bench.clock.runWhile(() => !bench.phone.atRest(), LIMIT_MS),
    /** Types of the facts since the boot, without those of the panel itself. */
    since: () =>
      bench
        .facts()
        .slice(booted)
        .map(({ type }) => type)
        .filter((type) => !/^(menu|text)\./.test(type)),
    last: <T extends PhoneEvent['type']>(type: T) => bench.factsOf(type).at(-1),
  };
}

const understood = (count: number) => Array.from({ length: count }, () => 'understood');

const older = 'SIP12x004.01.13.00';
const newer = 'SIP12x004.04.09.00';

const paths: [title: string, software: string, keys: string[], facts: PhoneEvent['type'][]][] = [
  ['RENEW and the MAC', older, ['**73639001243123001##'], ['flash.written', 'phone.restarting']],
  ['Check for Updates', older, ['Srvcs', '4'], ['question.asked']],
  ['Check for Updates by its text', newer, ['Srvcs', 'Check for Updates'], ['question.asked']],
  ['Check for Updates by the cursor', newer, ['Srvcs', 'Down', 'Down', 'Down', 'Enter'], ['question.asked']],
  [
    'Check for Updates and No',
    older,
    ['Srvcs', '4', 'No'],
    ['question.asked', 'question.answered', 'phone.idle'],
  ],
  ['Logout', older, ['Srvcs', '3', 'Yes'], ['logout.done', 'flash.written', 'login.shown']],
  [
    'Logout by System',
    older,
    ['Srvcs', 'System', 'Logout', 'Yes'],
    ['logout.done', 'flash.written', 'login.shown'],
  ],
  ['Reset Phone', newer, ['Srvcs', '5', 'secret', 'OK', 'Yes'], ['phone.restarting']],
  ['Erase User Data', older, ['Srvcs', 'System', '3', 'Yes'], ['flash.written', 'phone.restarting']],
  [
    'deleting the system file',
    newer,
    ['Srvcs', '6', 'System file', 'Yes'],
    ['flash.written', 'phone.restarting'],
  ],
  ['DND', older, ['More..', 'DND'], ['flash.written', 'dnd.enabled']],
  [
    'DND on and off',
    older,
    ['More..', 'DND', 'DND'],
    ['flash.written', 'dnd.enabled', 'flash.written', 'dnd.disabled'],
  ],
  ['a call and its end', older, ['Redial', 'Goodbye'], ['call.started', 'call.ended']],
  ['looking around does nothing to the phone', newer, ['Srvcs', '8', 'Back', 'Quit'], []],
];

describe('every path of keys ends in its command', () => {
  test.for(paths)('%s', async ([, software, keys, facts]) => {
    const phone = await desk({ flash: { software } });
    expect(phone.press(...keys)).toEqual(understood(keys.length));
    const told = phone.since();
    expect(told.slice(0, facts.length)).toEqual(facts);
    if (facts.at(-1) !== 'phone.restarting') expect(told).toEqual(facts);
  });
});

test('Network is behind the admin password, and AllAut in its Device Settings', async () => {
  const manual = { ...settings, SNTP_SERVER: { value: '10.0.0.9', from: 'manual' as const } };
  const phone = await desk({ flash: { settings: manual } });
  const keys = ['More..', 'Prefs', '1', '1234', 'OK'];
  expect(phone.press(...keys)).toEqual(understood(keys.length));
  expect(phone.handset.lcd().lines[0]).toMatch('Wrong password');
  const again = ['Back', 'Network', '26567*738', 'Enter', '2', 'AllAut'];
  expect(phone.press(...again)).toEqual(understood(again.length));
  expect(phone.last('flash.written')).toEqual({
    type: 'flash.written',
    changes: [{ change: 'settings', values: { SNTP_SERVER: { value: '10.0.0.9', from: 'file' } } }],
  });
});

test('a check that is asked for and confirmed runs to its end, and the panel is idle again', async () => {
  const phone = await desk();
  phone.press('Srvcs', '4', 'Yes');
  await phone.rest();
  expect(phone.last('update.finished')).toMatchObject({ trigger: 'soft-key', result: 'nothing-due' });
  expect(phone.handset.lcd().screen).toEqual({ name: 'idle' });
});

test.for([
  ['Install', 'stored'],
  ['Later', 'none'],
] as const)('a section that asks first, and %s', async ([key, result]) => {
  const phone = await desk({ flash: { ...stored } });
  phone.publish(askingFirst);
  phone.press('Srvcs', '4', 'Yes');
  await phone.clock.runWhile(() => phone.handset.lcd().screen.name !== 'question', LIMIT_MS);
  expect(phone.press(key)).toEqual(['understood']);
  await phone.rest();
  expect(phone.last('section.finished')?.result).toBe(result);
  expect(phone.flash.read().versions['LANGUAGE']).toBe(result === 'stored' ? '000002' : '000001');
});

test('logged out, Check for Updates is refused and said on the panel', async () => {
  const phone = await desk({ flash: { user: null } });
  expect(phone.press('Srvcs', '4')).toEqual(understood(2));
  expect(phone.last('update.refused')).toEqual({
    type: 'update.refused',
    trigger: 'soft-key',
    why: 'logged-out',
  });
  expect(phone.handset.lcd().lines.at(-1)?.trim()).toBe('Log in first');
});

test('a user logs in by keys', async () => {
  const phone = await desk({ flash: { user: null } });
  expect(phone.press('Login', '2002', '@example.com', 'OK', 'secret', 'OK')).toEqual(understood(6));
  await phone.rest();
  expect(phone.last('login.succeeded')).toEqual({ type: 'login.succeeded', user: '2002@example.com' });
  expect(phone.handset.lcd().screen).toEqual({ name: 'idle' });
});

test('with USE_AUTOLOGIN_ID the user cannot log off', async () => {
  const automatic = {
    ...settings,
    AUTOLOGIN_ENABLE: { value: 'USE_AUTOLOGIN_ID', from: 'file' as const },
    AUTOLOGIN_ID_KEY01: { value: '2001@example.com', from: 'file' as const },
    AUTOLOGIN_PASSWD_KEY01: { value: 'x', from: 'file' as const },
  };
  const phone = await desk({ flash: { settings: automatic } });
  phone.press('Srvcs', '3', 'Yes');
  expect(phone.since()).toEqual(['logout.refused', 'phone.idle']);
});

test('a key that means nothing tells nothing', async () => {
  const phone = await desk();
  const before = phone.entries.length;
  expect(phone.press('Yes', '4', 'Hold', 'nonsense')).toEqual(Array(4).fill('no-effect'));
  expect(phone.entries.length).toBe(before);
});

test('a phone hears only its own facts', async () => {
  const phone = await desk();
  phone.journal.record('AABBCCDDEEFF', { type: 'power.off' });
  expect(phone.handset.lcd().screen).toEqual({ name: 'idle' });
});

/** A phone in the midst of a check that its user asked for. */
async function deskAtWork() {
  const phone = await desk();
  phone.publish({
    '1230SIP.cfg': '[IMAGES]\nVERSION 000002\nPROTOCOL HTTP\nFILENAME a.png\n',
    'a.png': Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(4000)]),
  });
  phone.press('Srvcs', '4', 'Yes');
  await phone.clock.runWhile(() => phone.last('section.decided') === undefined, LIMIT_MS);
  return phone;
}

test('while a check runs the menus are there, and calls are made', async () => {
  const phone = await deskAtWork();
  expect(phone.press('Redial', 'Srvcs', '8')).toEqual(understood(3));
  expect(phone.last('call.started')?.direction).toBe('outgoing');
  await phone.rest();
  expect(phone.handset.lcd().lines[0]).toMatch('Phone Information');
  phone.press('Quit');
  expect(phone.handset.lcd().screen).toEqual({ name: 'idle' });
});

const later: [title: string, keys: string[], expected: PhoneEvent][] = [
  ['Logout', ['Srvcs', '3', 'Yes'], { type: 'logout.done', user: '2001@example.com' }],
  [
    'Erase User Data',
    ['Srvcs', '6', '3', 'Yes'],
    { type: 'phone.restarting', why: 'user-data-erased', inMs: 0 },
  ],
];

test.for(later)('%s during a check is done at its end', async ([, keys, expected]) => {
  const phone = await deskAtWork();
  expect(phone.press(...keys)).toEqual(understood(keys.length));
  expect(phone.last(expected.type)).toBeUndefined();
  await phone.clock.runWhile(() => phone.last(expected.type) === undefined, LIMIT_MS);
  expect(phone.last(expected.type)).toEqual(expected);
  expect(phone.last('update.finished')?.result).not.toBe('cut');
});

test('the one who logged in last stands in the prompt after a reboot', async () => {
  const phone = await desk({
    flash: { settings: { ...settings, AUTOLOGIN_ENABLE: { value: 'NO', from: 'file' } } },
  });
  phone.press('Login', 'Clear', '2002@example.com', 'OK', 'secret', 'OK');
  await phone.rest();
  await phone.follow('power.off', 'power.on');
  phone.press('Login');
  expect(phone.handset.lcd().lines[1]?.trim()).toBe('2002@example.com');
});
