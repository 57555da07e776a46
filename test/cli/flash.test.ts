import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeImage } from '../../src/device/image.ts';
import { answer } from './answer.ts';
import { start } from './deskphone.ts';
import { heldPhone, provisioned, temporaryFolder } from './held-phone.ts';
import { serveTree, stayQuiet } from './servers.ts';
import { runTold } from './told-run.ts';

const newLoad = 'SIP12x004.04.09.00';
const tree = {
  '1230SIP.cfg':
    `[FW]\nVERSION ${newLoad}\nFILENAME ${newLoad}.bin\nPROTOCOL HTTP\n` +
    '[DEVICE_CONFIG]\nVERSION 000006\nFILENAME Device.cfg\nPROTOCOL TFTP\n',
  [`${newLoad}.bin`]: makeImage({ load: newLoad, sizeBytes: 64 * 1024 }),
  'Device.cfg': 'BANNER Reception\n',
};
const portsOf = (urls: Readonly<Record<'tftp' | 'ftp' | 'http', string>>) =>
  Object.entries(urls)
    .map(([protocol, url]) => `${protocol}=${new URL(url).port}`)
    .join(',');

test('--flash holds a phone between runs: what one stored, the next does not fetch again', async () => {
  const urls = await serveTree(tree);
  const folder = join(temporaryFolder(), 'new', 'phone');
  const boot = ['boot', urls.http, '--ports', portsOf(urls), '--flash', folder];
  const first = await runTold(boot);
  const second = await runTold(boot);
  expect(first.outcome).toMatchObject({ ok: true, reboots: 1, phone: { software: newLoad } });
  expect(second.outcome).toMatchObject({ ok: true, reboots: 0, phone: { software: newLoad } });
  expect(second.outcome.requests.map(({ file }) => file)).toEqual(['1230SIP.cfg']);
  expect(second.outcome.flash).toEqual(first.outcome.flash);
  expect(JSON.parse(readFileSync(join(folder, 'flash.json'), 'utf8'))).toMatchObject({
    mac: '001B4F123001',
    software: newLoad,
    versions: { FW: newLoad, DEVICE_CONFIG: '000006' },
    settings: { BANNER: 'Reception' },
  });
  expect(existsSync(join(folder, 'flash.lock'))).toBe(false);
});

test('check starts with the phone of --flash up and logged in, and asks as its user would', async () => {
  const urls = await serveTree({
    ...tree,
    '1230SIP.cfg': '[DEVICE_CONFIG]\nVERSION 000005\nFILENAME Device.cfg\n',
  });
  const phone = heldPhone();
  const { code, outcome, facts } = await runTold(['check', urls.http, '--flash', phone.folder]);
  expect(code).toBe(0);
  expect(outcome).toMatchObject({ trigger: 'soft-key', state: 'idle', reboots: 0, dnd: false });
  expect(outcome.requests.map(({ file, check }) => ({ file, check }))).toEqual([
    { file: '1230SIP.cfg', check: 1 },
  ]);
  expect(outcome.sections).toEqual([
    {
      check: 1,
      section: 'DEVICE_CONFIG',
      decision: 'skip',
      why: 'not-newer',
      result: 'none',
      version: '000005',
    },
  ]);
  expect(facts.map(({ type }) => type).filter((type) => /^(phone\.idle|update\.|dnd\.)/.test(type))).toEqual([
    'phone.idle',
    'update.started',
    'dnd.enabled',
    'dnd.disabled',
    'update.finished',
    'phone.idle',
  ]);
  expect(phone.text()).toBe(provisioned);
});

test('--then follows with a check, a reset and a power cycle, each once the phone is at rest', async () => {
  const { code, outcome, facts } = await runTold([
    'boot',
    '--time',
    'virtual',
    '--then',
    'check,reset,off,on',
  ]);
  const told = ['power.on', 'power.off', 'update.started', 'phone.restarted', 'phone.idle'];
  expect(facts.filter(({ type }) => told.includes(type)).map(({ type }) => type)).toEqual([
    'power.on',
    'update.started',
    'phone.restarted',
    'update.started',
    'phone.idle',
    'update.started',
    'phone.idle',
    'phone.restarted',
    'update.started',
    'phone.idle',
    'power.off',
    'power.on',
    'update.started',
    'phone.idle',
  ]);
  expect({ code, state: outcome.state, reboots: outcome.reboots }).toEqual({
    code: 0,
    state: 'idle',
    reboots: 2,
  });
  expect(new Set(outcome.requests.map(({ check }) => check))).toEqual(new Set([1, 2, 3, 4, 5]));
});

