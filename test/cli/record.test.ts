import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { answer } from './answer.ts';

/** A file of its own; gone after the test. */
function fileOf(bytes: string | Uint8Array, name = 'access.log'): string {
  const folder = mkdtempSync(join(tmpdir(), 'deskphone-record-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
}

const line = '192.0.2.7 - - [23/Nov/2026:06:38:07 +0000] "GET /1230SIP.cfg HTTP/1.1" 200 412 "-" "-"\n';

test('a log that was rotated is unpacked', async () => {
  const file = fileOf(gzipSync(line), 'access.log.2.gz');
  expect(await answer(['record', file, '-q'])).toEqual({
    code: 0,
    stdout: '2026-11-23T06:38:07.000Z  192.0.2.7  http  /1230SIP.cfg  ok\n',
    stderr: '',
  });
});

const refused: [title: string, bytes: string | Uint8Array, why: string][] = [
  ['an empty log', '', 'it is empty; expected a log or a capture'],
  ['a binary file', new Uint8Array(5_000), 'it holds NUL bytes, so it is no log; expected lines of text'],
  [
    'a log of another program',
    '[INFO] started\n',
    'its lines are of no log we know; expected one of access, vsftpd, xferlog, syslog',
  ],
  [
    'a truncated gzip',
    gzipSync(line.repeat(100)).subarray(0, 60),
    'it is cut off or damaged, gzip says: unexpected end of file',
  ],
];
test.for(refused)('%s is refused', async ([, bytes, why]) => {
  const file = fileOf(bytes);
  expect(await answer(['record', file])).toEqual({ code: 2, stdout: '', stderr: `error: ${file}: ${why}\n` });
});

test('a file that is not there is refused', async () => {
  expect(await answer(['record', '/nowhere/access.log'])).toEqual({
    code: 2,
    stdout: '',
    stderr: 'error: /nowhere/access.log: no such file or folder (ENOENT)\n',
  });
});

test('a line that cannot be read is told with its place, and the others are read', async () => {
  const file = fileOf(`${line}what?\n${line}`);
  expect(await answer(['record', file])).toEqual({
    code: 0,
    stdout: '2026-11-23T06:38:07.000Z  192.0.2.7  http  /1230SIP.cfg  ok\n'.repeat(2),
    stderr: `${file}: access, 3 lines, 2 requests\nwarning: ${file}:2: not read: expected ADDRESS IDENT USER [TIME] "REQUEST" STATUS BYTES\n`,
  });
});
