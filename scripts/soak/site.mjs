import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { macAt } from '../../dist/fleet/population.js';

const root = join(import.meta.dirname, '..', '..');
const DESKPHONE = join(root, 'dist', 'cli', 'main.js');
const FAULTS = join(import.meta.dirname, 'faults.yaml');
const HOUR_S = 3600;

/** Each phone of newcomers.yaml and residents.yaml has a file of its own. */
const macBases = ['001B4FA00000', '001B4FB00000'];

/**
 * Serves a tree with faults by `deskphone serve`, a process of its own. `phones`: so many of each fleet find
 * a file of their own. Phones poll within an hour from now.
 */
export async function openSite(phones) {
  const folder = await mkdtemp(join(tmpdir(), 'deskphone-soak-'));
  const tree = join(folder, 'tree');
  await mkdir(tree);
  for (const [name, text] of filesOf(phones)) await writeFile(join(tree, name), text);
  const server = spawn(
    process.execPath,
    [DESKPHONE, 'serve', tree, '--faults', FAULTS, '--seed', 'soak', '--json', '--quiet'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const killWithUs = () => server.kill('SIGKILL');
  process.once('exit', killWithUs);
  const ended = once(server, 'exit');
  const [line] = await once(createInterface(server.stdout), 'line');
  return {
    ports: JSON.parse(line).ports,
    pid: server.pid,
    close: async () => {
      server.kill('SIGTERM');
      await ended;
      process.off('exit', killWithUs);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function* filesOf(phones) {
  yield [
    '1230SIP.cfg',
    [
      section('DEVICE_CONFIG', 'FORCED', 'HTTP', 'DeviceConfig.cfg'),
      section('LANGUAGE', 'AUTO', 'TFTP', 'French.lng'),
      section('USER_CONFIG', 'FORCED', 'FTP'),
    ].join('\n'),
  ];
  const now = new Date();
  yield [
    'DeviceConfig.cfg',
    [
      'AUTO_UPDATE YES',
      `AUTO_UPDATE_TIME ${now.getUTCHours() * HOUR_S + now.getUTCMinutes() * 60}`,
      'AUTO_UPDATE_TIME_RANGE 1',
      'REMOTE_CHECK_FOR_UPDATE YES',
      'DST_ENABLED NO',
      'SIP_DOMAIN1 example.com',
      'SERVER_IP1_1 192.0.2.10',
      'VMAIL 1999',
      '',
    ].join('\n'),
  ];
  yield ['French.lng', language()];
  for (const base of macBases) {
    for (let index = 0; index < phones; index++) yield [`SIP${macAt(base, index)}.cfg`, login(index)];
  }
}

function section(name, mode, protocol, file) {
  const named = file === undefined ? '' : `FILENAME ${file}\n`;
  return `[${name}]\nDOWNLOAD_MODE ${mode}\nVERSION 000001\nPROTOCOL ${protocol}\n${named}`;
}

/** As real ones begin; 4 KiB, nine blocks of TFTP. */
function language() {
  const head = '##1 Nortel IP phone language file\n##2 1230 SIP\n##3 ver SIP 4.4.9.0\n##6 Français\n';
  const lines = Array.from({ length: 120 }, (_, line) => `text${line}=A line of the menu, number ${line}\n`);
  return head + lines.join('');
}

function login(index) {
  return [
    'AUTOLOGIN_ENABLE USE_AUTOLOGIN_ID',
    `AUTOLOGIN_ID_KEY01 ${index}@example.com`,
    'AUTOLOGIN_PASSWD_KEY01 only-for-the-soak',
    '',
  ].join('\n');
}
