import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { makeSelfSignedCertificate } from '../../src/device/sign.ts';
import { fleetResultSchema } from '../../src/report/fleet/result.schema.ts';
import { writeFiles } from '../scenario/scenario-file.ts';
import { answer } from './answer.ts';
import { comparableResult } from './comparable-result.ts';
import { program, start } from './deskphone.ts';

const FLEET = `version: 1
title: Phones in shards
time: { mode: virtual }
seed: monday
server:
  files:
    1230SIP.cfg: |
      [DEVICE_CONFIG]
      DOWNLOAD_MODE AUTO
      VERSION 000001
      FILENAME d.cfg
      PROTOCOL HTTP
    d.cfg: "AUTO_UPDATE YES\\n"
fleet: { count: 9 }
`;

function comparable(file: string): unknown {
  return comparableResult(readFileSync(file, 'utf8'));
}

const numbers = ['JOB_COMPLETION_INDEX', 'SLURM_ARRAY_TASK_ID'];
test.for(numbers)('logs of shards that know their number by %s are the whole', async (variable) => {
  const file = writeFiles({ 'fleet.yaml': FLEET });
  const at = (name: string) => join(dirname(file), name);
  const logs = [];
  for (const index of ['2', '0', '1']) {
    logs.push(await answer(['fleet', file, '--shard', 'auto/3', '--result-line'], { [variable]: index }));
  }
  expect(logs.map(({ code }) => code)).toEqual([0, 0, 0]);
  const log = writeFiles({ 'all.log': logs.map(({ stdout, stderr }) => stderr + stdout).join('') });
  expect((await answer(['merge', log, '--report', `json=${at('merged.json')}`])).code).toBe(0);
  await answer(['fleet', file, '--report', `json=${at('whole.json')}`]);
  expect(comparable(at('merged.json'))).toEqual(comparable(at('whole.json')));
});

test('as data, the result is in its line alone', async () => {
  const { stdout } = await answer(['fleet', '-n', '1', '--time', 'virtual', '--json', '--result-line']);
  expect(stdout.split('\n').map((line) => line.slice(0, 23))).toEqual([
    '{"type":"run.started","',
    'deskphone-fleet-result:',
    '',
  ]);
});

