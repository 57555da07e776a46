import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { LintOrder } from '../../src/lint/lint-tree.ts';
import {
  type Files,
  findingsIn,
  folderWith,
  image,
  language,
  lintFolder,
  MAC,
  saidBy,
  withSections,
} from './a-tree.ts';

const load = 'SIP12x004.04.09.00';
const firmware = ['[FW]', `VERSION ${load}`, `FILENAME ${load}.bin`, 'PROTOCOL HTTP'];
const bootFile = { '1230Boot.cfg': `[FW]\nVERSION ${load}\nFILENAME ${load}.bin\nPROTOCOL HTTP\n` };
const unproven = `note NOT_AUTHENTICATED ${load}.bin ${load}.bin: a real phone would also check Avaya's signature`;

const cases: [title: string, files: Files, expected: string[], order?: Partial<LintOrder>][] = [
  [
    '[USER_CONFIG] before [DEVICE_CONFIG]',
    withSections('[USER_CONFIG]', 'DOWNLOAD_MODE FORCED', 'VERSION 000001', 'PROTOCOL HTTP'),
    [
      'warning USER_BEFORE_DEVICE 1230SIP.cfg:1 [USER_CONFIG] stands before [DEVICE_CONFIG] in line 5, whose settings win',
      'warning REPEATED_SECTION 1230SIP.cfg:10 [USER_CONFIG] stands in line 1 too; each is taken in its turn',
    ],
  ],
  [
    'FORCED where nobody polls',
    {
      ...withSections(
        '[DIALING_PLAN]',
        'DOWNLOAD_MODE FORCED',
        'VERSION 000001',
        'FILENAME a.txt',
        'PROTOCOL HTTP',
      ),
      'a.txt': '$n=a.b\n%%\n',
    },
    [
      'note FORCED_EVERY_CHECK 1230SIP.cfg:1 [DIALING_PLAN] is FORCED: fetched at every check, 10 bytes each time',
    ],
  ],
  [
    'FORCED where every phone polls, and PROMPT asks its user each time',
    {
      ...withSections(
        '[DIALING_PLAN]',
        'DOWNLOAD_MODE FORCED',
        'PROMPT YES',
        'VERSION 000001',
        'FILENAME a.txt',
        'PROTOCOL HTTP',
      ),
      'a.txt': '$n=a.b\n%%\n',
      [`SIP${MAC}.cfg`]: 'AUTO_UPDATE YES\nSNTP_ENABLE YES\nSNTP_SERVER 192.0.2.5\n',
    },
    [
      'warning FORCED_EVERY_DAY 1230SIP.cfg:1 [DIALING_PLAN] is FORCED and AUTO_UPDATE is YES: fetched every day, 10 bytes each time',
      'warning PROMPT_EVERY_CHECK 1230SIP.cfg:1 [DIALING_PLAN] is FORCED with PROMPT YES: its user is asked at every check',
    ],
  ],
  [
    'versions above which there is nothing, or that count as the lowest',
    {
      ...withSections(
        '[DIALING_PLAN]',
        'VERSION 9999999999',
        'FILENAME a.txt',
        'PROTOCOL HTTP',
        '[LOGIN_BANNER]',
        'VERSION one',
        'FILENAME b.txt',
        'PROTOCOL HTTP',
      ),
      'a.txt': '$n=a.b\n%%\n',
      'b.txt': 'Hello\n',
    },
    [
      'warning VERSION_NEVER_RISES 1230SIP.cfg:2 [DIALING_PLAN] is AUTO and VERSION is "9999999999": no number of 10 digits is higher',
      'warning BAD_VERSION 1230SIP.cfg:6 VERSION is "one"; expected 6 to 10 digits. It counts as the lowest',
      'warning VERSION_NEVER_RISES 1230SIP.cfg:6 [LOGIN_BANNER] is AUTO and VERSION is "one": it counts as the lowest',
    ],
  ],
  [
    'one file under two versions',
    {
      '1220SIP.cfg':
        '[DEVICE_CONFIG]\nVERSION 000002\nFILENAME DeviceConfig.cfg\nPROTOCOL HTTP\n[USER_CONFIG]\nDOWNLOAD_MODE FORCED\nVERSION 000001\nPROTOCOL HTTP\n',
    },
    [
      'warning VERSIONS_DIFFER 1230SIP.cfg:3 DeviceConfig.cfg has VERSION 000001 here and 000002 in 1220SIP.cfg',
    ],
  ],
  [
    'firmware that is never reached',
    {
      ...withSections('[FW]', 'VERSION SIP12x004.04.10.00', `FILENAME ${load}.bin`, 'PROTOCOL HTTP'),
      ...bootFile,
      [`${load}.bin`]: image(load),
    },
    [
      `error FW_NEVER_ARRIVES 1230SIP.cfg:2 VERSION is SIP12x004.04.10.00, the image is ${load}: never reached`,
      unproven,
    ],
  ],
  [
    'firmware that is newer than it says',
    {
      ...withSections('[FW]', 'VERSION SIP12x004.04.00.00', `FILENAME ${load}.bin`, 'PROTOCOL HTTP'),
      ...bootFile,
      [`${load}.bin`]: image(load),
    },
    [`warning FW_OTHER_LOAD 1230SIP.cfg:2 VERSION is SIP12x004.04.00.00, the image is ${load}`, unproven],
  ],
  [
    'firmware that nobody looked at would fetch, without a file for the boot loader',
    { ...withSections(...firmware), [`${load}.bin`]: image(load) },
    [
      'note BOOT_FILE_MISSING 1230SIP.cfg:1 1230Boot.cfg is not in the tree, and 1230SIP.cfg brings firmware',
      `note FW_NOT_NEWER 1230SIP.cfg:2 VERSION is ${load}, not higher than what the phones looked at run`,
      unproven,
    ],
    { software: [load] },
  ],
  [
    'a section without PROTOCOL where the others name another one',
    { ...withSections('[LOGIN_BANNER]', 'VERSION 000001', 'FILENAME b.txt'), 'b.txt': 'Hello\n' },
    [
      'warning MIXED_PROTOCOL 1230SIP.cfg:1 [LOGIN_BANNER] names no PROTOCOL and means TFTP; the other sections name HTTP',
    ],
  ],
  [
    'the same where it is known how phones reach the tree',
    { ...withSections('[LOGIN_BANNER]', 'VERSION 000001', 'FILENAME b.txt'), 'b.txt': 'Hello\n' },
    [
      "warning DEFAULT_PROTOCOL 1230SIP.cfg:1 [LOGIN_BANNER] names no PROTOCOL: its files are asked for by TFTP, the provisioning file came by HTTP; the manual's default is TFTP",
    ],
    { server: { protocol: 'http', host: '192.0.2.1', path: '' } },
  ],
  [
    'HTTPS before a certificate can be in the phone',
    {
      ...withSections('[LOGIN_BANNER]', 'VERSION 000001', 'FILENAME b.txt', 'PROTOCOL HTTPS'),
      'b.txt': 'Hello\n',
    },
    [
      'note NO_DEVICE_CERTIFICATE 1230SIP.cfg:1 [LOGIN_BANNER] comes by HTTPS, and no [DEV_CERT] stands before it',
    ],
  ],
  [
    'passwords in the file, and users where there are none',
    {
      ...withSections(
        '[LOGIN_BANNER]',
        'VERSION 000001',
        'FILENAME b.txt',
        'PROTOCOL FTP',
        'SRV_USER_NAME jo',
        'SRV_USER_PASS x',
        '[DIALING_PLAN]',
        'VERSION 000001',
        'FILENAME a.txt',
        'PROTOCOL TFTP',
        'SRV_USER_NAME jo',
        '[IMAGES]',
        'VERSION 000001',
        'PROTOCOL HTTP',
        'SRV_USER_PASS x',
        'FILENAME c.png',
      ),
      'a.txt': '$n=a.b\n%%\n',
      'b.txt': 'Hello\n',
      'c.png': Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    },
    [
      'warning CREDENTIALS_IN_CLEAR 1230SIP.cfg:1 the password of [LOGIN_BANNER] stands in the file and goes over FTP in the clear',
      'warning CREDENTIALS_UNUSED 1230SIP.cfg:7 [DIALING_PLAN] comes by TFTP, which knows no users',
      'warning CREDENTIALS_UNUSED 1230SIP.cfg:12 [IMAGES] has SRV_USER_PASS and no SRV_USER_NAME',
    ],
  ],
  [
    'a sixth language',
    {
      ...withSections(
        '[LANGUAGE]',
        'VERSION 000001',
        'PROTOCOL HTTP',
        ...['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `FILENAME ${name}.lng`),
      ),
      ...Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => [`${name}.lng`, language])),
    },
    [
      'error STORE_FULL 1230SIP.cfg:9 f.lng: 5 files of [LANGUAGE] are stored already',
      ...['a', 'b', 'c', 'd', 'e', 'f'].map(
        (name) =>
          `note NOT_AUTHENTICATED ${name}.lng ${name}.lng: a real phone would also check Avaya's signature`,
      ),
    ],
  ],
  [
    'more custom data than flash holds',
    {
      ...withSections('[LANGUAGE]', 'VERSION 000001', 'PROTOCOL HTTP', 'FILENAME a.lng', 'FILENAME b.lng'),
      'a.lng': language + 'x'.repeat(480_000),
      'b.lng': language + 'x'.repeat(100_000),
    },
    [
      'error NO_CAPACITY 1230SIP.cfg:5 b.lng would bring custom data to 580142 bytes; flash holds 512000',
      'warning NEARLY_FULL 1230SIP.cfg:4 with a.lng custom data takes 480071 of 512000 bytes of flash',
      "note NOT_AUTHENTICATED a.lng a.lng: a real phone would also check Avaya's signature",
      "note NOT_AUTHENTICATED b.lng b.lng: a real phone would also check Avaya's signature",
    ],
  ],
  [
    'a web page in place of a file',
    {
      ...withSections('[DIALING_PLAN]', 'VERSION 000001', 'FILENAME a.txt', 'PROTOCOL HTTP'),
      'a.txt': '<html>404</html>',
    },
    ['error WEB_PAGE a.txt a.txt begins like a web page; expected the file of [DIALING_PLAN]'],
  ],
];

