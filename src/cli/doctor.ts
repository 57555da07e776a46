import { accessSync, constants, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { memoryStore } from '../server/file-store.ts';
import { startFtpServer } from '../server/ftp-server.ts';
import { startHttpServer } from '../server/http-server.ts';
import type { RunningServer } from '../server/served-request.ts';
import { startTftpServer } from '../server/tftp-server.ts';
import type { Command } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import type { Io } from './io.ts';

/** One thing this machine can or cannot do. */
interface Finding {
  readonly subject: string;
  readonly found: string;
  readonly verdict: 'good' | 'limited' | 'missing';
  /** What follows from it; said when it is not good. */
  readonly consequence?: string;
}

export const doctorCommand: Command<object> = {
  options: [],
  examples: [['deskphone doctor', 'before a load test, or when a server cannot be started']],
  run: async ({ values }, io) => {
    for (const finding of await examine(io)) {
      if (values.json) io.out(`${JSON.stringify({ type: 'finding', ...finding })}\n`);
      else if (!values.quiet || finding.verdict !== 'good') io.out(findingLines(finding));
    }
    return exitCodes.asExpected;
  },
};

const marks = { good: 'ok     ', limited: 'limited', missing: 'missing' } as const;

function findingLines({ subject, found, verdict, consequence }: Finding): string {
  const first = `${marks[verdict]}  ${subject.padEnd(26)} ${found}\n`;
  return verdict === 'good' || consequence === undefined ? first : `${first}         ${consequence}\n`;
}

async function examine(io: Io): Promise<readonly Finding[]> {
  return [
    { subject: 'Node.js', found: process.version, verdict: 'good' },
    openFiles(),
    localPorts(),
    ...(await listening(io)),
    ...tools.map(([name, use]) => tool(name, use, io.env['PATH'] ?? '')),
  ];
}

const OPEN_FILES_ADVISED = 10_000;

function openFiles(): Finding {
  const limit = /^Max open files\s+(\S+)/m.exec(textOf('/proc/self/limits'))?.[1] ?? 'unknown';
  const enough = limit === 'unlimited' || Number(limit) >= OPEN_FILES_ADVISED;
  return {
    subject: 'open files (ulimit -n)',
    found: limit,
    verdict: enough ? 'good' : 'limited',
    consequence: `each running transfer needs one or two; ${OPEN_FILES_ADVISED} are advised for many phones`,
  };
}

const LOCAL_PORTS_ADVISED = 20_000;

function localPorts(): Finding {
  const [low = 0, high = 0] = textOf('/proc/sys/net/ipv4/ip_local_port_range')
    .trim()
    .split(/\s+/)
    .map(Number);
  return {
    subject: 'local ports',
    found: high === 0 ? 'unknown' : `${low} to ${high}`,
    verdict: high - low >= LOCAL_PORTS_ADVISED ? 'good' : 'limited',
    consequence:
      'many short connections from one address run out of ports; give phones addresses of their own',
  };
}

/** Whether servers can really be started: on the usual ports, and on addresses a phone may be given. */
async function listening(io: Io): Promise<readonly Finding[]> {
  const store = memoryStore({});
  const { clock } = io;
  const usual = 'the embedded servers and phones then need other ports: --ports, or serve --tftp 0';
  const other = 'phones cannot have this kind of address here: --local-address';
  return Promise.all([
    tryListening('TFTP on port 69', usual, () =>
      startTftpServer({ store, clock, listen: '127.0.0.1', port: 69 }),
    ),
    tryListening('FTP on port 21', usual, () =>
      startFtpServer({ store, clock, listen: '127.0.0.1', port: 21, users: new Map(), anonymous: 'allowed' }),
    ),
    tryListening('HTTP on port 80', usual, () =>
      startHttpServer({ store, clock, listen: '127.0.0.1', port: 80 }),
    ),
    tryListening('address 127.9.9.9', other, () =>
      startHttpServer({ store, clock, listen: '127.9.9.9', port: 0 }),
    ),
    tryListening('address ::1', other, () => startHttpServer({ store, clock, listen: '::1', port: 0 })),
  ]);
}

async function tryListening(
  subject: string,
  consequence: string,
  start: () => Promise<RunningServer>,
): Promise<Finding> {
  try {
    await (await start()).close();
    return { subject, found: 'can be listened on', verdict: 'good' };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return { subject, found: code, verdict: 'limited', consequence };
  }
}

const tools = [
  ['in.tftpd', 'tests against tftpd-hpa'],
  ['atftpd', 'tests against atftpd'],
  ['dnsmasq', 'tests against dnsmasq'],
  ['vsftpd', 'tests against vsftpd'],
  ['proftpd', 'tests against proftpd'],
  ['pure-ftpd', 'tests against pure-ftpd'],
  ['nginx', 'tests against nginx'],
  ['apache2', 'tests against Apache'],
  ['curl', 'tests of the embedded servers'],
] as const;

function tool(name: string, use: string, path: string): Finding {
  const folders = [...path.split(delimiter), '/usr/sbin', '/sbin'].filter((folder) => folder !== '');
  const place = folders.map((folder) => join(folder, name)).find(isExecutable);
  return place === undefined
    ? { subject: name, found: 'not found', verdict: 'missing', consequence: `only needed for ${use}` }
    : { subject: name, found: place, verdict: 'good' };
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Of a file that only some systems have; empty elsewhere. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
