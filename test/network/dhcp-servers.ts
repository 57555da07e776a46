import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Need } from '../peers/peer.ts';
import { programFile } from '../peers/program.ts';

/** A DHCP server of someone else. It serves 10.77.0.50 to 10.77.0.99 at `server0` of a namespace. */
export interface DhcpPeer extends Need {
  start(namespace: string, options: ServedOptions): Promise<RunningDhcpServer>;
}

/** What phones get; others get an address and no more. */
export interface ServedOptions {
  readonly leaseS: number;
  readonly provisioningServer: string;
  /** In option 224. */
  readonly infoBlock: string;
}

export interface RunningDhcpServer {
  /** What it printed so far. */
  log(): string;
  stop(): Promise<void>;
}

const CLASS = 'Nortel-SIP-Phone-A';

/** dnsmasq(8) as a DHCP server, and nothing else. */
export const dnsmasqDhcp: DhcpPeer = {
  name: 'dnsmasq',
  programs: ['dnsmasq'],
  runsAs: 'root',
  start(namespace, { leaseS, provisioningServer, infoBlock }) {
    return startServer({
      namespace,
      program: 'dnsmasq',
      isReady: /started, version/,
      argumentsIn: async (folder) => [
        ...[
          '--keep-in-foreground',
          '--conf-file=/dev/null',
          '--pid-file=',
          '--user=root',
          '--log-facility=-',
        ],
        ...['--port=0', '--interface=server0', '--bind-interfaces', '--no-ping', '--log-dhcp'],
        ...[`--dhcp-leasefile=${join(folder, 'leases')}`, '--dhcp-authoritative'],
        `--dhcp-range=10.77.0.50,10.77.0.99,255.255.255.0,${leaseS}`,
        '--dhcp-option=3,10.77.0.1',
        '--dhcp-option=6,10.77.0.3,10.77.0.4,10.77.0.5',
        '--domain=example.com',
        `--dhcp-vendorclass=set:phone,${CLASS}`,
        `--dhcp-option=tag:phone,66,${provisioningServer}`,
        // Not --dhcp-option: commas would part the text.
        `--dhcp-option-force=tag:phone,224,${Buffer.from(infoBlock)
          .toString('hex')
          .replace(/..(?!$)/g, '$&:')}`,
        `--dhcp-option-force=tag:phone,60,${CLASS}`,
      ],
    });
  },
};

/** kea-dhcp4(8) of ISC. */
export const kea: DhcpPeer = {
  name: 'kea-dhcp4',
  programs: ['kea-dhcp4'],
  runsAs: 'root',
  start(namespace, options) {
    return startServer({
      namespace,
      program: 'kea-dhcp4',
      isReady: /DHCP4_STARTED/,
      argumentsIn: async (folder) => {
        const configuration = join(folder, 'kea.json');
        await writeFile(configuration, JSON.stringify(keaJson(options)));
        return ['-c', configuration];
      },
    });
  },
};

function keaJson({ leaseS, provisioningServer, infoBlock }: ServedOptions): unknown {
  const always = { 'always-send': true };
  return {
    Dhcp4: {
      'interfaces-config': { interfaces: ['server0'] },
      'lease-database': { type: 'memfile', persist: false },
      ...{ 'valid-lifetime': leaseS, 'calculate-tee-times': true, authoritative: true },
      'option-def': [{ name: 'info-block', code: 224, type: 'string' }],
      'option-data': [
        { name: 'domain-name-servers', data: '10.77.0.3, 10.77.0.4, 10.77.0.5' },
        { name: 'routers', data: '10.77.0.1' },
        { name: 'domain-name', data: 'example.com' },
      ],
      'client-classes': [
        {
          name: 'phone',
          // The phone ends its class with a NUL.
          test: `substring(option[60].hex, 0, ${CLASS.length}) == '${CLASS}'`,
          'option-data': [
            { name: 'tftp-server-name', data: provisioningServer },
            { name: 'info-block', data: infoBlock.replaceAll(',', '\\,') },
            { name: 'vendor-class-identifier', data: CLASS, ...always },
          ],
        },
      ],
      subnet4: [{ id: 1, subnet: '10.77.0.0/24', pools: [{ pool: '10.77.0.50 - 10.77.0.99' }] }],
      loggers: [{ name: 'kea-dhcp4', output_options: [{ output: 'stdout' }], severity: 'INFO' }],
    },
  };
}

interface Start {
  readonly namespace: string;
  readonly program: string;
  readonly isReady: RegExp;
  readonly argumentsIn: (folder: string) => Promise<readonly string[]>;
}

async function startServer({ namespace, program, isReady, argumentsIn }: Start): Promise<RunningDhcpServer> {
  const folder = await mkdtemp(join(tmpdir(), `deskphone-${program}-`));
  const args = ['netns', 'exec', namespace, programFile(program), ...(await argumentsIn(folder))];
  const env = { ...process.env, KEA_PIDFILE_DIR: folder, KEA_LOCKFILE_DIR: 'none' };
  const child = spawn(programFile('ip'), args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const killWithTest = () => child.kill('SIGKILL');
  process.once('exit', killWithTest);
  let printed = '';
  const stop = async () => {
    const ended = hasEnded(child) ? undefined : once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
    process.off('exit', killWithTest);
    await rm(folder, { recursive: true, force: true });
  };
  const ready = new Promise<boolean>((resolve) => {
    for (const output of [child.stdout, child.stderr]) {
      output.on('data', (chunk: Buffer) => {
        printed += chunk.toString();
        if (isReady.test(printed)) resolve(true);
      });
    }
    child.once('close', () => resolve(false));
  });
  if (await ready) return { log: () => printed, stop };
  await stop();
  throw new Error(`${program} did not start:\n${printed}`);
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