test('logs come through a pipe whose writer takes its time', async () => {
  const { stdout } = await answer(['fleet', '-n', '1', '--time', 'virtual', '--result-line']);
  // More than a pipe holds (pipe(7)), so that there is something to wait for.
  const log = writeFiles({ 'shard.log': `${'what else a log has\n'.repeat(20_000)}${stdout}` });
  const words = ['-c', 'cat "$1" | "$2" "$3" merge -', 'sh', log, process.execPath, program];
  const merged = execFileSync('/bin/sh', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  expect(merged).toMatch(/: 1 phone, passed\n$/);
});

test('a log with a line that was cut is told with its place', async () => {
  const log = writeFiles({ 'shard.log': 'first\ndeskphone-fleet-result:H4sIAAAAAAACA6tWKkpN\n' });
  expect(await answer(['merge', log])).toEqual({
    code: 2,
    stdout: '',
    stderr: `error: ${log}:2: the result in it was cut or changed: unexpected end of file\n`,
  });
});

test('a manifest has the options that were given, the seed, and the instant', async () => {
  const words = ['http://files.example/', '-n', '8', '--ramp', '10s', '--threshold', 'errors.rate == 0'];
  const more = ['--threshold=boot.latency.p95 < 90s', '--start-at', '2030-01-01T01:00:00+01:00', '--quiet'];
  const manifest = ['--manifest', 'kubernetes', '--shards', '4', '--name', 'storm', '--image', 'phones:1'];
  const { stdout } = await answer(['fleet', ...words, ...manifest, ...more], {
    DESKPHONE_SEED: 'monday',
    DESKPHONE_PORTS: 'tftp=6969',
  });
  expect(argsIn(stdout)).toEqual([
    'fleet',
    'http://files.example/',
    '--count=8',
    '--ramp=10s',
    '--threshold=errors.rate == 0',
    '--threshold=boot.latency.p95 < 90s',
    '--quiet',
    '--ports=tftp=6969',
    '--workers=1',
    '--seed=monday',
    '--start-at=2030-01-01T00:00:00.000Z',
    '--shard=auto/4',
    '--result-line',
  ]);
});

test('a fleet file comes with all that it reads, and its seed; virtual time begins when it likes', async () => {
  const file = writeFiles({
    'runs/fleet.yaml': 'extends: ../base.yaml\nfleet: { identities: phones.csv }\n',
    'runs/phones.csv': 'mac\n001B4FA00000\n001B4FA00001\n',
    'base.yaml': FLEET.replace('{ count: 9 }', '{}'),
  });
  const { stdout, stderr } = await answer(['fleet', file, '--manifest', 'kubernetes', '--shards', '2']);
  expect(stderr).toBe('');
  const [configMap] = parseAllDocuments(stdout).map((document): { data?: object } => document.toJS());
  expect(Object.keys(configMap?.data ?? {})).toEqual(['0-fleet.yaml', '1-base.yaml', '2-phones.csv']);
  const [, argument, ...others] = argsIn(stdout);
  expect(argument).toBe(relative(process.cwd(), file));
  expect(others).toEqual(['--workers=1', '--seed=monday', '--shard=auto/2', '--result-line']);
});

test('certificates to trust come along, at their place seen from here', async () => {
  const { certificate } = makeSelfSignedCertificate({
    commonName: 'mine',
    addresses: [],
    notBefore: 0,
    days: 9,
  });
  const ca = writeFiles({ 'ca.pem': certificate });
  const words = [
    'fleet',
    'https://files.example/',
    '--ca',
    ca,
    '--insecure',
    '--start-at',
    '2030-01-01T00:00Z',
  ];
  const { stdout, stderr } = await answer([...words, '--manifest', 'kubernetes', '--shards', '2']);
  expect(stderr).toBe('');
  const [configMap] = parseAllDocuments(stdout).map((document): { data?: object } => document.toJS());
  expect(configMap?.data).toEqual({ '0-ca.pem': certificate });
  expect(argsIn(stdout).slice(1, 4)).toEqual([
    'https://files.example/',
    `--ca=${relative(process.cwd(), ca)}`,
    '--insecure',
  ]);
});

test('a password is said to be in it', async () => {
  const words = ['fleet', 'ftp://ops:secret@files.example/', '--manifest', 'slurm', '--shards', '2'];
  const { stdout, stderr } = await answer(words);
  expect(stderr).toBe(
    "warning: the password of the server's address stands in the manifest: keep it to yourself\n",
  );
  expect(stdout).toContain(
    'exec deskphone fleet ftp://ops:secret@files.example/ --workers=1 --seed=1 --start-at=',
  );
  expect(stdout).toContain('# The password of the server stands in it: keep it to yourself.\n');
});

test('shards that may share a node serve their figures at ports of their own', async () => {
  const words = [
    'fleet',
    'http://files.example/',
    '-n',
    '4',
    '--shards',
    '2',
    '--prometheus',
    '0.0.0.0:9464',
  ];
  const slurm = await answer([...words, '--manifest', 'slurm']);
  expect(slurm.stdout).toContain(
    '# A node may have several tasks: task i serves its figures at port 9464 + i.\n',
  );
  expect(slurm.stdout).toContain(' --prometheus="0.0.0.0:$((9464 + SLURM_ARRAY_TASK_ID))" --report=');
  expect(slurm.stdout).not.toContain('--prometheus=0');
  const pods = await answer([...words, '--manifest', 'kubernetes']);
  expect(argsIn(pods.stdout)).toContain('--prometheus=0.0.0.0:9464');
});

const m = ['--manifest', 'kubernetes', '--shards', '2'];
const refused: [title: string, words: readonly string[], says: string, env?: Record<string, string>][] = [
  [
    'no number in the environment',
    ['--shard', 'auto/4'],
    '--shard auto/4: neither JOB_COMPLETION_INDEX nor SLURM_ARRAY_TASK_ID is set; expected one from 0 to 3',
  ],
  [
    'a number beyond the last',
    ['--shard', 'auto/4'],
    '--shard auto/4: SLURM_ARRAY_TASK_ID is "4"; expected a number from 0 to 3',
    { SLURM_ARRAY_TASK_ID: '4' },
  ],
  ['a shard that is none', ['--shard', 'auto'], 'Expected i/N with i from 0 to N-1, such as 0/4; or auto/N'],
  ['no shards at all', ['--shard', '0/0'], 'Expected i/N'],
  ['an instant without offset', ['--start-at', '2030-01-01T00:00:00'], 'Expected an instant with its offset'],
  [
    'an instant in no calendar',
    ['--start-at', '2030-13-01T00:00:00Z'],
    'Expected an instant with its offset',
  ],
  [
    'two starts',
    ['--start-at', '2030-01-01T00:00:00Z', '--start-in', '5m'],
    '--start-at and --start-in both say when it begins; give one',
  ],
  [
    'a start in virtual time',
    ['--time', 'virtual', '--start-in', '5m'],
    '--start-in: virtual time waits for nobody',
  ],
  [
    '--shards alone',
    ['--shards', '4'],
    '--shards goes with --manifest only; expected --shard i/N for one of them',
  ],
  ['a claim alone', ['--results-claim', 'a'], '--results-claim goes with --manifest only'],
  [
    'a manifest of how many',
    ['--manifest', 'slurm'],
    '--manifest slurm: into how many parts? Expected --shards N',
  ],
  ['a cluster nobody has', ['--manifest', 'nomad'], 'Allowed choices are kubernetes, slurm.'],
  [
    'a name Kubernetes would not take',
    [...m, '--name', 'Storm'],
    'Expected small letters, digits and hyphens',
  ],
  [
    'a shard of a manifest',
    [...m, '--shard', '0/2'],
    '--shard goes without --manifest: each shard finds its number',
  ],
  [
    'a report of a manifest',
    [...m, '--report', 'html=a'],
    '--report goes without --manifest: reports are of the whole',
  ],
  [
    'an image for Slurm',
    ['--manifest', 'slurm', '--shards', '2', '--image', 'a'],
    '--image goes with --manifest kubernetes only',
  ],
  [
    'a manifest of shards without a phone',
    ['--manifest', 'slurm', '--shards', '11'],
    '--shards 11: the fleet has 10 phones; expected at most a shard for each',
  ],
  [
    'a port beyond the last',
    ['--manifest', 'slurm', '--shards', '10', '--prometheus', ':65530'],
    '--prometheus: shard i serves at port 65530 + i, as a node may have several; expected 65526 at most',
  ],
  [
    'a trace in a shard without a phone',
    ['--shard', '10/11', '--trace', '0'],
    '--trace 0: shard 10/11 has no phone: the fleet has 10 phones',
  ],
  [
    'chains that cannot be divided',
    [...m, '--concurrency', '5'],
    '5 at a time cannot be divided among 2 shards',
  ],
];
test.for(refused)('refused: %s', async ([, words, says, env = {}]) => {
  const { code, stdout, stderr } = await answer(['fleet', '-n', '10', ...words], env);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(says);
});

test('the fleet of a manifest can be shown as any other', async () => {
  const { code, stdout } = await answer(['fleet', '-n', '10', ...m, '--print-config']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ manifest: 'kubernetes', shards: 2, fleet: { count: 10 } });
});

