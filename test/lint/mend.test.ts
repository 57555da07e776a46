import {
  chmodSync,
  lstatSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { directoryTree } from '../../src/lint/directory-tree.ts';
import { type MendedKind, mend } from '../../src/lint/mend.ts';
import { mendTree } from '../../src/lint/mend-tree.ts';
import { defaultQuirks } from '../../src/provisioning/quirks.ts';
import { folderOf, folderWith, MAC } from './a-tree.ts';

const long = `# ${'word '.repeat(20).trim()}`;
const wrapped = `# ${'word '.repeat(15).trim()}\n# ${'word '.repeat(5).trim()}`;

const cases: [title: string, kind: MendedKind, before: string, after: string][] = [
  ['section names in lower case', 'provisioning', '[user_config]\n', '[USER_CONFIG]\n'],
  [
    'keywords, and words that are no names',
    'provisioning',
    '[FW]\ndownload_mode forced\n',
    '[FW]\nDOWNLOAD_MODE FORCED\n',
  ],
  [
    'misprinted sections',
    'provisioning',
    '[IMAGE]\n[POLICY]\n[user_kerys]\n',
    '[IMAGES]\n[SEC_POLICY]\n[USER_KEYS]\n',
  ],
  [
    '.bin behind the VERSION of [FW]',
    'provisioning',
    '[FW]\nVERSION SIP12x004.04.09.00.bin\n',
    '[FW]\nVERSION SIP12x004.04.09.00\n',
  ],
  ['the case of parameters', 'configuration', 'banner Hello World\n', 'BANNER Hello World\n'],
  ['a long comment', 'configuration', `${long}\nBANNER x\n`, `${wrapped}\nBANNER x\n`],
  ['a long comment behind a value', 'configuration', `BANNER x ${long}\n`, `${wrapped}\nBANNER x\n`],
  ['blanks that make a line long', 'configuration', `BANNER x${' '.repeat(80)}\n`, 'BANNER x\n'],
  [
    'a word that no line holds',
    'configuration',
    `# ${'x'.repeat(100)}\n`,
    `# ${'x'.repeat(78)}\n# ${'x'.repeat(22)}\n`,
  ],
  ['a byte-order mark', 'configuration', '\xef\xbb\xbfBANNER x\n', 'BANNER x\n'],
  ['lone CRs', 'configuration', 'BANNER x\rVMAIL 1\r', 'BANNER x\nVMAIL 1\n'],
  ['lone CRs among CR LF', 'configuration', 'BANNER x\rVMAIL 1\r\n', 'BANNER x\r\nVMAIL 1\r\n'],
  [
    'lines of CR LF',
    'configuration',
    `${long}\r\nbanner x\r\n`,
    `${wrapped.replace('\n', '\r\n')}\r\nBANNER x\r\n`,
  ],
  ['a last line without an end', 'configuration', `BANNER x\n${long}`, `BANNER x\n${wrapped}`],
  ['other bytes than ASCII, which stay', 'configuration', 'banner Gr\xfc\xdfe\n', 'BANNER Gr\xfc\xdfe\n'],
];

test.for(cases)('mends %s', ([, kind, before, after]) => {
  const mended = mend(Buffer.from(before, 'latin1'), kind);
  expect(Buffer.from(mended?.bytes ?? []).toString('latin1')).toBe(after);
  expect(mend(mended?.bytes ?? new Uint8Array(), kind)).toBe(undefined);
});

const left: [title: string, kind: MendedKind, text: string][] = [
  ['what is right', 'provisioning', '# A comment\n\n[FW]\nVERSION SIP12x004.04.09.00\n'],
  ['a long line that is no comment', 'configuration', `BANNER ${'x'.repeat(80)}\n`],
  ['values whose case counts', 'provisioning', '[FW]\nFILENAME auto\nSRV_USER_NAME yes\n'],
  [
    'sections and keywords that nobody knows',
    'provisioning',
    '[unknown]\ndownload_mode auto\n[FW]\nversoin 1\n',
  ],
  ['.bin in other sections', 'provisioning', '[TONES]\nVERSION SIP12x004.04.09.00.bin\n'],
  ['parameters that nobody knows', 'configuration', 'baner x\n'],
  ['nothing', 'configuration', ''],
];

test.for(left)('leaves alone %s', ([, kind, text]) => {
  expect(mend(Buffer.from(text, 'latin1'), kind)).toBe(undefined);
});

test('says which lines gave way to which', () => {
  const { changes } = mend(Buffer.from(`VMAIL 1\n${long}\nbanner x\n`), 'configuration') ?? {};
  expect(changes).toEqual([
    { line: 2, before: long, after: wrapped.split('\n') },
    { line: 3, before: 'banner x', after: ['BANNER x'] },
  ]);
});

const mendAll = (directory: string, write: 'yes' | 'no') =>
  [...mendTree(directoryTree(directory), { quirks: defaultQuirks, write })].map(({ path, unwritten }) =>
    unwritten === undefined ? path : `${path}: ${unwritten}`,
  );

test('a folder: what phones read line by line, and nothing else', () => {
  const files = {
    '1230SIP.cfg': `${long}\n[device_config]\nFILENAME DeviceConfig.cfg\n`,
    '1220SIP.cfg': '[DEVICE_CONFIG]\nFILENAME DeviceConfig.cfg\n',
    'DeviceConfig.cfg': 'banner x\n',
    [`SIP${MAC}.cfg`]: 'vmail 1\n',
    'Other.cfg': 'banner x\n',
    'SIP001b4f123002.cfg': 'vmail 1\n',
  };
  const directory = folderOf(files);
  const expected = ['DeviceConfig.cfg', '1230SIP.cfg', `SIP${MAC}.cfg`];
  expect(mendAll(directory, 'no')).toEqual(expected);
  expect(mendAll(directory, 'no')).toEqual(expected);
  expect(mendAll(directory, 'yes')).toEqual(expected);
  expect(mendAll(directory, 'yes')).toEqual([]);
  const now = Object.keys(files).map((name) => [name, readFileSync(join(directory, name), 'utf8')]);
  expect(Object.fromEntries(now)).toEqual({
    ...files,
    '1230SIP.cfg': `${wrapped}\n[DEVICE_CONFIG]\nFILENAME DeviceConfig.cfg\n`,
    'DeviceConfig.cfg': 'BANNER x\n',
    [`SIP${MAC}.cfg`]: 'VMAIL 1\n',
  });
  expect(readdirSync(directory).length).toBe(Object.keys(files).length);
});

test('a mended file keeps its rights, and a link stays one', () => {
  const directory = folderWith({ 'DeviceConfig.cfg': null, 'real.cfg': 'banner x\n' });
  chmodSync(join(directory, 'real.cfg'), 0o640);
  symlinkSync('real.cfg', join(directory, 'DeviceConfig.cfg'));
  expect(mendAll(directory, 'yes')).toEqual(['DeviceConfig.cfg']);
  expect(lstatSync(join(directory, 'DeviceConfig.cfg')).isSymbolicLink()).toBe(true);
  expect(statSync(join(directory, 'real.cfg')).mode & 0o777).toBe(0o640);
  expect(readFileSync(join(directory, 'real.cfg'), 'utf8')).toBe('BANNER x\n');
});

test('a file another lint is about to mend is left to it', () => {
  const directory = folderWith({ 'DeviceConfig.cfg': 'banner x\n' });
  writeFileSync(join(directory, 'DeviceConfig.cfg.lint-tmp'), 'theirs');
  expect(mendAll(directory, 'yes')).toEqual([expect.stringMatching(/^DeviceConfig\.cfg: EEXIST/)]);
  expect(readFileSync(join(directory, 'DeviceConfig.cfg'), 'utf8')).toBe('banner x\n');
  expect(readFileSync(join(directory, 'DeviceConfig.cfg.lint-tmp'), 'utf8')).toBe('theirs');
});
