import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { lintReportSchema } from '../../src/lint/lint-report.schema.ts';
import { answer } from './answer.ts';
import { run, start } from './deskphone.ts';

function treeOf(files: Readonly<Record<string, string>>): string {
  const directory = mkdtempSync(join(tmpdir(), 'deskphone-lint-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  for (const [name, body] of Object.entries(files)) writeFileSync(join(directory, name), body);
  return directory;
}

const plan = `[DEVICE_CONFIG]
DOWNLOAD_MODE forced
VERSION 000001
FILENAME DeviceConfig.cfg
PROTOCOL HTTP
`;
const files = { '1230SIP.cfg': plan, 'DeviceConfig.cfg': 'BANER x\n' };

test('a report for people: the worst first, each rule explained once, who fetches what, a last line', async () => {
  const tree = treeOf({ ...files, 'DeviceConfig.cfg': 'BANER x\nBANNNER y\n' });
  const { code, stdout, stderr } = await answer(['lint', tree, '--phones', '1230']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout.replaceAll(tree, 'tree')).toMatchInlineSnapshot(`
    "tree/DeviceConfig.cfg:1  warning  UNKNOWN_PARAMETER
        "BANER" is no parameter this phone knows; did you mean BANNER?
        why:  The phone skips the line in silence. [the table of parameters; that others are skipped:
              Wazo]
        mend: Correct the spelling, or take the line out.
    tree/DeviceConfig.cfg:2  warning  UNKNOWN_PARAMETER
        "BANNNER" is no parameter this phone knows; did you mean BANNER?

    tree/1230SIP.cfg:1  note  FORCED_EVERY_CHECK
        [DEVICE_CONFIG] is FORCED: fetched at every check, 18 bytes each time
        why:  Every power-up and every Check for Updates fetches the whole file, whether it is new or
              not. [M43 p45]
        mend: DOWNLOAD_MODE AUTO, and raise VERSION when the file changes.
    tree/1230SIP.cfg:2  note  VALUE_CASE
        DOWNLOAD_MODE is "forced"; expected AUTO or FORCED. It is taken
        why:  Taken here; every example of the manuals has upper case. [assumed]
        mend: Write it in upper case. (--fix does it)

    Who fetches what, and why: from SIP12x004.01.13.00, nothing stored
    section          file              size  1230
    [DEVICE_CONFIG]  DeviceConfig.cfg  18 B  forced

    tree (2 files): 0 errors, 2 warnings, 2 notes
    "
  `);
});

test('the exit code is 3 from the severity on that is asked for', async () => {
  const tree = treeOf(files);
  const codes = await Promise.all(
    [[], ['--fail-on', 'warning'], ['--fail-on', 'warning', '--allow', 'UNKNOWN_PARAMETER']].map(
      async (words) => (await answer(['lint', tree, '--phones', '1230', '--quiet', ...words])).code,
    ),
  );
  expect(codes).toEqual([0, 3, 0]);
  expect((await answer(['lint', treeOf({}), '--quiet'])).code).toBe(3);
});

test('--quiet leaves the last line, --log-level what is as severe', async () => {
  const tree = treeOf(files);
  const { stdout } = await answer(['lint', tree, '--phones', '1230', '--quiet']);
  expect(stdout).toBe(`${tree} (2 files): 0 errors, 1 warning, 2 notes\n`);
  const warnings = await answer(['lint', tree, '--phones', '1230', '--log-level', 'warning']);
  expect(warnings.stdout).not.toContain('FORCED_EVERY_CHECK');
  expect(warnings.stdout).toContain('UNKNOWN_PARAMETER');
});

test('--format json is one document of its schema', async () => {
  const { stdout } = await answer(['lint', treeOf(files), '--format', 'json']);
  const told: unknown = JSON.parse(stdout);
  expect(lintReportSchema.strict().parse(told)).toEqual(told);
});

test('--json is the same as lines', async () => {
  const tree = treeOf(files);
  const [lines, document] = await Promise.all(
    [['--json'], ['--format', 'json']].map(async (words) => (await answer(['lint', tree, ...words])).stdout),
  );
  const told = (lines ?? '')
    .trimEnd()
    .split('\n')
    .map((line): Record<string, unknown> => JSON.parse(line));
  const { findings, ...rest } = lintReportSchema.parse(JSON.parse(document ?? ''));
  expect(told).toEqual([
    { type: 'lint.started', version: 1, tree },
    ...findings.map((finding) => ({ type: 'finding', ...finding })),
    { type: 'lint.ended', ...rest },
  ]);
});

test('--diff shows what --fix does, and a password in neither', async () => {
  const tree = treeOf({ ...files, '1230SIP.cfg': `${plan}srv_user_name jo\nsrv_user_pass s3cret\n` });
  const before = readFileSync(join(tree, '1230SIP.cfg'), 'utf8');
  const shown = await answer(['lint', tree, '--diff']);
  expect(readFileSync(join(tree, '1230SIP.cfg'), 'utf8')).toBe(before);
  expect(shown).toEqual({ code: 0, stdout: expect.not.stringContaining('s3cret'), stderr: '' });
  expect(shown.stdout.replaceAll(tree, 'tree')).toMatchInlineSnapshot(`
    "--- tree/1230SIP.cfg
    +++ tree/1230SIP.cfg
    @@ -2 +2 @@
    -DOWNLOAD_MODE forced
    +DOWNLOAD_MODE FORCED
    @@ -6 +6 @@
    -srv_user_name jo
    +SRV_USER_NAME jo
    @@ -7 +7 @@
    -srv_user_pass ***
    +SRV_USER_PASS ***
    to mend: 1 file

    "
  `);
  const fixed = await answer(['lint', tree, '--fix', '--phones', '1230']);
  expect(fixed.stdout.startsWith(shown.stdout.replace('to mend', 'mended'))).toBe(true);
  expect(readFileSync(join(tree, '1230SIP.cfg'), 'utf8')).toBe(
    before
      .replace('forced', 'FORCED')
      .replace('srv_user_name', 'SRV_USER_NAME')
      .replace('srv_user_pass', 'SRV_USER_PASS'),
  );
  expect((await answer(['lint', tree, '--diff'])).stdout).toBe('nothing to mend by itself\n\n');
});

test('a reader that goes away, as head does, is no failure', async () => {
  const lint = start(['lint', treeOf({})]);
  lint.closeStdout();
  expect((await lint.ended).stderr).toBe('');
});

test('the built program lints the demo tree, which lacks only its image', async () => {
  const { code, stdout } = await run(['lint', 'fixtures/demo', '--allow', 'NOT_FOUND,NOT_AUTHENTICATED']);
  expect({ code, last: stdout.trimEnd().split('\n').at(-1) }).toEqual({
    code: 0,
    last: 'fixtures/demo (15 files): 0 errors, 0 warnings, 0 notes',
  });
});

const mistakes: [title: string, words: string[], stderr: RegExp][] = [
  ['a folder that is not there', ['none'], /^error: none: no such file or folder/],
  ['a rule that is none', ['.', '--allow', 'NOT_FOND'], /"NOT_FOND" is no rule; did you mean NOT_FOUND\?/],
  ['a model that is none', ['.', '--phones', '1240'], /"1240" is no model; expected 1210, 1220, 1230/],
  ['a state that is none', ['.', '--stored', 'all'], /"all" is no state; expected nothing, current/],
  ['mending a server', ['http://127.0.0.1:9/', '--fix'], /--fix goes with a folder/],
  ['a server of a server', ['http://127.0.0.1:9/', '--server', 'http://a/'], /--server goes with a folder/],
  ['a password among the options', ['.', '--server', 'http://jo:x@a/'], /without user and password/],
];

test.for(mistakes)('wrong usage: %s', async ([, words, stderr]) => {
  const ended = await answer(['lint', ...words]);
  expect(ended.code).toBe(2);
  expect(ended.stderr).toMatch(stderr);
});
