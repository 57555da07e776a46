import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { geometries } from '../../src/display/geometry.ts';
import { blankLcd, type Lcd, redraw } from '../../src/display/lcd.ts';
import type { MenuName } from '../../src/events/menu-names.ts';
import type { Fact, PhoneEvent } from '../../src/events/phone-event.ts';
import { type Model, models, type SectionName } from '../../src/provisioning/words.ts';
import {
  aLease,
  atIdle,
  checkFinished,
  checkStarted,
  decided,
  failed,
  flashRead,
  powerUp,
  requested,
  written,
} from '../report/journals.ts';
import { anyStory } from './any-fact.ts';

function panel(events: readonly PhoneEvent[], model: Model = '1230'): Lcd {
  return events.reduce(redraw, blankLcd(model));
}

/**
 * Lines without the blanks that fill them, down to the last that says something; then the soft keys, when
 * there are any.
 */
function read({ lines, softKeys }: Lcd): string[] {
  const texts = lines.map((line) => line.trimEnd());
  const said = texts.slice(0, texts.findLastIndex((text) => text !== '') + 1);
  return softKeys.some((key) => key !== '') ? [...said, softKeys.join('|')] : said;
}

const image = requested({ request: 2, section: 'FW', index: 1, file: 'SIP12x004.04.09.00.bin' });
const refused = {
  type: 'file.refused',
  check: 1,
  index: 1,
  section: 'FW',
  file: 'x',
  message: 'no',
} as const;
const idleKeys = 'Redial|Msgs|Srvcs|More..';

const opened = (menu: MenuName, item = 1): PhoneEvent => ({ type: 'menu.opened', menu, item });
const asked = (question: Fact<'question.asked'>['question'], section?: SectionName): PhoneEvent => ({
  type: 'question.asked',
  question,
  expiresInMs: 60_000,
  ...(section !== undefined && { section }),
});
const fingerprintAsked: PhoneEvent = { ...asked('enter-fingerprint'), file: 'root.pem' } as PhoneEvent;
const passwordAsked: PhoneEvent = { ...asked('pkcs12-password'), file: 'dev.p12' } as PhoneEvent;
const refusedCheck: PhoneEvent = { type: 'update.refused', trigger: 'soft-key', why: 'logged-out' };

const noOffer: PhoneEvent = {
  ...{ type: 'dhcp.failed', code: 'NO_OFFER', message: 'no DHCP server made an offer', follows: 'series' },
};
const leaseLost: PhoneEvent = { type: 'dhcp.lost', address: '10.0.0.5', why: 'expired' };

