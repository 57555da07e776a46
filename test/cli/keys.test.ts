import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { answer } from './answer.ts';
import { start } from './deskphone.ts';
import { temporaryFolder } from './held-phone.ts';
import { serveTree } from './servers.ts';
import { runTold, toldRun } from './told-run.ts';

const virtual = ['--time', 'virtual', '--seed', '7'];

const panelKeys = (types: readonly string[]) => types.filter((type) => /^(menu|text|question)\./.test(type));

test('boot --keys "Srvcs 4 Yes" checks for updates as a user would', async () => {
  const { code, facts, outcome } = await runTold(['boot', ...virtual, '--keys', 'Srvcs 4 Yes']);
  expect({ code, state: outcome.state }).toEqual({ code: 0, state: 'idle' });
  expect(panelKeys(facts.map(({ type }) => type))).toEqual([
    'menu.opened',
    'menu.closed',
    'question.asked',
    'question.answered',
  ]);
  expect(facts.filter(({ type }) => type === 'update.started').at(-1)).toMatchObject({ trigger: 'soft-key' });
});

test('texts of the menu in quotes, over sockets, and what follows comes after', async () => {
  const words = ['boot', '--time', 'jump', '--seed', '7', '--then', 'off'];
  const { code, facts, outcome } = await runTold([...words, '--keys', `Srvcs 'Check for Updates' Yes`]);
  expect({ code, state: outcome.state }).toEqual({ code: 0, state: 'off' });
  expect(facts.at(-1)?.type).toBe('power.off');
  expect(facts.filter(({ type }) => type === 'update.started')).toHaveLength(3);
});

test('check --keys: a key waits for the screen it belongs to', async () => {
  const { code, facts } = await runTold(['check', ...virtual, '--keys', 'Srvcs Logout Yes']);
  const types = facts.map(({ type }) => type);
  expect(code).toBe(0);
  expect(types.indexOf('menu.opened')).toBeGreaterThan(types.lastIndexOf('update.finished'));
  expect(types).toContain('logout.refused');
});

test.for([
  [
    'Srvcs 9',
    'key "9" has no effect on the screen "services", which has 2 Login, 3 Logout, ' +
      '4 Check for Updates, 5 Reset Phone, 6 File Manager, 8 Phone Information, Back',
  ],
  [
    'Srvs 4',
    'key "Srvs" has no effect on the screen "idle", which has Redial, Srvcs, More..; did you mean Srvcs?',
  ],
] as const)('--keys "%s", a key that no screen takes, fails the run', async ([keys, message]) => {
  const { code, outcome } = await runTold(['boot', ...virtual, '--timeout', '10m', '--keys', keys]);
  expect({ code, ok: outcome.ok, failures: outcome.failures }).toEqual({
    code: 3,
    ok: false,
    failures: [{ code: 'KEY_WITHOUT_EFFECT', message }],
  });
});

test('--allow forgives a key without effect, and the exit code goes by that', async () => {
  const words = ['boot', ...virtual, '--timeout', '10m', '--keys', 'Srvcs 9'];
  const { code, outcome } = await runTold([...words, '--allow', 'KEY_WITHOUT_EFFECT']);
  expect({ code, ok: outcome.ok }).toEqual({ code: 0, ok: true });
});

test('Ctrl-C ends the wait for the screen of a key', async () => {
  const phone = start(['boot', '--json', '--keys', 'Yes']);
  await phone.says(/"phone\.idle"/);
  phone.signal('SIGINT');
  const { code, outcome } = toldRun(await phone.ended);
  expect({ code, state: outcome.state, failures: outcome.failures }).toEqual({
    code: 130,
    state: 'idle',
    failures: [{ code: 'NOT_FINISHED', message: 'the run was stopped before --keys and --then were done' }],
  });
});

test('in real time it says at once that it waits', async () => {
  const { code, stderr } = await answer(['boot', '--timeout', '8s', '--keys', 'Yes']);
  const refused = 'key "Yes" has no effect on the screen "idle", which has Redial, Srvcs, More..';
  expect({ code, stderr }).toEqual({ code: 3, stderr: `${refused}: waiting\n` });
});

