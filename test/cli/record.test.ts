import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
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
    stderr: `${file}: access, 3 lines, 2 requests\nwarning: ${file}:2: not read: expected ADDRESS IDENT USER [TIME] "REQUEST" STATUS BYTES\n1 phone, 2 checks\n--files DIR (what the server had) or --url URL makes a scenario of it\n`,
  });
});

const files = 'fixtures/demo';
const scenarioLine = '# yaml-language-server: $schema=';

test('with the files of the server a scenario is printed', async () => {
  const { code, stdout, stderr } = await answer(['record', fileOf(line), '--files', files]);
  expect({ code, first: stdout.startsWith(scenarioLine), names: /files: (.*)/.exec(stdout)?.[1] }).toEqual({
    code: 0,
    first: true,
    names: '"./fixtures/demo"',
  });
  expect(stderr).toMatch(/: access, 1 line, 1 request\n1 phone, 1 check\n$/);
});

test('a scenario that is written names the files from where it lies', async () => {
  const log = fileOf(line);
  const out = join(dirname(log), 'made', 'a.yaml');
  expect(await answer(['record', log, '-q', '--files', files, '--out', out])).toEqual({
    code: 0,
    stdout: '',
    stderr: '',
  });
  const folder = relative(dirname(out), files);
  expect(readFileSync(out, 'utf8')).toContain(`files: ${JSON.stringify(folder)}`);
});

test('a file that is there is written over by --force alone', async () => {
  const log = fileOf(line);
  const out = fileOf('mine', 'a.yaml');
  const words = ['record', log, '-q', '--files', files, '--out', out];
  expect(await answer(words)).toEqual({
    code: 2,
    stdout: '',
    stderr: `error: --out ${out}: there is a file already; --force writes over it\n`,
  });
  expect(readFileSync(out, 'utf8')).toBe('mine');
  expect((await answer([...words, '--force'])).code).toBe(0);
  expect(readFileSync(out, 'utf8')).toContain(scenarioLine);
});

test('a fleet that is written is two files, and runs as it is', async () => {
  const log = fileOf(line);
  const [out, list] = ['monday.yml', 'monday.csv'].map((name) => join(dirname(log), name));
  const words = ['record', log, '-q', '--files', files, '--fleet', '--out', out ?? ''];
  expect(await answer(words)).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(readFileSync(out ?? '', 'utf8')).toContain('identities: "monday.csv"\n');
  expect(readFileSync(list ?? '', 'utf8').split('\n')).toHaveLength(3);
  expect((await answer(['fleet', out ?? '', '--print-config'])).code).toBe(0);
  expect(await answer(words)).toMatchObject({ code: 2, stderr: expect.stringContaining('--force writes') });
  expect(await answer([...words, '--force', '--json'])).toMatchObject({
    code: 0,
    stdout: expect.stringContaining(
      `${JSON.stringify({ type: 'fleet.recorded', file: out, phones: list })}\n`,
    ),
  });
});

const misused: [title: string, words: readonly string[], message: string][] = [
  [
    '--files and --url',
    ['--files', files, '--url', 'http://192.0.2.1'],
    '--files and --url: expected one of them, the files of the server or its address',
  ],
  [
    '--out without a server',
    ['--out', 'a.yaml'],
    '--out a.yaml: a scenario needs a server; expected --files DIR with the files it had, or --url URL',
  ],
  [
    'a fleet without a server',
    ['--fleet', '--out', 'a.yaml'],
    '--fleet: a fleet needs a server; expected --files DIR with the files it had, or --url URL',
  ],
  [
    'a fleet on standard output',
    ['--fleet', '--files', files],
    '--fleet: it is two files, the fleet and its phones; expected --out FILE',
  ],
  [
    'a fleet under the name of its list',
    ['--fleet', '--files', files, '--out', 'nowhere/monday.csv'],
    '--out nowhere/monday.csv: a fleet file is YAML, with its phones beside it as CSV; expected a name such as monday.yaml',
  ],
  [
    'a folder that is none',
    ['--files', 'nowhere'],
    '--files nowhere: no such folder; expected the one with 1230SIP.cfg in it',
  ],
  ['a URL that is none', ['--url', 'gopher://192.0.2.1'], '--url gopher://192.0.2.1: '],
  [
    'a format that is none',
    ['--format', 'acess'],
    "error: option '--format <NAME>' argument 'acess' is invalid. \"acess\" is no format; did you mean access?",
  ],
  ['a year that is none', ['--year', '26'], 'Expected a year such as 2026.'],
  ['a zone that is none', ['--zone', 'CET'], 'Expected an offset from UTC such as +01:00, or Z.'],
];
test.for(misused)('%s is refused', async ([, words, message]) => {
  const { code, stdout, stderr } = await answer(['record', fileOf(line), ...words]);
  expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: expect.stringContaining(message) });
});

test('as JSON: requests, phones, and the scenario', async () => {
  const { stdout } = await answer(['record', fileOf(line), '-q', '--json', '--url', 'http://192.0.2.1']);
  const facts = stdout
    .trimEnd()
    .split('\n')
    .map((text): unknown => JSON.parse(text));
  expect(facts).toEqual([
    {
      ...{ type: 'request.seen', at: '2026-11-23T06:38:07.000Z', address: '192.0.2.7', protocol: 'http' },
      ...{ file: '/1230SIP.cfg', result: 'ok', bytes: 412 },
      source: { file: expect.stringMatching(/access\.log$/), line: 1 },
    },
    {
      ...{ type: 'phone.seen', name: '192.0.2.7', address: '192.0.2.7', model: '1230' },
      checks: [
        {
          ...{ at: '2026-11-23T06:38:07.000Z', why: 'first' },
          requests: [{ file: '1230SIP.cfg', protocol: 'http', result: 'ok', tries: 1 }],
        },
      ],
    },
    { type: 'scenario.recorded', text: expect.stringContaining(scenarioLine) },
  ]);
});

test('whoever is no phone is left out, and that is said', async () => {
  const stranger = line.replace('192.0.2.7', '192.0.2.99').replace('1230SIP.cfg', 'favicon.ico');
  const { stderr } = await answer(['record', fileOf(line + stranger)]);
  expect(stderr.split('\n').slice(1)).toEqual([
    '1 phone, 1 check',
    'note: left out: 1 request of 1 address that is no phone',
    '--files DIR (what the server had) or --url URL makes a scenario of it',
    '',
  ]);
});

test('phones behind one address that no log tells apart are warned about', async () => {
  const own = ['SIP001B4F123001.cfg', 'SIP001B4F123002.cfg'].map((name) => line.replace('1230SIP.cfg', name));
  const { stderr } = await answer(['record', fileOf([line, line, ...own].join(''))]);
  expect(stderr.split('\n').slice(1, 3)).toEqual([
    '1 phone, 2 checks',
    'warning: 192.0.2.7: several phones asked at the same moment (NAT); which of them asked for what is guessed',
  ]);
});

test('a folder without the provisioning file that phones asked for is warned about', async () => {
  const { code, stderr } = await answer(['record', fileOf(line), '--files', 'fixtures/recorded']);
  expect({ code, last: stderr.split('\n').at(-2) }).toEqual({
    code: 0,
    last: 'warning: --files has no 1230SIP.cfg that could be read; phones asked for it',
  });
});

test('a log without phones makes no scenario', async () => {
  const file = fileOf(line.replace('1230SIP.cfg', 'favicon.ico'));
  expect(await answer(['record', file, '-q', '--files', files])).toEqual({
    code: 2,
    stdout: '',
    stderr: `error: ${file}: no phone asked for its files\n`,
  });
});
