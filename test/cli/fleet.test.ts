import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { fleetResultSchema } from '../../src/report/fleet/result.schema.ts';
import { writeFiles } from '../scenario/scenario-file.ts';
import { answer } from './answer.ts';
import { comparableResult } from './comparable-result.ts';
import { start } from './deskphone.ts';

const FLEET = `version: 1
title: Phones of a test
time: { mode: virtual }
server:
  files:
    1230SIP.cfg: |
      [DEVICE_CONFIG]
      DOWNLOAD_MODE AUTO
      VERSION 000001
      FILENAME d.cfg
      PROTOCOL HTTP
    d.cfg: "AUTO_UPDATE YES\\n"
fleet: { count: 12 }
`;

function fleetFile(text = FLEET): string {
  return writeFiles({ 'fleet.yaml': text });
}

test('a fleet ends with tables and a verdict, and its result is as the schema says', async () => {
  const file = fleetFile();
  const result = join(dirname(file), 'result.json');
  const { code, stdout, stderr } = await answer(['fleet', file, '--report', `json=${result}`]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/boot over http +12 +12 +0 +0/);
  expect(stdout.trimEnd().split('\n').at(-1)).toBe('Phones of a test: 12 phones, passed');
  expect(stderr.split('\n')[0]).toBe(
    'Phones of a test: 12 phones, virtual time, timings field, stagger lcg-minutes, seed 1, 1 worker',
  );
  expect(comparableResult(readFileSync(result, 'utf8'))).toMatchObject({
    verdict: 'passed',
    phones: { count: 12, firstIndex: 0, macBase: '001B4FA00000' },
    shards: { of: 1, covered: [0] },
  });
});

test('as data: the run, the facts of phones that are traced, the result last', async () => {
  const { code, stdout } = await answer([
    'fleet',
    fleetFile(),
    '--json',
    '--trace',
    '3',
    '--trace',
    '00:1B:4F:A0:00:05',
  ]);
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map((line): { type: string; phone?: string } => JSON.parse(line));
  expect([code, lines[0]?.type, lines.at(-1)?.type]).toEqual([0, 'run.started', 'fleet-result']);
  const traced = new Set(lines.slice(1, -1).map(({ phone }) => phone));
  expect([...traced].toSorted()).toEqual(['001B4FA00003', '001B4FA00005']);
});

const verdicts: [title: string, words: readonly string[], code: number, says: string][] = [
  ['a threshold that holds', ['--threshold', 'boot.latency.p95 < 1m'], 0, ''],
  ['a threshold that does not', ['--threshold', 'boot.latency.p95 < 1s'], 3, ''],
  ['boots that take longer than they may', ['--timeout', '5s'], 3, ''],
  ['a part of the fleet', ['--shard', '1/5'], 0, 'Phones of a test: 3 of 12 phones, shard 1/5, virtual time'],
  [
    'a shard that is none',
    ['--shard', '4/4'],
    2,
    'Expected i/N with i from 0 to N-1, such as 0/4; or auto/N',
  ],
  [
    'two ways to arrive',
    ['--ramp', '5s', '--rate', '5/s'],
    2,
    '--ramp and --rate both say when phones get power; give one',
  ],
  [
    'a phone to trace that is none',
    ['--trace', '99'],
    2,
    '--trace 99: no such phone here; expected an index from 0 to 11, or the MAC of one of them',
  ],
  [
    'how much worse than nothing',
    ['--worse', '20%'],
    2,
    'error: --worse goes with --baseline only: it says when a figure is worse than there\n',
  ],
  [
    'two ways to say who the phones are',
    ['--mac-base', '001B4FA00000', '--identities', 'phones.csv'],
    2,
    'error: --mac-base: goes without identities: each phone has the MAC of its line there\n',
  ],
  [
    'more phones than there may be',
    ['-n', '99999999999999999999'],
    2,
    'Expected a whole number, at most 1000000.',
  ],
  ['half a phone', ['-n', '0.5'], 2, 'Expected a whole number, at most 1000000.'],
  ['a metric that is none', ['--threshold', 'boot.latncy.p95 < 1s'], 2, 'did you mean boot.latency.p95?'],
  ['a misspelt state', ['--mix', '100%=factroy'], 2, '"factroy" is no load'],
  ['a misspelt flag', ['--coutn', '5'], 2, 'Did you mean --count?'],
];
test.for(verdicts)('exit code: %s', async ([, words, code, says]) => {
  const answered = await answer(['fleet', fleetFile(), ...words]);
  expect(answered.code).toBe(code);
  expect(answered.stderr).toContain(says);
});