const screens: [title: string, events: PhoneEvent[], expected: string[]][] = [
  ['no power: nothing', [], []],
  [
    'asking for an address, before the software starts',
    [{ type: 'power.on' }, flashRead(), { type: 'dhcp.started', series: 1, seriesMax: 10 }],
    ['Starting DHCP...'],
  ],
  [
    'nobody offers one',
    [{ type: 'power.on' }, flashRead(), { type: 'dhcp.started', series: 1, seriesMax: 10 }, noOffer],
    ['DHCP server unreachable'],
  ],
  [
    'a phone that is up and loses its lease says so where it stands',
    [...powerUp(), ...atIdle, leaseLost, { type: 'dhcp.started', series: 1, seriesMax: null }, noOffer],
    ['Nortel SIP Client', '2001@example.com', '', '', '', '', '', '', 'DHCP error', idleKeys],
  ],
  [
    'until it has another',
    [...powerUp(), ...atIdle, leaseLost, { type: 'dhcp.leased', lease: aLease, sourceAddress: null }],
    ['Nortel SIP Client', '2001@example.com', idleKeys],
  ],
  ['power on: maker and model', [{ type: 'power.on' }, flashRead()], ['Avaya', '1230 IP Phone']],
  [
    'the model is the one flash tells',
    [{ type: 'power.on' }, flashRead({ model: '1220' })],
    ['Avaya', '1220 IP Phone'],
  ],
  ['boot loader', [{ type: 'boot-loader.started' }], ['Boot loader', 'Starting...']],
  [
    'boot loader that counts down',
    [{ type: 'boot-loader.started', startsInMs: 8200 }],
    ['Boot loader', 'Starting in 08 s'],
  ],
  [
    'software',
    [flashRead(), { type: 'software.started', software: 'SIP12x004.01.13.00' }],
    ['1230 IP Phone', 'Starting...', 'SIP12x004.01.13.00'],
  ],
  ['network', powerUp(), ['Connecting...', 'IP: 127.0.0.1']],
  [
    'looking for the server',
    [...powerUp(), { type: 'update.started', check: 1, trigger: 'power-up', server: 'tftp://10.1.2.3:69' }],
    ['Locating server', 'tftp://10.1.2.3:69'],
  ],
  [
    'a file of a group, its long name on the next line',
    [requested({ request: 4, section: 'USER_CONFIG', index: 4, file: 'SIP001B4F123001.cfg' })],
    ['Downloading updates', 'File:', 'SIP001B4F123001.cfg'],
  ],
  [
    'languages',
    [requested({ request: 4, section: 'LANGUAGE', file: 'French.lng' })],
    ['Updating languages', 'File: French.lng'],
  ],
  [
    'firmware with its percents',
    [
      image,
      { type: 'file.opened', request: 2, sizeBytes: 1000 },
      { type: 'file.progressed', request: 2, bytes: 586, sizeBytes: 1000 },
    ],
    ['Updating FW...', '58 %', 'Do not switch off'],
  ],
  [
    'firmware of unknown size',
    [image, { type: 'file.progressed', request: 2, bytes: 586_000, sizeBytes: null }],
    ['Updating FW...', '586 kB', 'Do not switch off'],
  ],
  [
    'firmware that sends more than it said',
    [image, { type: 'file.progressed', request: 2, bytes: 2000, sizeBytes: 1000 }],
    ['Updating FW...', '100 %', 'Do not switch off'],
  ],
  [
    'writing',
    [{ type: 'firmware.writing', from: 'SIP12x004.01.13.00', to: 'SIP12x004.04.09.00' }],
    ['Writing...', 'SIP12x004.04.09.00', 'Do not switch off'],
  ],
  ['written', [{ type: 'firmware.written', software: 'x' }], ['Finished']],
  ['identical', [{ type: 'firmware.identical', software: 'x' }], ['FW identical']],
  ['restarting at once', [{ type: 'phone.restarting', why: 'firmware', inMs: 0 }], ['Restarting...']],
  [
    'restarting later',
    [{ type: 'phone.restarting', why: 'configuration', inMs: 24_000 }],
    ['Restarting in 24 s'],
  ],
  [
    'recovery',
    [{ type: 'recovery.started', attempt: 2, attemptsMax: 10 }],
    ['Recovering FW 2 of 10', 'Attempting download...', 'Do not switch off'],
  ],
  [
    'recovery that waits',
    [{ type: 'recovery.failed', attempt: 2, retryInMs: 60_000 }],
    ['Recovery failed', 'Next try in 60 s'],
  ],
  ['recovery given up', [{ type: 'recovery.failed', attempt: 10, retryInMs: null }], ['Recovery failed']],
  ['login', [flashRead(), { type: 'login.shown', why: '' }], ['1230 IP Phone', 'Login', 'Login||Srvcs|']],
  [
    'login with its reason',
    [flashRead(), { type: 'login.refused', user: 'a@b', why: 'unknown domain' }],
    ['1230 IP Phone', 'Login', 'unknown domain', 'Login||Srvcs|'],
  ],
  [
    'logging in',
    [{ type: 'login.started', user: '2001@example.com', how: 'automatic' }],
    ['Logging in user', '2001@example.com'],
  ],
  [
    'login banner, wrapped, OK to go on',
    [{ type: 'banner.shown', text: 'Authorised use only.\nAll calls are recorded.' }],
    ['Authorised use only.', 'All calls are recorded.', 'OK|||'],
  ],
  [
    'idle with the factory banner',
    [flashRead(), ...atIdle],
    ['Nortel SIP Client', '2001@example.com', idleKeys],
  ],
  [
    'idle with the banner of flash',
    [flashRead({ settings: { BANNER: { value: 'ACME', from: 'file' } } }), ...atIdle],
    ['ACME', '2001@example.com', idleKeys],
  ],
  [
    'idle with a banner that just came',
    [
      flashRead(),
      ...atIdle,
      written({ change: 'settings', values: { BANNER: { value: 'NEW', from: 'file' } } }),
    ],
    ['NEW', '2001@example.com', idleKeys],
  ],
  [
    'idle after a factory reset of the banner',
    [
      flashRead({ settings: { BANNER: { value: 'ACME', from: 'file' } } }),
      ...atIdle,
      written({ change: 'settings-erased', names: ['BANNER'] }),
    ],
    ['Nortel SIP Client', '2001@example.com', idleKeys],
  ],
  [
    'idle with DND',
    [flashRead(), ...atIdle, { type: 'dnd.enabled', by: 'user' }],
    ['Nortel SIP Client', '2001@example.com', 'Do Not Disturb', idleKeys],
  ],
  [
    'idle in a call',
    [flashRead(), ...atIdle, { type: 'call.started', direction: 'incoming' }],
    ['Nortel SIP Client', '2001@example.com', 'In call', idleKeys],
  ],
  ['the question before a check', [...atIdle, asked('check-updates')], ['Check for updates?', 'Yes|No||']],
  [
    'the question about a scheduled update',
    [...atIdle, asked('scheduled-update')],
    ['Scheduled operation', 'Check for updates now?', 'Yes|No||'],
  ],
  [
    'the question about a remote update is the same',
    [...atIdle, asked('remote-update')],
    ['Scheduled operation', 'Check for updates now?', 'Yes|No||'],
  ],
  [
    'the question about a section',
    [asked('install-section', 'TONES')],
    ['Updates available', 'Upgrade [TONES]?', 'Instal|Later||'],
  ],
  [
    'the question whether a fingerprint is right',
    [
      {
        type: 'question.asked',
        question: 'accept-fingerprint',
        file: 'root.pem',
        fingerprint: 'AB:CD:EF:01:23:45:67:89:AB',
        expiresInMs: 60_000,
      },
    ],
    ['Accept root.pem?', 'AB:CD:EF:01:23:45:67:89:', 'AB', 'Yes|No||'],
  ],
  [
    'a fingerprint as it is typed in',
    [fingerprintAsked, { type: 'answer.typed', question: 'enter-fingerprint', text: 'ABCD' }],
    ['Fingerprint of root.pem?', 'ABCD', 'OK|Clear||'],
  ],
  [
    'a password as it is typed in is hidden',
    [passwordAsked, { type: 'answer.typed', question: 'pkcs12-password', text: 'secret' }],
    ['Password of dev.p12?', '******', 'OK|Clear||'],
  ],
  [
    'what was typed for another question is not taken over',
    [passwordAsked, { type: 'answer.typed', question: 'enter-fingerprint', text: 'AB' }],
    ['Password of dev.p12?', 'OK|Clear||'],
  ],
  [
    'a provisioning file that does not authenticate',
    [
      {
        type: 'provisioning-file.refused',
        check: 1,
        file: '1230SIP.cfg',
        code: 'AUTHENTICATION_FAILED',
        message: 'no',
      },
    ],
    ['[1230SIP.cfg]', 'Authentication Failed'],
  ],
  [
    'a check that is refused says why, where the phone stands',
    [flashRead(), { type: 'login.shown', why: '' }, refusedCheck],
    ['1230 IP Phone', 'Login', '', '', '', '', '', '', 'Log in first', 'Login||Srvcs|'],
  ],
  [
    'the menu of services, from 4.4 on',
    [flashRead({ software: 'SIP12x004.04.09.00' }), ...atIdle, opened('services', 4)],
    [
      'Services',
      ' 1 Search',
      ' 2 Login',
      ' 3 Logout',
      '>4 Check for Updates',
      ' 5 Reset Phone',
      ' 6 File Manager',
      ' 7 Logging System',
      ' 8 Phone Information',
      'Select|||Back',
    ],
  ],
  [
    'below 4.4 System holds Erase User Data',
    [flashRead(), ...atIdle, opened('system', 3)],
    ['System', ' 1 Login', ' 2 Logout', '>3 Erase User Data', 'Select|||Back'],
  ],
  [
    'a small panel shows the item with the cursor',
    [flashRead({ model: '1210' }), ...atIdle, opened('services', 8)],
    ['Services', ' 6 System', ' 7 Logging System', '>8 Phone Information', 'Select|||Back'],
  ],
  [
    'more soft keys of the idle screen',
    [flashRead(), ...atIdle, opened('more-keys')],
    ['Nortel SIP Client', '2001@example.com', 'DND|Prefs||More..'],
  ],
  [
    'a prompt with what was typed',
    [flashRead(), opened('login-user'), { type: 'text.typed', menu: 'login-user', text: '2001@example.com' }],
    ['User ID:', '2001@example.com', 'OK|Clear||Back'],
  ],
  [
    'a password is not shown',
    [flashRead(), opened('admin-password'), { type: 'text.typed', menu: 'admin-password', text: '2656' }],
    ['Admin password:', '****', 'OK|Clear||Back'],
  ],
  ['a question of a menu', [flashRead(), opened('reset')], ['Reset Phone?', 'Yes|No||']],
  [
    'what the phone is',
    [flashRead(), ...atIdle, opened('phone-information')],
    [
      'Phone Information',
      'Load Ver:',
      'SIP12x004.01.13.00',
      'User: 2001@example.com',
      'MAC: 001B4F123001',
      '|||Back',
    ],
  ],
  [
    'what the last check used',
    [...powerUp(), ...checkStarted([]), checkFinished(), ...atIdle, opened('ip-information')],
    [
      'IP Set & DHCP',
      'information',
      'IP: 127.0.0.1',
      ' URL:',
      'http://127.0.0.1:8080',
      ' Protocol: HTTP',
      '|||Back',
    ],
  ],
  [
    'the domains that can log in',
    [
      flashRead({ settings: { SIP_DOMAIN1: { value: 'example.com', from: 'file' } } }),
      ...atIdle,
      opened('server-settings'),
    ],
    ['Server Settings', 'Domain 1: example.com', '|||Back'],
  ],
  [
    'where AllAut is',
    [flashRead(), ...atIdle, opened('device-settings')],
    [
      'Device Settings',
      '>1 Server URL',
      '',
      ' 2 Protocol',
      '',
      ' 3 Device ID',
      '',
      ' 4 Password',
      'Select|AllAut|Apply|Cancel',
    ],
  ],
  [
    'Device Settings as they were filled in, without passwords',
    [
      flashRead({
        settings: {
          PROVISIONING_PROTOCOL: { value: 'FTP', from: 'manual' },
          PROVISIONING_PASSWORD: { value: 'sesame', from: 'manual' },
        },
      }),
      ...atIdle,
      opened('device-settings'),
      { type: 'setting.entered', setting: 'PROVISIONING_URL', value: 'me:secret@10.0.0.5' },
      { type: 'setting.entered', setting: 'PROVISIONING_ID', value: 'phone' },
    ],
    [
      'Device Settings',
      '>1 Server URL',
      '  me:***@10.0.0.5',
      ' 2 Protocol',
      '  FTP',
      ' 3 Device ID',
      '  phone',
      ' 4 Password',
      '  ********',
      'Select|AllAut|Apply|Cancel',
    ],
  ],
  [
    'a wrong server',
    [flashRead(), ...atIdle, opened('wrong-server-url')],
    ['"Server url" is', 'incorrect.', 'Enter 1 to 49 characters', '|||Back'],
  ],
  [
    'a wrong Device ID',
    [flashRead(), ...atIdle, opened('wrong-device-id')],
    ['"Device ID" is', 'incorrect.', 'Enter 4 to 20 characters', '|||Back'],
  ],
  [
    'a wrong password for it',
    [flashRead(), ...atIdle, opened('wrong-device-password')],
    ['"Password" is incorrect.', 'Enter 4 to 12 characters', '|||Back'],
  ],
  [
    'a question answered with Later',
    [decided({ section: 'TONES' }, { action: 'skip', why: 'later' })],
    ['[TONES] skipped'],
  ],
  [
    'the provisioning file is missing',
    [requested({ request: 1, file: '1230SIP.cfg' }), failed(1)],
    ['Cannot download', '1230SIP.cfg file'],
  ],
  [
    'the server cannot be reached',
    [requested({ request: 1, file: '1230SIP.cfg' }), failed(1, { code: 'UNREACHABLE' })],
    ['Server unreachable'],
  ],
  [
    "a section's file is missing",
    [requested({ request: 2, section: 'TONES', index: 2, file: 'a.wav' }), failed(2)],
    ['[TONES] update failed'],
  ],
  ['the image is missing', [image, failed(2)], ['FW update failed']],
  [
    'the image is refused for its signature',
    [{ ...refused, code: 'AUTHENTICATION_FAILED' }],
    ['[FW] Authentication', 'Failed'],
  ],
  [
    'the image is for other hardware',
    [{ ...refused, code: 'WRONG_HARDWARE' }],
    ['FW not supported on this', 'hardware'],
  ],
  [
    'the image is for other hardware by its name, and not asked for',
    [
      {
        type: 'section.decided',
        check: 1,
        index: 1,
        section: 'FW',
        decision: { action: 'skip', why: 'wrong-hardware' },
        offered: 'SIP1140e04.04.09.00',
        stored: null,
      },
    ],
    ['FW not supported on this', 'hardware'],
  ],
  [
    'a file is not what it should be',
    [{ ...refused, section: 'TONES', code: 'WRONG_FORMAT' }],
    ['[TONES] Wrong file', 'format'],
  ],
  ['a file finds no room', [{ ...refused, section: 'TONES', code: 'STORE_FULL' }], ['[TONES] update failed']],
];

