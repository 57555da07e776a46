import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { pathOf } from '../docs/markdown.ts';
import { writeFiles } from '../scenario/scenario-file.ts';
import { answer } from './answer.ts';
import { run, start } from './deskphone.ts';

/** A phone that boots in no time; `expect` is what a test makes of it. */
function scenario(expectation: string): string {
  return `version: 1
title: A phone comes to its login screen
timings: none
server: { files: { 1230SIP.cfg: "" } }
expect:
  - ${expectation} # as it is now
`;
}

const good = scenario('state: login');
const bad = scenario('state: idle');

/** A folder with these scenarios. */
function folderOf(files: Readonly<Record<string, string>>): string {
  return dirname(writeFiles(files));
}

test('a line a scenario, a count, and 0 when all hold', async () => {
  const folder = folderOf({ 'a.yaml': good, 'b.yaml': good, '_base.yaml': 'title: no scenario' });
  expect(await answer(['run', folder])).toEqual({
    code: 0,
    stderr: '',
    stdout: `passed  ${folder}/a.yaml  A phone comes to its login screen (3ms)
passed  ${folder}/b.yaml  A phone comes to its login screen (3ms)
2 scenarios: 2 passed
`.replaceAll('3ms', '2ms'),
  });
});

test('a failure tells expected, found, where, what was told around it, and how to run it again; 3', async () => {
  const file = writeFiles({ 'a.yaml': bad });
  const { code, stdout, stderr } = await answer(['run', file, '--seed', '9']);
  expect({ code, stderr }).toEqual({ code: 3, stderr: '' });
  expect(stdout).toContain(`FAILED  ${file}  A phone comes to its login screen`);
  expect(stdout).toContain(`  ${file}:6:5: state\n  expected    idle\n  found       login\n  around `);
  expect(stdout).toMatch(
    /login {2}.*\n {2}replay {6}deskphone run \S+a\.yaml --seed 9\n\n1 scenario: 0 passed, 1 failed\n$/,
  );
});

test('quiet: the count alone', async () => {
  const { stdout } = await answer(['run', writeFiles({ 'a.yaml': bad }), '-q']);
  expect(stdout).toBe('1 scenario: 0 passed, 1 failed\n');
});

test('every mistake in every file is told before anything is run, and the answer is 2', async () => {
  const folder = folderOf({
    'a.yaml': 'title: x\nsteps: [power.of]',
    'b.yaml': good,
    'c.yaml': 'versoin: 1',
  });
  const { code, stdout, stderr } = await answer(['run', folder]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr.replaceAll(`${folder}/`, '')).toBe(`error: a.yaml:1:1: version: expected version: 1
a.yaml:2:9: steps[0]: "power.of" is no step; did you mean power.on?
c.yaml:1:1: version: expected version: 1
c.yaml:1:1: title: is missing
c.yaml:1:1: a scenario has no "versoin"; did you mean version?
`);
});

const usage: [title: string, args: string[], message: RegExp][] = [
  ['a path that is not there', ['nowhere.yaml'], /nowhere\.yaml: no such file or folder \(ENOENT\)/],
  [
    'a folder without scenarios',
    [pathOf('docs')],
    /docs: no scenario in it; expected files such as boot\.yaml/,
  ],
  [
    'a filter that meets nothing',
    [pathOf('scenarios/boot'), '--filter', 'xyz'],
    /no scenario has "xyz" in it/,
  ],
  [
    'half a thread',
    [pathOf('scenarios/boot'), '--workers', '0.5'],
    /Expected auto, or a number from 1 to 256/,
  ],
  ['a report nobody writes', [pathOf('scenarios/boot'), '--report', 'pdf=x'], /Expected KIND=FILE/],
  [
    'a share of nothing',
    [pathOf('scenarios/boot'), '--coverage-min', 'stats=90%'],
    /"stats=90%": expected a share such as 90%, or states=95%,transitions=90%\./,
  ],
  ['more than all', [pathOf('scenarios/boot'), '--coverage-min', 'states=101%'], /"101%": expected a share/],
  ['no path at all', [], /missing required argument 'PATH'/],
];

test.for(usage)('%s is wrong usage', async ([, args, message]) => {
  const { code, stderr } = await answer(['run', ...args]);
  expect(code).toBe(2);
  expect(stderr).toMatch(message);
});

test('--json: the run, facts by scenario, a result each, the count last', async () => {
  const file = writeFiles({ 'a.yaml': good });
  const { stdout } = await answer(['run', file, '--json']);
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines[0]).toMatchObject({ type: 'run.started', seed: null, scenarios: 1 });
  expect(lines[1]).toMatchObject({ scenario: file, at: 0, phone: '001B4F123001', n: 1, type: 'power.on' });
  expect(lines.at(-2)).toMatchObject({ type: 'scenario', id: file, verdict: 'passed' });
  expect(lines.at(-1)).toEqual({
    type: 'result',
    version: 1,
    verdict: 'passed',
    summary: { scenarios: 1, passed: 1, failed: 0, errors: 0, expectations: 1, phones: 1 },
  });
});

test('--repeat: each run with a seed of its own; N of M, and the seeds that failed', async () => {
  // When the software starts is drawn from the seed, and so is whether it has by then.
  const file = writeFiles({
    'a.yaml': good
      .replace('timings: none', 'timings: field\nsteps: [power.on, { advance: 13500ms }]')
      .replace('state: login', 'facts: [update.started]'),
  });
  const { code, stdout } = await run(['run', file, '--repeat', '20', '--seed', 'r', '--json', '-q']);
  const { repeats, seed } = JSON.parse(stdout.split('\n')[0] ?? '');
  expect(code).toBe(3);
  expect(repeats.of).toBe(20);
  expect(repeats.passed + repeats.failedSeeds.length).toBe(20);
  expect(repeats.passed).toBeGreaterThan(0);
  expect(repeats.failedSeeds[0]).toBe(seed);
  const again = await answer(['run', file, '--seed', seed, '-q']);
  expect(again.code).toBe(3);
});

