import { expect, test } from 'vitest';
import type { LintOrder } from '../../src/lint/lint-tree.ts';
import { type Files, findingsIn, MAC, withSections } from './a-tree.ts';

const device = (...lines: readonly string[]): Files => ({ 'DeviceConfig.cfg': `${lines.join('\n')}\n` });
const clock = ['SNTP_ENABLE YES', 'SNTP_SERVER 192.0.2.5'];

const cases: [title: string, files: Files, expected: string[]][] = [
  [
    'hours and minutes where seconds are meant',
    device('AUTO_UPDATE YES', 'AUTO_UPDATE_TIME 0200', ...clock),
    [
      'warning HHMM_TIME DeviceConfig.cfg:2 AUTO_UPDATE_TIME is 200: that is 00:03:20, and 02:00:00 would be 7200',
    ],
  ],
  [
    'the latest time of a day',
    device('AUTO_UPDATE YES', 'AUTO_UPDATE_TIME 2359', ...clock),
    [
      'warning HHMM_TIME DeviceConfig.cfg:2 AUTO_UPDATE_TIME is 2359: that is 00:39:19, and 23:59:00 would be 86340',
    ],
  ],
  ['no time of day: 60 minutes', device('AUTO_UPDATE YES', 'AUTO_UPDATE_TIME 2260', ...clock), []],
  ['no time of day: hour 24', device('AUTO_UPDATE YES', 'AUTO_UPDATE_TIME 2400', ...clock), []],
  ['no time of day: an hour in seconds', device('AUTO_UPDATE YES', 'AUTO_UPDATE_TIME 3600', ...clock), []],
  [
    'no time of day: half an hour in seconds',
    device('AUTO_UPDATE YES', 'AUTO_UPDATE_TIME 1800', ...clock),
    [],
  ],
  [
    'a time for a poll that never is',
    device('AUTO_UPDATE_TIME 7200'),
    ['warning POLL_OFF DeviceConfig.cfg:1 AUTO_UPDATE_TIME is 7200, and AUTO_UPDATE is NO'],
  ],
  [
    'a poll without a clock',
    device('AUTO_UPDATE YES'),
    ['note CLOCK_ASSUMED DeviceConfig.cfg:1 AUTO_UPDATE is YES and SNTP_ENABLE is NO: is there a clock?'],
  ],
  [
    'a clock without a server',
    device('SNTP_ENABLE YES'),
    ['warning SNTP_NO_SERVER DeviceConfig.cfg:1 SNTP_ENABLE is YES and SNTP_SERVER is not set'],
  ],
  [
    'daylight saving of another continent',
    device('TIMEZONE_OFFSET 3600'),
    [
      'warning DST_NORTH_AMERICA DeviceConfig.cfg:1 TIMEZONE_OFFSET is 3600 and DST_ENABLED is YES: the clock changes on the days of North America',
    ],
  ],
  ['no daylight saving at all', device('TIMEZONE_OFFSET 3600', 'DST_ENABLED NO'), []],
  ['daylight saving of Newfoundland', device('TIMEZONE_OFFSET -12600'), []],
  [
    'language, picture and banner that nobody brings',
    device('DEF_LANG French', 'USE_BG_IMAGE bg.png', 'LOGIN_BANNER_ENABLE YES'),
    [
      'warning LANGUAGE_NOT_OFFERED DeviceConfig.cfg:1 DEF_LANG is French, and no [LANGUAGE] names a file of it',
      'warning IMAGE_NOT_OFFERED DeviceConfig.cfg:2 USE_BG_IMAGE is bg.png, and no [IMAGES] names it',
      'warning BANNER_NOT_OFFERED DeviceConfig.cfg:3 LOGIN_BANNER_ENABLE is YES, and there is no [LOGIN_BANNER]',
    ],
  ],
  [
    'language, picture and banner that a section brings',
    {
      ...device('DEF_LANG French', 'USE_BG_IMAGE bg.png', 'LOGIN_BANNER_ENABLE YES'),
      ...withSections(
        '[LOGIN_BANNER]',
        'VERSION 000001',
        'FILENAME b.txt',
        'PROTOCOL HTTP',
        '[IMAGES]',
        'VERSION 000001',
        'FILENAME pictures/bg.png',
        'PROTOCOL HTTP',
        '[LANGUAGE]',
        'VERSION 000001',
        'FILENAME languages/French.lng',
        'PROTOCOL HTTP',
      ),
      'b.txt': 'Hello\n',
      'pictures/bg.png': Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
      'languages/French.lng': '##1 a\n##2 b\n##3 c\n',
    },
    [
      "note NOT_AUTHENTICATED languages/French.lng languages/French.lng: a real phone would also check Avaya's signature",
    ],
  ],
  [
    'an administrator password in the clear, without repeating it',
    device('ADMIN_PASSWORD 1234'),
    ['note ADMIN_PASSWORD_CLEAR DeviceConfig.cfg:1 ADMIN_PASSWORD stands in the clear'],
  ],
  ['a hashed one', device('ADMIN_PASSWORD 5f4dcc3b5aa765d61d8327deb882cf99'), []],
  [
    'service packages',
    device('ENABLE_SERVICE_PACKAGE YES'),
    [
      'note SERVICE_PACKAGES DeviceConfig.cfg:1 ENABLE_SERVICE_PACKAGE is YES; service packages are not emulated',
    ],
  ],
];