const profile = (banner: string): Fact<'flash.read'>['profiles'] => ({
  '2001@example.com': {
    timezoneOffset: '0',
    contacts: [],
    groups: [],
    keys: [],
    speedDials: [],
    preferences: { 'prefs.banner': { value: banner, before: null } },
  },
});
const banners: [title: string, flash: Partial<Fact<'flash.read'>>, expected: string][] = [
  ['BANNER of the settings', { settings: { BANNER: { value: 'ACME', from: 'file' } } }, 'ACME'],
  [
    "the user's own before it",
    { settings: { BANNER: { value: 'ACME', from: 'file' } }, profiles: profile('Mine') },
    'Mine',
  ],
  [
    'unless FORCE_BANNER is YES',
    {
      settings: { BANNER: { value: 'ACME', from: 'file' }, FORCE_BANNER: { value: 'YES', from: 'file' } },
      profiles: profile('Mine'),
    },
    'ACME',
  ],
];

test.for(banners)('the idle screen has %s', ([, flash, expected]) => {
  expect(read(panel([...powerUp(flash), ...atIdle]))[0]).toBe(expected);
});

/** A check at run time, up to the request for its provisioning file. */
const atWork: PhoneEvent[] = [
  ...powerUp(),
  ...atIdle,
  { type: 'update.started', check: 2, trigger: 'soft-key', server: 'http://127.0.0.1' },
  requested({ request: 9, check: 2, file: '1230SIP.cfg' }),
];