test('a shard without a phone says so, and has a result too', async () => {
  const words = ['fleet', '-n', '2', '--time', 'virtual', '--result-line', '--shard'];
  const logs = await Promise.all(['2/3', '0/3', '1/3'].map((shard) => answer([...words, shard])));
  expect(logs.map(({ code }) => code)).toEqual([0, 0, 0]);
  const says = 'warning: shard 2/3 has no phone: the fleet has 2 phones\n';
  expect(logs.map(({ stderr }) => stderr.includes(says))).toEqual([true, false, false]);
  const log = writeFiles({ 'all.log': logs.map(({ stdout }) => stdout).join('') });
  expect(await answer(['merge', log])).toMatchObject({ code: 0, stderr: '' });
});

test('a folder that no pod has is refused', async () => {
  const file = writeFiles({
    'fleet.yaml': 'version: 1\ntitle: t\nserver: { files: tree }\nfleet: {}\n',
    'tree/a': '',
  });
  const { code, stderr } = await answer(['fleet', file, ...m]);
  expect(code).toBe(2);
  expect(stderr).toContain(
    `--manifest kubernetes: the fleet reads the folder ${dirname(file)}/tree, which no pod has`,
  );
});

test('phones begin at the instant, and those of a shard that comes later begin late', async () => {
  const late = await answer([
    'fleet',
    '-n',
    '2',
    '--timings',
    'none',
    '--json',
    '--start-at',
    '2026-01-01T00:00:00Z',
  ]);
  expect(late.code).toBe(4);
  expect(late.stderr).toContain('2 of 2 phones began more than 250 ms late');
});

test('whoever waits for the instant can be told to stop', async () => {
  const fleet = start(['fleet', '-n', '2', '--start-in', '1h', '--json']);
  await fleet.says(/run.started/);
  fleet.signal('SIGTERM');
  const { code, stdout } = await fleet.ended;
  expect(code).toBe(143);
  expect(stdout).toContain('"scheduled":2');
});

/** Loaded first by every thread, it lets workers be ready 2 s later than they would be. */
const WORKERS_WAIT = `import { isMainThread } from 'node:worker_threads';
if (!isMainThread) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2000);`;

function dataUrl(script: string): string {
  return `data:text/javascript,${encodeURIComponent(script)}`;
}

test('a run that is told to stop before its workers are ready is stopped, and says so wherever it is read', async () => {
  const env = { NODE_OPTIONS: `--import ${dataUrl(WORKERS_WAIT)}` };
  const fleet = start(['fleet', '-n', '40', '--ramp', '20s', '--workers', '2', '--json'], { env });
  await fleet.says(/run.started/);
  fleet.signal('SIGTERM');
  const { code, stdout, stderr } = await fleet.ended;
  const line = stdout.trimEnd().split('\n').at(-1) ?? '';
  const { verdict, why, figures } = fleetResultSchema.parse(JSON.parse(line));
  expect([code, verdict, figures.phones.ends]).toEqual([143, 'invalid', { 'not-begun': 40 }]);
  expect([why[0], stderr.trimEnd().split('\n').at(-1)]).toEqual([
    'the run was interrupted (SIGTERM)',
    'INVALID: the run was interrupted (SIGTERM)',
  ]);
  const merged = await answer(['merge', writeFiles({ 'result.json': line })]);
  expect(merged.code).toBe(4);
});

function argsIn(manifest: string): readonly string[] {
  const job: { spec?: { template?: { spec?: { containers?: readonly { args?: readonly string[] }[] } } } } =
    parseAllDocuments(manifest).at(-1)?.toJS();
  return job.spec?.template?.spec?.containers?.[0]?.args ?? [];
}