test.for(cases)('tells %s', async ([, files, expected]) => {
  expect(await findingsIn(files)).toEqual(expected);
});

const login = (id: string, ...more: readonly string[]) =>
  `${['AUTOLOGIN_ENABLE USE_AUTOLOGIN_ID', `AUTOLOGIN_ID_KEY01 ${id}`, 'AUTOLOGIN_PASSWD_KEY01 x', ...more].join('\n')}\n`;
const own = (body: string): Files => ({ [`SIP${MAC}.cfg`]: body });
const domain = ['SIP_DOMAIN1 deskphone.example', 'SERVER_IP1_1 192.0.2.10'];

const logins: [title: string, files: Files, expected: string[], order?: Partial<LintOrder>][] = [
  ['a login that succeeds', own(login('1@deskphone.example')), []],
  [
    'a login without password',
    own('AUTOLOGIN_ENABLE USE_AUTOLOGIN_ID\nAUTOLOGIN_ID_KEY01 1@deskphone.example\n'),
    [`warning NO_AUTOLOGIN_ID SIP${MAC}.cfg:2 AUTOLOGIN_PASSWD_KEY01 is not set`],
  ],
  [
    'a login at a domain that nobody set',
    own(login('1@example.org')),
    [
      `error UNKNOWN_DOMAIN SIP${MAC}.cfg:2 unknown domain: "...@example.org" ends in none of SIP_DOMAIN1 to SIP_DOMAIN5`,
    ],
  ],
  [
    'a second server of 0.0.0.0 with 4.1',
    { ...device(...domain, 'SERVER_IP1_2 0.0.0.0'), ...own(login('1@deskphone.example')) },
    [
      `error NO_SERVER_IP SIP${MAC}.cfg:2 SERVER_IP1_2 is 0.0.0.0: software 4.1 does not register then; repeat SERVER_IP1_1`,
    ],
  ],
  [
    'the same with a later load',
    { ...device(...domain, 'SERVER_IP1_2 0.0.0.0'), ...own(login('1@deskphone.example')) },
    [],
    { software: ['SIP12x004.04.09.00'] },
  ],
  [
    'two phones with one login, each message with the file it is about',
    { ...own(login('1@deskphone.example')), 'SIP001B4F123002.cfg': login('1@deskphone.example') },
    [`note SAME_LOGIN SIP001B4F123002.cfg:2 AUTOLOGIN_ID_KEY01 is that of SIP${MAC}.cfg too`],
  ],
  [
    'what the device configuration file says for a phone that only adds to it',
    {
      ...device(...domain, 'AUTO_UPDATE YES', ...clock),
      ...own('AUTO_UPDATE_TIME 0130\n'),
    },
    [
      `warning HHMM_TIME SIP${MAC}.cfg:1 AUTO_UPDATE_TIME is 130: that is 00:02:10, and 01:30:00 would be 5400`,
    ],
  ],
];

test.for(logins)("in a phone's own file, tells %s", async ([, files, expected, order]) => {
  expect(await findingsIn(files, order)).toEqual(expected);
});