test.for(['127.0.0.1:18080', '[::1]:69', 'files.example:80/phones/'])(
  'a server without its protocol, %s, is no missing file',
  async (server) => {
    const { code, stderr } = await answer(['fleet', server]);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: `error: ${server}: there is no such file, and a server is named with its protocol; expected such as http://${server}\n`,
    });
  },
);

test('boots that are longer than the run come to their end, and it says so', async () => {
  const overtime = async (words: readonly string[]) => {
    const { stderr } = await answer(['fleet', fleetFile(), ...words]);
    return /^after .*/m.exec(stderr)?.[0];
  };
  expect(await overtime(['--duration', '3s'])).toBe(
    'after 3s, as --duration says, phones were under way: they came to their end, the last after 14.9s',
  );
  expect(await overtime(['--duration', '3s', '-q'])).toBeUndefined();
  expect(await overtime(['--duration', '2m'])).toBeUndefined();
});

test('what means nothing to a run is refused as a flag, and not in the environment', async () => {
  const words = ['fleet', fleetFile(), '-q', '--rate', '3/s'];
  const others = {
    SHARDS: '4',
    NAME: 'job',
    IMAGE: 'image',
    WORSE: '20%',
    FIND_MAX_FROM: '3',
    FIND_MAX_PAUSE: '1s',
    RAMP: '5s',
  };
  const env = Object.fromEntries(Object.entries(others).map(([name, text]) => [`DESKPHONE_${name}`, text]));
  expect(await answer(words, env)).toEqual({
    code: 0,
    stdout: 'Phones of a test: 12 phones, passed\n',
    stderr: '',
  });
  for (const [name, text] of Object.entries(others)) {
    const flag = `--${name.toLowerCase().replaceAll('_', '-')}`;
    const { code, stderr } = await answer([...words, flag, text]);
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(`^error: ${flag} (goes with|and --rate both) `),
    ]);
  }
  const manifest = ['--manifest', 'slurm', '--shards', '2'];
  const { DESKPHONE_SHARDS: _, ...rest } = env;
  const { code, stdout } = await answer([...words, ...manifest], rest);
  expect(code).toBe(0);
  expect(stdout).not.toMatch(/--(?:image|worse|find-max|ramp)/);
});

test('quiet: the verdict alone, and why it is not passed', async () => {
  const file = fleetFile();
  const result = join(dirname(file), 'part.json');
  const first = await answer(['fleet', file, '-q', '--shard', '0/3', '--report', `json=${result}`]);
  expect(first).toEqual({
    code: 0,
    stdout: 'Phones of a test: 4 of 12 phones, shard 0/3, passed\n',
    stderr: '',
  });
  const slow = await answer(['fleet', file, '-q', '--threshold', 'boot.latency.p95 < 1s']);
  expect(slow.stdout).toMatch(/^- boot\.latency\.p95 < 1s: found .*\nPhones of a test: 12 phones, failed\n$/);
  const part = await answer(['merge', result, '-q']);
  expect(part.stdout).toBe(
    `- nothing is known of 8 phones of missing shards\nPhones of a test: 4 of 12 phones, shard 0/3, invalid\n`,
  );
  const whole = await answer(['merge', result]);
  expect(whole.stdout).toContain('What had to hold\n');
});

test('an event after the last phone has left is told, and is no failure', async () => {
  const file = fleetFile(FLEET.replace('count: 12', 'count: 12, events: [{ at: 10h, checkSync: {} }]'));
  const { code, stdout, stderr } = await answer(['fleet', file, '-q', '--json']);
  expect(code).toBe(0);
  expect(stderr).toMatch(/^warning: check-sync at 10h never came: the run was over after 1\d(?:\.\d)?s\n$/);
  const { verdict, missed } = fleetResultSchema.parse(JSON.parse(stdout));
  expect({ verdict, missed }).toEqual({
    verdict: 'passed',
    missed: [{ event: 'check-sync', atMs: 36_000_000 }],
  });
});

test('phones that stay up for polls that never come end the run at once, with that sentence', async () => {
  const silent = FLEET.replace('AUTO_UPDATE YES', 'AUTO_UPDATE NO');
  const { code, stderr } = await answer(['fleet', fleetFile(silent), '--duration', '30d', '-q']);
  expect(code).toBe(4);
  expect(stderr).toMatch(
    /^INVALID: phone \d+ \(001B4FA\w+\) stays up for polls, and has none ahead: AUTO_UPDATE is NO/m,
  );
});

