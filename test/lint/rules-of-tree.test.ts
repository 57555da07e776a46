import { expect, test } from 'vitest';
import type { LintOrder } from '../../src/lint/lint-tree.ts';
import { type Files, findingsIn, MAC, withSections } from './a-tree.ts';

test('in a clean tree there is nothing to mend', async () => {
  expect(await findingsIn({})).toEqual([]);
});

const cases: [title: string, files: Files, expected: string[], order?: Partial<LintOrder>][] = [
  [
    'a tree without provisioning file',
    { '1230SIP.cfg': null },
    ['error NO_PROVISIONING_FILE 1230SIP.cfg 1230SIP.cfg is not there'],
  ],
  [
    'a tree one folder above the one that phones are given',
    { '1230SIP.cfg': null, 'DeviceConfig.cfg': null, 'phones/1230SIP.cfg': '' },
    [
      'error NO_PROVISIONING_FILE 1230SIP.cfg 1230SIP.cfg is not there; phones/1230SIP.cfg is: lint the folder that phones are given',
    ],
  ],
  [
    'models without a provisioning file, when nobody asked for them',
    {},
    [
      'note MODEL_NOT_SERVED 1210SIP.cfg 1210SIP.cfg is not there',
      'note MODEL_NOT_SERVED 1220SIP.cfg 1220SIP.cfg is not there',
    ],
    { models: undefined },
  ],
  [
    'a file that is missing',
    { 'DeviceConfig.cfg': null },
    ['error NOT_FOUND 1230SIP.cfg:4 [DEVICE_CONFIG] names DeviceConfig.cfg: it is not in the tree'],
  ],
  [
    'a file under another case, whose content is looked at all the same',
    { 'DeviceConfig.cfg': null, 'deviceconfig.cfg': 'BANER x\n' },
    [
      'error CASE_MISMATCH 1230SIP.cfg:4 DeviceConfig.cfg is not there, deviceconfig.cfg is; a phone asks for the first',
      'warning UNKNOWN_PARAMETER deviceconfig.cfg:1 "BANER" is no parameter this phone knows; did you mean BANNER?',
    ],
  ],
  [
    'a file of another host, which cannot be seen',
    withSections(
      '[DIALING_PLAN]',
      'VERSION 000001',
      'FILENAME a.txt',
      'SERVER_IP 192.0.2.9',
      'PROTOCOL HTTP',
    ),
    ['note ON_ANOTHER_SERVER 1230SIP.cfg:3 a.txt comes from 192.0.2.9; it was not looked at'],
  ],
  [
    'a name that climbs out',
    withSections('[DIALING_PLAN]', 'VERSION 000001', 'FILENAME ../a.txt', 'PROTOCOL HTTP'),
    ["error BAD_NAME 1230SIP.cfg:3 ../a.txt: it climbs out of the server's root by .."],
  ],
  [
    'names that only look like provisioning files',
    { '1230sip.cfg': '', '12xxSIP.cfg': '', '12x0SIP.cfg': '', '1230eSIP.cfg': '', '1140eSIP.cfg': '' },
    [
      'warning STRAY_NAME 1230eSIP.cfg 1230eSIP.cfg: names with an e are those of the 1100 series; a 1230 asks for 1230SIP.cfg',
      'warning STRAY_NAME 1230sip.cfg 1230sip.cfg: letters are not in the right case; a phone asks for 1230SIP.cfg',
      'warning STRAY_NAME 12x0SIP.cfg 12x0SIP.cfg: the manuals print it as a placeholder; a 1230 asks for 1230SIP.cfg',
      'warning STRAY_NAME 12xxSIP.cfg 12xxSIP.cfg: the manuals print it as a placeholder; a 1230 asks for 1230SIP.cfg',
      'note SIBLING_FILE 1140eSIP.cfg 1140eSIP.cfg is for a phone of the 1100 series; it is not looked at',
    ],
  ],
  [
    'names that only look like SIP<MAC>.cfg',
    {
      'SIP001b4f123002.cfg': '',
      'SIP00-1B-4F-12-30-03.cfg': '',
      'SIP1B4F123004.cfg': '',
      'users/SIP001B4F123005.cfg': '',
      'sip001B4F123006.CFG': '',
      'SIPexample.cfg': '',
    },
    [
      'warning STRAY_USER_FILE SIP00-1B-4F-12-30-03.cfg SIP00-1B-4F-12-30-03.cfg: it has separators; a phone asks for SIP001B4F123003.cfg',
      'warning STRAY_USER_FILE SIP001b4f123002.cfg SIP001b4f123002.cfg: letters are not in the right case; a phone asks for SIP001B4F123002.cfg',
      'warning STRAY_USER_FILE SIP1B4F123004.cfg SIP1B4F123004.cfg: it has 10 hex digits; expected the 12 of a MAC',
      'warning STRAY_USER_FILE sip001B4F123006.CFG sip001B4F123006.CFG: letters are not in the right case; a phone asks for SIP001B4F123006.cfg',
      'warning STRAY_USER_FILE users/SIP001B4F123005.cfg users/SIP001B4F123005.cfg: it is in a folder; a phone asks for SIP001B4F123005.cfg at the root it is given',
      'note NEVER_FETCHED SIPexample.cfg SIPexample.cfg is named by no section',
    ],
  ],
  [
    'files that are asked for at other times, or not by phones',
    { '1220SIP.cfg': '', '1230.cfg': null, 'jo@example.org.cfg': '', 'README.md': '', '.gitignore': '' },
    [
      'error NO_SECTION 1220SIP.cfg no section a phone knows: the file is empty',
      'warning NO_USER_CONFIG 1220SIP.cfg the tree has 1 SIP<MAC>.cfg, and 1220SIP.cfg no [USER_CONFIG]',
    ],
  ],
  [
    'files of phones without a section that makes them fetch these',
    { '1230SIP.cfg': '[DEVICE_CONFIG]\nVERSION 000001\nFILENAME DeviceConfig.cfg\n' },
    ['warning NO_USER_CONFIG 1230SIP.cfg the tree has 1 SIP<MAC>.cfg, and 1230SIP.cfg no [USER_CONFIG]'],
  ],
  [
    'a section that makes phones fetch files that are not there',
    { [`SIP${MAC}.cfg`]: null },
    ['note NO_USER_FILES 1230SIP.cfg:6 no SIP<MAC>.cfg is in the tree'],
  ],
  [
    'the file of a phone that must be there',
    {},
    ['error NOT_FOUND 1230SIP.cfg:6 [USER_CONFIG] names SIP001B4F999999.cfg: it is not in the tree'],
    { macs: ['001B4F999999'] },
  ],
  [
    'a long line, and nothing that only follows from it',
    { '1230SIP.cfg': `# ${'x'.repeat(80)}\n[DEVICE_CONFIG]\nVERSION 000001\nFILENAME DeviceConfig.cfg\n` },
    [
      'error LINE_TOO_LONG 1230SIP.cfg:1 the line has 82 bytes; expected at most 80. A phone stops reading here; lost: [DEVICE_CONFIG]',
      'error NO_SECTION 1230SIP.cfg no section a phone knows; expected lines such as [DEVICE_CONFIG]',
    ],
  ],
  [
    'nothing by a rule that is left out',
    { 'DeviceConfig.cfg': 'BANER x\nBANNER y\n' },
    [],
    { allow: ['UNKNOWN_PARAMETER'] },
  ],
];

test.for(cases)('tells %s', async ([, files, expected, order]) => {
  expect(await findingsIn(files, order)).toEqual(expected);
});