const works: [title: string, events: PhoneEvent[], expected: string[]][] = [
  ['its screen has the keys of idle', atWork, ['Connecting...', 'File: 1230SIP.cfg', idleKeys]],
  [
    'that of a boot has none',
    [...powerUp(), { type: 'update.started', check: 1, trigger: 'power-up', server: 'http://127.0.0.1' }],
    ['Locating server', 'http://127.0.0.1'],
  ],
  [
    'a menu stays open over it',
    [...atWork, opened('logout'), requested({ request: 10, check: 2, file: 'other.cfg' })],
    ['Log out?', 'Yes|No||'],
  ],
  [
    'and left, shows where the check is',
    [
      ...atWork,
      opened('services'),
      requested({ request: 10, check: 2, file: 'other.cfg' }),
      { type: 'menu.closed' },
    ],
    ['Connecting...', 'File: other.cfg', idleKeys],
  ],
  [
    'or that it is over',
    [...atWork, opened('services'), checkFinished(2), { type: 'phone.idle' }, { type: 'menu.closed' }],
    ['Nortel SIP Client', '2001@example.com', idleKeys],
  ],
  [
    'a question lies over the menu',
    [...atWork, opened('services'), asked('install-section', 'TONES')],
    ['Updates available', 'Upgrade [TONES]?', 'Instal|Later||'],
  ],
  [
    'a restart takes the menu',
    [...atWork, opened('services'), { type: 'phone.restarting', why: 'firmware', inMs: 0 }],
    ['Restarting...'],
  ],
];