test('shards join to the very run they are parts of; a missing one makes it invalid and names its phones', async () => {
  const file = fleetFile();
  const folder = dirname(file);
  const result = (name: string) => join(folder, `${name}.json`);
  for (const index of [0, 1, 2]) {
    await answer(['fleet', file, '-q', '--shard', `${index}/3`, '--report', `json=${result(String(index))}`]);
  }
  await answer(['fleet', file, '-q', '--report', `json=${result('whole')}`]);
  const merged = await answer(['merge', result('2'), result('0'), result('1'), '--json']);
  expect(merged.code).toBe(0);
  expect(comparableResult(merged.stdout)).toEqual(comparableResult(readFileSync(result('whole'), 'utf8')));

  const partly = await answer(['merge', result('2'), result('0')]);
  expect(partly.code).toBe(4);
  expect(partly.stderr).toBe(
    'INVALID: of 3 shards 1 is missing: nothing is known of 4 phones, 1 (001B4FA00001), 4 (001B4FA00004), 7 (001B4FA00007), 10 (001B4FA0000A)\n',
  );

  const twice = await answer(['merge', result('2'), result('2')]);
  expect([twice.code, twice.stderr.replaceAll(`${folder}/`, '')]).toEqual([
    2,
    'error: 2.json: has shard 2, which is in 2.json too\n',
  ]);
  await answer([
    'fleet',
    file,
    '-q',
    '--shard',
    '1/3',
    '--seed',
    'other',
    '--report',
    `json=${result('other')}`,
  ]);
  const foreign = await answer(['merge', result('0'), result('other')]);
  expect([foreign.code, foreign.stderr.replaceAll(`${folder}/`, '')]).toEqual([
    2,
    'error: other.json: seed: found other; expected 1, as in 0.json\n',
  ]);
});

test('a part is no baseline of the whole, and the whole is one of itself', async () => {
  const file = fleetFile();
  const [part, whole] = ['part', 'whole'].map((name) => join(dirname(file), `${name}.json`));
  await answer(['fleet', file, '-q', '--shard', '0/3', '--report', `json=${part}`]);
  expect(await answer(['fleet', file, '-q', '--baseline', `${part}`])).toEqual({
    code: 2,
    stdout: '',
    stderr: `error: --baseline ${part}: shards: found 0 of 3; expected the whole fleet, as this run has\n`,
  });
  await answer(['fleet', file, '-q', '--report', `json=${whole}`]);
  const { code, stdout } = await answer(['fleet', file, '--baseline', `${whole}`]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^holds +baseline +\d+ figures compared, none is worse by more than 10%$/m);
});

const WRITTEN = 'deskphone fleet --report json=FILE';
const notFleets: [title: string, name: string, says: string][] = [
  [
    'a result of scenarios',
    'a.json',
    `type: found "result"; expected "fleet-result", as ${WRITTEN} writes it`,
  ],
  ['an object of nothing', 'b.json', `type: found none; expected "fleet-result", as ${WRITTEN} writes it`],
  ['a log without a result', 'c.log', `is no JSON; expected a file of ${WRITTEN}`],
  ['an empty file', 'd.json', `is no JSON; expected a file of ${WRITTEN}`],
  ['a file that is not there', 'e.json', 'no such file or folder (ENOENT)'],
  ['a folder', '.', 'it is a folder; expected a file (EISDIR)'],
];
test.for(notFleets)('%s is no shard to merge, and no baseline', async ([, name, says]) => {
  const files = { 'a.json': '{"type":"result"}', 'b.json': '{}', 'c.log': 'started\nended\n', 'd.json': '' };
  const file = join(dirname(writeFiles(files)), name);
  expect(await answer(['merge', file])).toEqual({ code: 2, stdout: '', stderr: `error: ${file}: ${says}\n` });
  expect(await answer(['fleet', '-n', '1', '--time', 'virtual', '--baseline', file])).toEqual({
    code: 2,
    stdout: '',
    stderr: `error: --baseline ${file}: ${says}\n`,
  });
});

test('options may stand in variables; a job array of others makes no shard', async () => {
  const env = { SLURM_ARRAY_TASK_ID: '1', SLURM_ARRAY_TASK_COUNT: '3', DESKPHONE_COUNT: '9' };
  const { stdout } = await answer(['fleet', fleetFile(), '--json'], env);
  const { options } = JSON.parse(stdout.split('\n')[0] ?? '');
  expect([options.phones, options.shard]).toEqual([9, { index: 0, of: 1 }]);
});