test.for(cases)('tells %s', async ([, files, expected, order]) => {
  expect(await findingsIn(files, order)).toEqual(expected);
});

const byTftp = ['[FW]', `VERSION ${load}`, `FILENAME ${load}.bin`, 'PROTOCOL TFTP'];

test.for<[rttMs: number | undefined, expected: string[]]>([
  [
    undefined,
    [
      `note FW_BY_TFTP 1230SIP.cfg:3 ${load}.bin: 8011 blocks by TFTP arrive within 600 s only where a round trip takes less than 74.9 ms`,
    ],
  ],
  [74, []],
  [
    75,
    [
      `error TFTP_TOO_SLOW 1230SIP.cfg:3 ${load}.bin: 8011 blocks at 75 ms each take 601 s; a phone waits 600 s. A round trip may take 74.9 ms`,
    ],
  ],
])('an image of the known size by TFTP at a round trip of %s ms', async ([rttMs, expected]) => {
  const files = { ...withSections(...byTftp), ...bootFile, [`${load}.bin`]: image(load, 4_101_541) };
  const said = await findingsIn(files, { rttMs, allow: ['NOT_AUTHENTICATED'] });
  expect(said).toEqual(expected);
});

test('a file that is younger than its provisioning file, under the same VERSION', async () => {
  const directory = folderWith();
  utimesSync(join(directory, 'DeviceConfig.cfg'), 1_000_061, 1_000_061);
  expect(saidBy(await lintFolder(directory))).toEqual([
    'warning VERSION_NOT_RAISED 1230SIP.cfg:4 DeviceConfig.cfg changed after 1230SIP.cfg did, and VERSION is 000001',
  ]);
  utimesSync(join(directory, 'DeviceConfig.cfg'), 1_000_060, 1_000_060);
  expect(saidBy(await lintFolder(directory))).toEqual([]);
});