test.for(works)('while a check runs: %s', ([, events, expected]) => {
  expect(read(panel(events))).toEqual(expected);
});

test('a refusal is said while the check goes on', () => {
  const refusal: PhoneEvent = { type: 'update.refused', trigger: 'soft-key', why: 'check-running' };
  expect(
    panel([...atWork, refusal])
      .lines.at(-1)
      ?.trimEnd(),
  ).toBe('Update is running');
});

test('a page that does not fit is scrolled by its paragraphs', () => {
  const pages = [1, 2, 3].map((item) =>
    read(
      panel([
        ...powerUp({ model: '1210' }),
        ...checkStarted([]),
        checkFinished(),
        ...atIdle,
        opened('ip-information', item),
      ]),
    ).slice(0, -1),
  );
  expect(pages).toEqual([
    ['IP Set & DHCP', 'information', 'IP: 127.0.0.1', ' URL:'],
    ['IP Set & DHCP', 'information', ' URL:', 'http://127.0.0.1:8080'],
    ['IP Set & DHCP', 'information', ' Protocol: HTTP'],
  ]);
});

describe('what the panel reads', () => {
  test.for(screens)('%s', ([, events, expected]) => {
    expect(read(panel(events))).toEqual(expected);
  });
});

test('what failed in the last check stays on the bottom line of login and idle, until the next check', () => {
  const boot = [
    ...powerUp(),
    { type: 'update.started', check: 1, trigger: 'power-up', server: 'x' } as const,
  ];
  const down = panel([
    ...boot,
    requested({ request: 1, file: '1230SIP.cfg' }),
    failed(1, { code: 'TIMEOUT' }),
    checkFinished(1),
    { type: 'login.shown', why: '' },
  ]);
  expect(down.lines.at(-1)).toBe('Server unreachable      ');
  const again = [
    { type: 'update.started', check: 2, trigger: 'poll', server: 'x' } as const,
    checkFinished(2),
  ];
  expect(again.reduce(redraw, down).lines.at(-1)).toBe(' '.repeat(24));
});

