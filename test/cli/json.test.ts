import { expect, test } from 'vitest';
import { published } from '../../src/cli/published.schema.ts';
import { run } from './deskphone.ts';
import { outcomeOfFacts, runTold } from './told-run.ts';

const demo = ['boot', '--time', 'virtual', '--seed', '7'];

test('the first line says with what the run can be repeated, every fact when, who and which', async () => {
  const { code, stderr, started, facts } = await runTold(demo);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(started).toMatchObject({
    type: 'run.started',
    at: 0,
    phone: '001B4F123001',
    n: 0,
    seed: '7',
    time: 'virtual',
    timings: 'field',
    server: 'embedded, in memory',
    options: { model: '1230', timeout: 10_800_000, quirks: { httpConnection: 'check' } },
  });
  expect(new Set(facts.map(({ phone }) => phone))).toEqual(new Set(['001B4F123001']));
  expect(facts.map(({ n }) => n)).toEqual(facts.map((_, index) => index + 1));
  expect(facts.map(({ at }) => at)).toEqual(facts.map(({ at }) => at).toSorted((a, b) => a - b));
});

test('the last line is the outcome of the facts before it', async () => {
  const told = await runTold(demo);
  expect(told.outcome).toEqual(outcomeOfFacts(told));
  expect(told.outcome).toMatchObject({ ok: true, state: 'idle', reboots: 1, failures: [] });
});

test('the same seed in virtual time tells the same to the byte, another one does not', async () => {
  const [first, second, other] = await Promise.all([
    run([...demo, '--json']),
    run([...demo, '--json']),
    run(['boot', '--time', 'virtual', '--seed', '8', '--json']),
  ]);
  expect(second.stdout).toBe(first.stdout);
  expect(other.stdout.split('\n').slice(1)).not.toEqual(first.stdout.split('\n').slice(1));
});

test('without a seed one is made, told, and good for the same run again', async () => {
  const { started, facts } = await runTold(['boot', '--time', 'virtual']);
  const again = await runTold(['boot', '--time', 'virtual', '--seed', String(started['seed'])]);
  expect(again.facts).toEqual(facts);
});

test('--quiet leaves the outcome alone', async () => {
  const { stdout } = await run([...demo, '--json', '--quiet']);
  expect(stdout.trimEnd().split('\n')).toHaveLength(1);
  expect(JSON.parse(stdout)).toMatchObject({ type: 'outcome', ok: true });
});

// fixtures/demo/SIP001B4F123001.cfg gives the phone the password of its user.
const password = 'only-for-the-demo';

test('passwords are told to nobody', async () => {
  const told = await runTold(demo);
  const debug = await run([...demo, '--log-level', 'debug']);
  expect(told.outcome.settings['AUTOLOGIN_PASSWD_KEY01']).toBe('***');
  expect(told.stdout).toContain('"AUTOLOGIN_PASSWD_KEY01":{"value":"***","from":"file"}');
  expect(debug.stderr).toContain('"AUTOLOGIN_PASSWD_KEY01":{"value":"***","from":"file"}');
  expect(`${told.stdout}${told.stderr}${debug.stdout}${debug.stderr}`).not.toContain(password);
});

test('the schema of facts is of two halves, and neither forbids what the other holds', () => {
  const schema = new Map(Object.entries(published)).get('facts')?.make();
  expect(schema).toMatchObject({
    allOf: [{ required: ['at', 'phone', 'n'] }, { oneOf: expect.any(Array) }],
  });
  expect(JSON.stringify(schema)).not.toContain('"additionalProperties":false');
});