test('a phone is one process at a time: the second is told which has it', async () => {
  const folder = temporaryFolder();
  const first = start(['boot', (await stayQuiet()).http, '--flash', folder]);
  await first.says(/asking http/);
  expect(await answer(['boot', '--flash', folder])).toEqual({
    code: 2,
    stdout: '',
    stderr: `error: ${folder} is in use by process ${first.pid}: one phone, one process at a time\n`,
  });
  first.signal('SIGINT');
  expect((await first.ended).code).toBe(130);
  expect((await answer(['boot', '--time', 'virtual', '-q', '--flash', folder])).code).toBe(0);
});

test('the lock of a process that was killed is no obstacle', async () => {
  const folder = temporaryFolder();
  const first = start(['boot', (await stayQuiet()).http, '--flash', folder]);
  await first.says(/asking http/);
  first.signal('SIGKILL');
  await first.ended;
  expect(existsSync(join(folder, 'flash.lock'))).toBe(true);
  expect((await answer(['boot', '--time', 'virtual', '-q', '--flash', folder])).code).toBe(0);
});

const mistakes = `{
  "mac": "00:1B:4F:12:30",
  "software": "SIP1140e04.01.13.00",
  "versions": { "LANGAUGE": "000002", "TONES": 2 },
  "files": {},
  "setings": {}
}
`;

test('a flash.json with mistakes is refused with the line and key of each, and left as it is', async () => {
  const phone = heldPhone(mistakes);
  const { code, stdout, stderr } = await answer(['boot', '--flash', phone.folder]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr.replaceAll(phone.folder, 'FLASH')).toMatchInlineSnapshot(`
    "error: --flash FLASH: flash.json:2: mac is "00:1B:4F:12:30"; expected 12 hex digits in quotes, such as "001B4F123001"
    flash.json:3: software is "SIP1140e04.01.13.00"; expected a load in quotes, such as "SIP12x004.01.13.00" or "062AC7J"
    flash.json:4: versions.LANGAUGE is no section; did you mean LANGUAGE?
    flash.json:4: versions.TONES is 2; expected digits in quotes, such as "000002"
    flash.json:6: setings is no key; did you mean settings?
    "
  `);
  expect(phone.text()).toBe(mistakes);
});

test('a flash.json that is no JSON is refused with the line', async () => {
  const phone = heldPhone('{\n  "mac": "001B4F123001",\n  "versions": {\n');
  const { code, stderr } = await answer(['boot', '--flash', phone.folder]);
  expect({ code, stderr: stderr.replaceAll(phone.folder, 'FLASH') }).toMatchInlineSnapshot(`
    {
      "code": 2,
      "stderr": "error: --flash FLASH: flash.json:4: this is not JSON: Flow map in block collection must be sufficiently indented and end with a }
    flash.json:4: this is not JSON: Flow map must end with a }
    ",
    }
  `);
});

test('another phone than the one asked for is refused', async () => {
  const phone = heldPhone();
  const { code, stderr } = await answer(['boot', '--mac', '00:1B:4F:00:00:01', '--flash', phone.folder]);
  expect({ code, stderr: stderr.replaceAll(phone.folder, 'FLASH') }).toMatchInlineSnapshot(`
    {
      "code": 2,
      "stderr": "error: --flash FLASH: flash.json:2: mac is "00:1B:4F:12:30:01"; expected 001B4F000001, the MAC asked for
    ",
    }
  `);
});

test('a file in the place of --flash is refused', async () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  const { code, stderr } = await answer(['boot', '--flash', file]);
  expect({ code, stderr: stderr.replaceAll(file, 'FILE') }).toMatchInlineSnapshot(`
    {
      "code": 2,
      "stderr": "error: FILE/flash.lock cannot be written: ENOTDIR: not a directory
    ",
    }
  `);
});

test('check on a phone with half an image is refused: it cannot be up', async () => {
  const phone = heldPhone('{"mac":"001B4F123001","versions":{},"files":{},"image":"writing"}');
  const { code, stderr } = await answer(['check', '--flash', phone.folder]);
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr:
      'error: flash.json: image is "writing", so the phone cannot be up; expected "ok" (deskphone boot recovers it)\n',
  });
});

test('what is doubtful about the address is told first', async () => {
  const { facts } = await runTold(['boot', 'http://phone;secret@127.0.0.1:1/1230SIP.cfg']);
  const codes = facts.flatMap((fact) => (fact.type === 'problem.told' ? [fact.code] : []));
  expect(codes).toEqual([
    'CREDENTIALS_SEMICOLON',
    'ADDRESS_NAMES_FILE',
    'USER_AGENT_WITHOUT_BYTE',
    'UNREACHABLE',
  ]);
});
