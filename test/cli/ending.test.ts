import { existsSync } from 'node:fs';
import { watch } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { answer } from './answer.ts';
import { run, start } from './deskphone.ts';
import { temporaryFolder } from './held-phone.ts';
import { serveTree, stayQuiet } from './servers.ts';
import { runTold, toldRun } from './told-run.ts';

const demo = ['boot', '--time', 'virtual'];

test('exit 0: the phone came up and everything due was completed', async () => {
  const { code, stdout, stderr } = await run([...demo, '--quiet']);
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: 'ok: idle, 11 files, 1 reboot\n', stderr: '' });
});

test('exit 3: a problem as severe as --fail-on fails a run, and --allow forgives it', async () => {
  const failing = await answer([...demo, '--quiet', '--fail-on', 'note']);
  expect(failing.code).toBe(3);
  expect(failing.stdout).toMatch(
    /^failed: firmware\/SIP12x004\.04\.09\.00\.bin: a real phone would also check/,
  );
  const allowed = await answer([...demo, '--quiet', '--fail-on', 'note', '--allow', 'NOT_AUTHENTICATED']);
  expect(allowed.code).toBe(0);
});

test('exit 3: a file that only one section may do without', async () => {
  const url = (
    await serveTree({ '1230SIP.cfg': '[USER_CONFIG]\nVERSION 000001\nDOWNLOAD_MODE FORCED\nPROTOCOL HTTP\n' })
  ).http;
  const codes = await Promise.all(
    [[], ['--allow', 'NOT_FOUND:USER_CONFIG'], ['--allow', 'NOT_FOUND:DEVICE_CONFIG']].map(
      async (allow) => (await answer(['boot', url, '-q', ...allow])).code,
    ),
  );
  expect(codes).toEqual([3, 0, 3]);
});

test('--timeout is told as the reason, and the phone is busy', async () => {
  const { code, stderr, outcome } = await runTold([...demo, '--timings', 'field', '--timeout', '5s']);
  expect({
    code,
    stderr,
    state: outcome.state,
    failures: outcome.failures.map((failure) => failure.code),
  }).toEqual({
    code: 3,
    stderr: 'the limit of 5s (--timeout) came before the phone was at rest\n',
    state: 'busy',
    failures: ['NOT_FINISHED', 'NO_CHECK'],
  });
});

test.for([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  // By the signal, which shells call 129.
  ['SIGHUP', null],
] as const)('%s ends a boot with %s and shows what was known', async ([signal, code]) => {
  const url = (await stayQuiet()).http;
  const phone = start(['boot', url, '--json']);
  await phone.says(/"file\.requested"/);
  phone.signal(signal);
  const told = toldRun(await phone.ended);
  expect({ code: told.code, stderr: told.stderr }).toEqual({ code, stderr: '' });
  expect(told.outcome).toMatchObject({ ok: false, state: 'busy' });
  expect(told.outcome.failures[0]).toEqual({
    code: 'NOT_FINISHED',
    message: `the run ended while the phone was still fetching ${url}/1230SIP.cfg`,
  });
});

test('Ctrl-C shows a person the panel and the closing table', async () => {
  const url = (await stayQuiet()).tftp;
  const phone = start(['boot', url]);
  await phone.says(/asking tftp/);
  phone.signal('SIGINT');
  const { code, stdout } = await phone.ended;
  expect(code).toBe(130);
  expect(stdout).toContain('ABORTED: ended by the phone');
  expect(stdout).toMatch(/\nfailed: the run ended while the phone was still fetching tftp:/);
});

test('a second signal leaves at once, also when nobody reads what is left to print', async () => {
  const folder = temporaryFolder();
  // More than a pipe and its reader hold.
  const resets = Array.from({ length: 60 }, () => 'reset').join(',');
  const phone = start([...demo, '--json', '--flash', folder, '--then', resets]);
  await phone.says(/run\.started/);
  phone.stopReading();
  await goneFrom(folder, 'flash.lock');
  phone.signal('SIGINT');
  phone.signal('SIGTERM');
  // Two signals under way at once arrive in either order.
  expect([130, 143]).toContain(await phone.exited);
});

test('a reader that has seen enough, such as head, ends a run quietly with 0', async () => {
  const phone = start(['boot', '--json']);
  await phone.says(/\n/);
  phone.closeStdout();
  const { code, stderr } = await phone.ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

const full = /^error: standard output cannot be written: ENOSPC: no space left on device/;

test.for([[demo], [[...demo, '--json']], [['schema', 'facts']], [['--help']]] as const)(
  'a full disk under the output of %s is told, with exit 4',
  async ([words]) => {
    const { code, stderr } = await run(words, { stdoutFile: '/dev/full' });
    expect(code).toBe(4);
    expect(stderr).toMatch(full);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  },
);

test('a closed stderr changes nothing', async () => {
  const good = await run([...demo, '--quiet'], { stderr: 'closed' });
  expect(good).toMatchObject({ code: 0, stdout: 'ok: idle, 11 files, 1 reboot\n' });
  expect(await run(['boot', '--jsno'], { stderr: 'closed' })).toMatchObject({ code: 2, stdout: '' });
});

/** Waits until a file is no longer in a folder. */
async function goneFrom(folder: string, name: string): Promise<void> {
  const changes = watch(folder);
  for await (const _ of changes) if (!existsSync(join(folder, name))) return;
}
