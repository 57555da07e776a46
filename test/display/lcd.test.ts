import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { geometries } from '../../src/display/geometry.ts';
import { blankLcd, type Lcd, redraw } from '../../src/display/lcd.ts';
import type { PhoneEvent } from '../../src/events/phone-event.ts';
import { type Model, models } from '../../src/provisioning/words.ts';
import {
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

const screens: [title: string, events: PhoneEvent[], expected: string[]][] = [
  ['no power: nothing', [], []],
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
  ['login', [flashRead(), { type: 'login.shown', why: '' }], ['1230 IP Phone', 'Login', 'Login|||']],
  [
    'login with its reason',
    [flashRead(), { type: 'login.refused', user: 'a@b', why: 'unknown domain' }],
    ['1230 IP Phone', 'Login', 'unknown domain', 'Login|||'],
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
    'a file is not what it should be',
    [{ ...refused, section: 'TONES', code: 'WRONG_FORMAT' }],
    ['[TONES] Wrong file', 'format'],
  ],
  ['a file finds no room', [{ ...refused, section: 'TONES', code: 'STORE_FULL' }], ['[TONES] update failed']],
];

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

test.for(models)('a %s has its own number of lines, each of its width', (model) => {
  const { rows, columns } = geometries[model];
  const lcd = panel([flashRead({ model }), { type: 'banner.shown', text: 'word '.repeat(400) }], model);
  expect(lcd.lines.map((line) => line.length)).toEqual(Array.from({ length: rows }, () => columns));
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