test('--coverage-min: what the scenarios leave out is named, and too much of it is a failure', async () => {
  const file = writeFiles({ 'a.yaml': good });
  const { code, stdout } = await answer(['run', file, '--coverage-min', 'states=10%,transitions=90%']);
  expect(code).toBe(3);
  expect(stdout).toContain('\n  phone.powered.life.recovery.trying\n');
  expect(stdout).toContain('\n  phone.off: phone.resume -> phone.powered.life.up.idle\n');
  expect(stdout).toMatch(
    /\nstatechart coverage: .*\nstatechart coverage is too low: wanted at least 90 % of all transitions, .*\n1 scenario: 1 passed\n$/,
  );
  const enough = await answer(['run', file, '--coverage-min', '5%', '--json', '-q']);
  expect(enough.code).toBe(0);
  expect(JSON.parse(enough.stdout.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({
    verdict: 'passed',
    coverage: { wanted: { states: 5, transitions: 5 }, enough: true },
  });
});

test('--update rewrites no coverage', async () => {
  const file = writeFiles({ 'a.yaml': bad });
  expect(await answer(['run', file, '--update', '--coverage-min', '100%', '-q'])).toMatchObject({ code: 3 });
  expect(readFileSync(file, 'utf8')).toBe(good);
});

test('--update writes what was found, keeps the rest, and is 0; then it holds', async () => {
  const file = writeFiles({ 'a.yaml': bad });
  const { code, stderr } = await answer(['run', file, '--update']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: `${file}: 1 expectation rewritten\n` });
  expect(readFileSync(file, 'utf8')).toBe(good);
  expect(await answer(['run', file, '-q'])).toMatchObject({ code: 0 });
});

test('--update leaves what has no value to write, and what others extend, and says so', async () => {
  const file = writeFiles({
    'a.yaml': 'version: 1\nextends: _b.yaml\ntitle: t',
    '_b.yaml': bad.replace('  - ', '  - facts: [power.off]\n  - '),
  });
  const before = readFileSync(join(dirname(file), '_b.yaml'), 'utf8');
  const { code, stderr } = await answer(['run', file, '--update']);
  expect(code).toBe(3);
  expect(stderr.replaceAll(`${dirname(file)}/`, '')).toBe(
    'not rewritten: _b.yaml:6:5: facts: no value would hold; mend it by hand\nnot rewritten: a.yaml: expect.1.state stands in _b.yaml, which others extend\n',
  );
  expect(readFileSync(join(dirname(file), '_b.yaml'), 'utf8')).toBe(before);
});

test('--update writes no password into a file, nor a step, nor what holds of another phone, and says so', async () => {
  const flash = 'flash: { settings: { AUTOLOGIN_PASSWD_KEY01: found-in-flash } }';
  const text = `version: 1
title: Two phones
timings: none
phones:
  - { name: A, mac: "001B4F000001", ${flash} }
  - { name: B, mac: "001B4F000002" }
server: { files: { 1230SIP.cfg: "" } }
steps:
  - power.on
  - wait: rest
  - expect:
      - settings: { AUTOLOGIN_PASSWD_KEY01: none-of-these }
        phone: A
      - settings: { AUTOLOGIN_PASSWD_KEY01: null }
  - wait: call.ended
    phone: B
    limit: 1s
`;
  const file = writeFiles({ 'a.yaml': text });
  const { code, stderr } = await answer(['run', file, '--update']);
  expect({ code, stderr: stderr.replaceAll(file, 'a.yaml') }).toEqual({
    code: 3,
    stderr: `not rewritten: a.yaml:12:9: settings: what was found of AUTOLOGIN_PASSWD_KEY01 is a secret; mend it by hand
not rewritten: a.yaml:14:9: settings: it holds of another phone; mend it by hand
not rewritten: a.yaml:15:5: wait: a step that failed is no expectation; mend it by hand
`,
  });
  expect(readFileSync(file, 'utf8')).toBe(text);
});

test('--watch runs again when a file changes, and ends with Ctrl-C', async () => {
  const file = writeFiles({ 'a.yaml': bad });
  const watching = start(['run', file, '--watch']);
  await watching.says(/1 failed/);
  // The second word comes only from a second run.
  writeFileSync(file, good);
  await watching.says(/1 scenario: 1 passed/);
  watching.signal('SIGINT');
  expect(await watching.exited).toBe(130);
});

test('--print-config shows what comes of file and flags', async () => {
  const file = writeFiles({ 'a.yaml': good });
  const { code, stdout } = await answer(['run', file, '--seed', 'mine', '--print-config']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    argument: file,
    seed: 'mine',
    scenarios: [
      {
        id: file,
        seed: 'mine',
        time: 'virtual',
        timings: 'none',
        server: 'embedded, http',
        steps: ['power.on', 'wait'],
      },
    ],
  });
});

test('Ctrl-C ends a run that is under way', async () => {
  const file = writeFiles({
    'a.yaml': good.replace(
      'timings: none',
      'timings: field\ntime: { mode: real }\nsteps: [power.on, { advance: 1h }]',
    ),
  });
  const running = start(['run', file, '--json']);
  await running.says(/run\.started/);
  running.signal('SIGINT');
  expect(await running.exited).toBe(130);
});