test('a password typed by keys is told to nobody', async () => {
  const keys = ['--keys', 'More.. Prefs 1 26567*738 OK'];
  const { facts, started, stdout } = await runTold(['boot', ...virtual, ...keys]);
  expect(facts.filter(({ type }) => type === 'text.typed')).toMatchObject([{ text: '***' }]);
  expect(facts.at(-1)).toMatchObject({ type: 'menu.opened', menu: 'network' });
  const shown = ['More..', 'Prefs', '1', '***', 'OK'];
  expect(started).toMatchObject({ options: { keys: shown } });
  expect(stdout).not.toContain('26567');
  const config = await answer(['boot', '--print-config', ...keys]);
  expect(JSON.parse(config.stdout).keys).toEqual(shown);
});

const typingServer = 'Srvcs Srvcs 26567*738 OK 2';

test('a server typed in Device Settings is asked after Apply&Reset, and at the next boot', async () => {
  const flash = ['--flash', `${temporaryFolder()}/phone`];
  const fields = '1 ftp://192.0.2.7 OK 3 deskphone OK 4 sesame77 OK';
  const keys = ['--keys', `${typingServer} ${fields} Apply&Reset`];
  const told = await runTold(['boot', ...virtual, ...flash, ...keys]);
  const asked = told.facts.filter(({ type }) => type === 'update.started');
  expect({ code: told.code, state: told.outcome.state }).toEqual({ code: 0, state: 'idle' });
  expect(asked.at(-1)).toMatchObject({ trigger: 'power-up', server: 'ftp://192.0.2.7:21/' });
  expect(told.started).toMatchObject({
    options: { keys: expect.arrayContaining(['Srvcs', '***', '1', 'OK']) },
  });
  const again = await runTold(['boot', ...virtual, ...flash]);
  expect(again.outcome.requests[0]?.url).toBe('ftp://192.0.2.7:21/1230SIP.cfg');
  const printed = await answer(['boot', ...keys, '--print-config']);
  const everything = [told, again, printed].map(({ stdout, stderr }) => `${stdout}${stderr}`).join('');
  expect(everything).not.toMatch(/sesame77|26567/);
});

test('and over a socket, by the Protocol of the menu', async () => {
  const { http } = await serveTree({ '1230SIP.cfg': '[LANGUAGE]\nVERSION 000001\n' });
  const address = http.replace('http://', '');
  const keys = `${typingServer} 1 ${address} OK 2 HTTP Apply&Reset`;
  const { facts, outcome } = await runTold(['boot', '--time', 'jump', '--seed', '7', '--keys', keys]);
  expect(facts.filter(({ type }) => type === 'update.started').at(-1)).toMatchObject({ server: `${http}/` });
  expect(outcome.requests.at(-1)).toMatchObject({ url: `${http}/1230SIP.cfg`, result: 'ok' });
});

test.for([
  ['a quote that is not closed', 'Srvcs "Check', 'A quote is not closed.'],
  ['nothing', ' ', 'Expected keys such as "Srvcs 4 Yes".'],
  ['an empty name', 'Srvcs ""', 'Expected keys such as "Srvcs 4 Yes".'],
] as const)('--keys with %s is refused', async ([, keys, says]) => {
  const { code, stderr } = await answer(['boot', '--keys', keys]);
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: `error: --keys: ${says}\n`,
  });
});

test("the phone's own logs are files", async () => {
  const folder = temporaryFolder();
  const ecr = join(folder, 'ecr');
  const security = join(folder, 'security');
  await answer(['boot', ...virtual, '--ecr-log', ecr, '--security-log', security]);
  expect(readFileSync(ecr, 'utf8')).toMatch(
    /^=== Record #001 === INFO SET Logged 03\/02\/2026 08:00:\d\d Firmware: SIP12x004\.01\.13\.00\nSource: /,
  );
  expect(readFileSync(security, 'utf8')).toMatch(
    /^F006\[Information\]\[MON MAR 02 0\d:\d\d:\d\d 2026\]\[\d+\]\[login\.succeeded:\d+\] - 1001@deskphone\.example logged in\n$/,
  );
});

test('a log that cannot be opened is wrong usage, one that cannot be written makes the run invalid', async () => {
  const nowhere = join(temporaryFolder(), 'none', 'ecr');
  const refused = await answer(['boot', ...virtual, '--ecr-log', nowhere]);
  expect(refused.code).toBe(2);
  expect(refused.stderr).toMatch(/^error: --ecr-log .*: no such file or folder \(ENOENT\)\n$/);
  const full = await answer(['boot', ...virtual, '--ecr-log', '/dev/full']);
  expect(full.code).toBe(4);
  expect(full.stderr).toMatch(/^error: --ecr-log \/dev\/full: its disk is full \(ENOSPC\)\n$/);
});