test('of one phone is told as of one', async () => {
  const { stdout, stderr } = await answer(['fleet', '-n', '1', '--time', 'virtual']);
  expect(stderr).toContain(': 1 phone, virtual time');
  expect(stdout).toMatch(/: 1 phone, passed\n$/);
});

test('whom the environment trusts matters to a server of yours alone; as a flag it is refused', async () => {
  const virtual = ['-n', '1', '--time', 'virtual'];
  const env = { DESKPHONE_CA: '/nowhere.pem', DESKPHONE_INSECURE: 'yes' };
  expect(await answer(['fleet', ...virtual, '-q'], env)).toMatchObject({ code: 0, stderr: '' });
  const manifest = await answer(['fleet', ...virtual, '--manifest', 'slurm', '--shards', '1'], env);
  expect(manifest).toMatchObject({ code: 0, stdout: expect.not.stringMatching(/--ca|--insecure/) });
  const says = '/nowhere.pem: no such file or folder (ENOENT)';
  const yours = await answer(['fleet', 'https://127.0.0.1:1/', '-n', '1'], env);
  expect(yours).toMatchObject({ code: 2, stderr: `error: --ca: ${says}\n` });
  const flag = await answer(['fleet', ...virtual, '--ca', '/nowhere.pem']);
  expect(flag).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('error: --ca: ca goes with url only'),
  });
});

test('--print-config shows what came of file and flags', async () => {
  const { code, stdout } = await answer([
    'fleet',
    fleetFile(),
    '--ramp',
    '5s',
    '--workers',
    '2',
    '--prometheus',
    ':9464',
    '--print-config',
  ]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    title: 'Phones of a test',
    fleet: { count: 12, arrivals: { kind: 'ramp', ms: 5000 }, life: { kind: 'boot' } },
    workers: 2,
    prometheus: { address: '127.0.0.1', port: 9464 },
  });
});

test('over sockets, in two threads, against our own servers; Ctrl-C lets those under way come to their end', async () => {
  const real = FLEET.replace('virtual', 'real').replace(
    'fleet: {',
    'timings: none\nfleet: { protocols: [tftp, ftp, http],',
  );
  const fleet = start([
    'fleet',
    fleetFile(real),
    '--rate',
    '5/s',
    '--workers',
    '2',
    '--json',
    '--trace',
    '0',
  ]);
  await fleet.says(/phone\.idle|login\.shown/);
  fleet.signal('SIGINT');
  const { code, stdout, stderr } = await fleet.ended;
  expect(code).toBe(130);
  // A machine that is busy with other tests may say so too.
  expect(stderr).toContain(
    'no more phones begin; those under way come to their end (Ctrl-C again ends the run as it stands)\n',
  );
  const result = fleetResultSchema.parse(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? ''));
  const { rest = 0, 'not-begun': notBegun = 0, ...others } = result.figures.phones.ends;
  expect([rest + notBegun, rest > 0, notBegun > 0, others]).toEqual([12, true, true, {}]);
});

test('Prometheus scrapes a fleet under way, and finds nobody when it is over', async () => {
  const real = FLEET.replace('virtual', 'real').replace('fleet: {', 'timings: none\nfleet: {');
  const words = ['fleet', fleetFile(real), '--rate', '8/s', '--prometheus', ':0', '--every', '500ms'];
  let url = '';
  let scraped: Promise<string> | undefined;
  const hear = (stderr: string) => {
    url = /^metrics: (http:\/\/127\.0\.0\.1:\d+\/metrics)$/m.exec(stderr)?.[1] ?? '';
    // A line that says how far the fleet is: now there is something to see.
    if (/ boots: /.test(stderr)) scraped ??= fetch(url).then((response) => response.text());
  };
  await answer(words, {}, { hear });
  const text = (await scraped) ?? '';
  const waiting = Number(/^deskphone_fleet_phones\{state="waiting"\} (\d+)$/m.exec(text)?.[1]);
  const due = Number(/^deskphone_fleet_jobs_due_total\{protocol="http",job="boot"\} (\d+)$/m.exec(text)?.[1]);
  expect([waiting + due, waiting > 0, due > 0]).toEqual([12, true, true]);
  await expect(fetch(url)).rejects.toThrow('fetch failed');
});

test('a port for Prometheus that another program has is wrong usage, and nothing is run', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => {
    other.close();
  });
  await once(other, 'listening');
  const address = other.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  expect(await answer(['fleet', fleetFile(), '--prometheus', `${port}`])).toEqual({
    code: 2,
    stdout: '',
    stderr: `error: --prometheus 127.0.0.1:${port}: another program has that port (listen EADDRINUSE: address already in use 127.0.0.1:${port})\n`,
  });
});