test('a check at run time ends at the screen it began from', () => {
  const check = [...checkStarted(['TONES'], { check: 2 }), checkFinished(2, 'nothing-due')];
  expect(panel([...powerUp(), ...atIdle, ...check]).screen).toEqual({ name: 'idle' });
  expect(panel([...powerUp(), { type: 'login.shown', why: '' }, ...check]).screen).toEqual({
    name: 'login',
    why: '',
  });
});

describe('a question lies over the screen that is shown again after it', () => {
  const answered = (question: Fact<'question.asked'>['question']): PhoneEvent => ({
    type: 'question.answered',
    question,
    answer: 'no',
    by: 'user',
  });
  const menu = [...powerUp(), ...atIdle, opened('services', 3)];

  test('a menu', () => {
    const lcd = panel([...menu, asked('remote-update'), answered('remote-update')]);
    expect(lcd.screen).toEqual(panel(menu).screen);
  });

  test('also when one question takes the place of another', () => {
    const events = [...menu, asked('check-updates'), asked('scheduled-update'), answered('check-updates')];
    expect(panel(events).screen).toMatchObject({ name: 'question', question: 'scheduled-update' });
    expect(panel([...events, answered('scheduled-update')]).screen).toEqual(panel(menu).screen);
  });

  test('when it expires and which of three it is are data', () => {
    const question = { ...asked('scheduled-update'), round: 2 } as PhoneEvent;
    expect(panel([...powerUp(), ...atIdle, question]).screen).toEqual({
      name: 'question',
      question: 'scheduled-update',
      section: null,
      file: '',
      fingerprint: '',
      typed: '',
      round: 2,
      expiresInMs: 60_000,
      over: { name: 'idle' },
    });
  });
});

