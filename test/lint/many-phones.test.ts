import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { FindingList } from '../../src/lint/finding-list.ts';
import { findingsIn, folderWith, lintFolder, saidBy } from './a-tree.ts';

const macOfPhone = (index: number) => (0x001b4f000000 + index).toString(16).toUpperCase().padStart(12, '0');

test('what phones have in common is said once, with a count', async () => {
  const bad = Object.fromEntries(
    Array.from({ length: 40 }, (_, index) => [`SIP${macOfPhone(index)}.cfg`, `# ${index}\nVMIAL 1\n`]),
  );
  expect(await findingsIn(bad)).toEqual([
    'warning UNKNOWN_PARAMETER SIP001B4F000000.cfg:2 "VMIAL" is no parameter this phone knows; did you mean VMAIL? (40 files)',
  ]);
});

test('a rule that finds something else each time is listed so often, and then counted', () => {
  const findings = new FindingList();
  for (let line = 1; line <= 503; line++) {
    findings.tell('UNKNOWN_PARAMETER', { file: 'DeviceConfig.cfg', line, message: 'x' });
    findings.tell('UNKNOWN_PARAMETER', { file: 'DeviceConfig.cfg', line, message: 'x' });
  }
  expect(findings.all().length).toBe(500);
  expect(findings.counts()).toEqual({ error: 0, warning: 506, note: 0 });
});

test('the worst comes first: files, then severities, then lines', () => {
  const findings = new FindingList();
  findings.tell('VALUE_CASE', { file: 'a.cfg', line: 1, message: 'x' });
  findings.tell('NOT_FOUND', { file: 'b.cfg', line: 9, message: 'x' });
  findings.tell('NOT_FOUND', { file: 'b.cfg', line: 3, message: 'x' });
  findings.tell('NO_SECTION', { file: 'b.cfg', message: 'x' });
  findings.tell('VALUE_CASE', { file: 'b.cfg', line: 1, message: 'x' });
  findings.tell('BAD_VERSION', { file: 'c.cfg', line: 1, message: 'x' });
  const order = findings.all().map(({ file, line = '', rule }) => `${file}:${line} ${rule}`);
  expect(order).toEqual([
    'b.cfg:3 NOT_FOUND',
    'b.cfg:9 NOT_FOUND',
    'b.cfg: NO_SECTION',
    'b.cfg:1 VALUE_CASE',
    'c.cfg:1 BAD_VERSION',
    'a.cfg:1 VALUE_CASE',
  ]);
});

test('a long reading can be broken off', async () => {
  let breaths = 0;
  const stopped = new Error('stopped');
  const breathe = async () => {
    breaths++;
    throw stopped;
  };
  await expect(lintFolder(folderWith(), { breathe })).rejects.toBe(stopped);
  expect(breaths).toBe(1);
});

/** A twentieth of what is promised: 100,000 files in 20 s of CPU. */
const PHONES = 5_000;
const CPU_MS_MAX = 1_000;

test('100,000 phones take less than 20 s of CPU: a twentieth of them a twentieth of that', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'deskphone-lint-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  writeFileSync(
    join(directory, '1230SIP.cfg'),
    '[USER_CONFIG]\nDOWNLOAD_MODE FORCED\nVERSION 000001\nPROTOCOL HTTP\n',
  );
  for (let index = 0; index < PHONES; index++) {
    writeFileSync(join(directory, `SIP${macOfPhone(index)}.cfg`), phoneFile(index));
  }
  const before = process.cpuUsage();
  const report = await lintFolder(directory);
  const { user, system } = process.cpuUsage(before);
  expect(saidBy(report)).toEqual([]);
  expect(report.userFiles).toBe(PHONES);
  expect((user + system) / 1000).toBeLessThan(CPU_MS_MAX);
});

function phoneFile(index: number): string {
  return [
    `# Phone ${index}`,
    'SIP_DOMAIN1 deskphone.example',
    'SERVER_IP1_1 192.0.2.10',
    'SNTP_ENABLE YES',
    'SNTP_SERVER 192.0.2.5',
    'TIMEZONE_OFFSET -18000',
    'AUTOLOGIN_ENABLE USE_AUTOLOGIN_ID',
    `AUTOLOGIN_ID_KEY01 ${index}@deskphone.example`,
    `AUTOLOGIN_PASSWD_KEY01 secret${index}`,
    'VMAIL 1999',
    'MAX_LOGINS 1',
    '',
  ].join('\n');
}