const closings: [title: string, before: PhoneEvent[], expected: string][] = [
  ['at idle', [...atIdle], 'idle'],
  ['at the login screen', [{ type: 'login.shown', why: 'x' }], 'login'],
];

test.for(closings)('menus left %s lead back there', ([, before, expected]) => {
  const events: PhoneEvent[] = [...powerUp(), ...before, opened('services'), { type: 'menu.closed' }];
  expect(panel(events).screen.name).toBe(expected);
});

const callCases: [title: string, events: PhoneEvent[], expected: boolean][] = [
  ['a call is up', [], true],
  ['it was ended', [{ type: 'call.ended' }], false],
  ['it was dropped', [{ type: 'call.dropped' }], false],
  ['the phone restarted', [{ type: 'phone.restarted', why: 'reset' }], false],
  ['power went', [{ type: 'power.off' }], false],
];

test.for(callCases)('the call indicator: %s', ([, events, expected]) => {
  const call: PhoneEvent = { type: 'call.started', direction: 'outgoing' };
  expect(panel([...powerUp(), ...atIdle, call, ...events]).indicators.inCall).toBe(expected);
});

const on = (by: 'user' | 'update'): PhoneEvent => ({ type: 'dnd.enabled', by });
const off = (by: 'user' | 'update'): PhoneEvent => ({ type: 'dnd.disabled', by });
const dndCases: [title: string, events: PhoneEvent[], expected: boolean][] = [
  ['off at first', [], false],
  ['on by the update', [on('update')], true],
  ['off when the update ends', [on('update'), off('update')], false],
  ["still on by the user's own when the update ends", [on('user'), on('update'), off('update')], true],
  ['still on by the update when the user ends his', [on('user'), on('update'), off('user')], true],
  ['on after a start when the user left it on', [flashRead({ userDnd: true })], true],
  [
    "the update's does not survive a restart",
    [on('update'), { type: 'phone.restarted', why: 'reset' }],
    false,
  ],
  ['nothing is lit without power', [on('user'), { type: 'power.off' }], false],
];

describe('the DND indicator is the or of both flags', () => {
  test.for(dndCases)('%s', ([, events, expected]) => {
    expect(panel([...powerUp(), ...events]).indicators.dnd).toBe(expected);
  });
});

test('without power the panel is dark and blank', () => {
  const dark = panel([...powerUp(), ...atIdle, { type: 'power.off' }]);
  expect({ backlight: dark.backlight, read: read(dark) }).toEqual({ backlight: false, read: [] });
});

test.for([
  ['1210', 4],
  ['1220', 5],
  ['1230', 9],
] as const)('a %s has its own number of lines, each of its width', ([model, rows]) => {
  const lcd = panel([flashRead({ model }), { type: 'banner.shown', text: 'word '.repeat(400) }], model);
  expect(lcd.lines.map((line) => line.length)).toEqual(Array.from({ length: rows }, () => 24));
});

test('a fact that changes nothing gives the same panel back', () => {
  const lcd = panel([...powerUp(), ...atIdle]);
  expect(redraw(lcd, { type: 'poll.not-scheduled', because: 'auto-update-off' })).toBe(lcd);
});

test('any story can be shown on any model, and always fits the panel', () => {
  fc.assert(
    fc.property(fc.constantFrom(...models), anyStory, (model, story) => {
      const lcd = panel(story, model);
      const { rows, columns } = geometries[lcd.model];
      expect(lcd.lines.map((line) => [...line].length)).toEqual(Array.from({ length: rows }, () => columns));
      expect(lcd.softKeys.every((key) => key.length <= 6)).toBe(true);
    }),
  );
});
