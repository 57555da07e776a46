import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dnsmasqDhcp, kea, type RunningDhcpServer } from '../network/dhcp-servers.ts';
import { peerSuite } from '../peers/available.ts';
import { type CableNetwork, layCable, networkNamespaces } from '../peers/network-namespace.ts';
import { programFile } from '../peers/program.ts';
import { program } from './deskphone.ts';
import { type ToldRun, toldRun } from './told-run.ts';

// The whole phone behind foreign DHCP servers: address, option 66 and info block by DHCP, files from the
// server that DHCP named.

const served = {
  leaseS: 3_600,
  provisioningServer: 'http://10.77.0.1:8080/phones',
  infoBlock: 'Nortel-SIP-Phone-B,BANNER=ACME;DEF_LANG=German;',
};

/** `deskphone` in a namespace, to its end. */
function boot({ phone }: CableNetwork, ...more: readonly string[]): Promise<ToldRun> {
  const args = [
    'netns',
    'exec',
    phone,
    process.execPath,
    program,
    'boot',
    '--dhcp',
    'phone0',
    '--json',
    ...more,
  ];
  return new Promise((resolve) => {
    const child = execFile(programFile('ip'), args, (_error, stdout, stderr) =>
      resolve(toldRun({ code: child.exitCode, stdout, stderr })),
    );
  });
}

interface FileServer {
  log(): string;
  stop(): Promise<void>;
}

/** `deskphone serve` in the server's namespace. */
async function serveIn({ server }: CableNetwork): Promise<FileServer> {
  const folder = mkdtempSync(join(tmpdir(), 'deskphone-dhcp-'));
  mkdirSync(join(folder, 'phones'));
  writeFileSync(
    join(folder, 'phones', '1230SIP.cfg'),
    '[DEVICE_CONFIG]\nVERSION 000001\nFILENAME d.cfg\nPROTOCOL HTTP\n',
  );
  writeFileSync(join(folder, 'phones', 'd.cfg'), 'BANNER of the file\nAUTO_UPDATE_TIME 7200\n');
  const listen = ['--listen', '10.77.0.1', '--http', '8080'];
  const args = ['netns', 'exec', server, process.execPath, program, 'serve', folder, ...listen];
  const child = spawn(programFile('ip'), args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
  });
  while (!printed.includes('10.77.0.1:8080')) await once(child.stdout, 'data');
  const stop = async () => {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  return { log: () => printed, stop };
}

for (const peer of [dnsmasqDhcp, kea]) {
  peerSuite(`a boot with addresses of ${peer.name}`, [networkNamespaces, peer], () => {
    let network: CableNetwork;
    let dhcp: RunningDhcpServer;
    let files: FileServer;
    let first: ToldRun;
    beforeAll(async () => {
      network = layCable('10.77.0.1/24');
      // Not the phone's: the system of its namespace needs one to reach the server at all.
      network.ip(network.phone, 'address', 'add', '10.77.0.200/24', 'dev', 'phone0');
      network.ip(network.phone, 'route', 'add', '255.255.255.255/32', 'dev', 'phone0');
      dhcp = await peer.start(network.server, served);
      files = await serveIn(network);
      first = await boot(network);
    });
    afterAll(async () => {
      await files.stop();
      await dhcp.stop();
      network.remove();
    });

    test('the phone fetches from the server that option 66 names, with the settings of the info block', () => {
      expect(first.outcome).toMatchObject({
        ...{ ok: true, state: 'login' },
        lease: {
          ...{ how: 'leased', mask: '255.255.255.0', router: '10.77.0.1', server: '10.77.0.1' },
          ...{ leaseS: 3_600, domain: 'example.com', dns: ['10.77.0.3', '10.77.0.4'] },
          provisioningServer: served.provisioningServer,
          infoBlock: ['BANNER', 'DEF_LANG'],
        },
        requests: ['1230SIP.cfg', 'd.cfg'].map((file) => ({
          ...{ url: `${served.provisioningServer}/${file}`, result: 'ok' },
        })),
        settings: { BANNER: 'ACME', DEF_LANG: 'German', AUTO_UPDATE_TIME: '7200' },
      });
      expect(first.outcome.problems.map(({ code }) => code)).toEqual(
        expect.arrayContaining(['FOREIGN_ADDRESS', 'DHCP_VALUE_STAYS']),
      );
      expect(files.log()).toContain('10.77.0.200:');
    });

    test('requests leave from the address of the lease where the machine has it', async () => {
      const address = first.outcome.lease?.address ?? '';
      network.ip(network.phone, 'address', 'add', `${address}/24`, 'dev', 'phone0');
      const { facts, outcome } = await boot(network);
      expect(facts.find(({ type }) => type === 'dhcp.leased')).toMatchObject({ sourceAddress: address });
      expect(outcome.problems.map(({ code }) => code)).not.toContain('FOREIGN_ADDRESS');
      expect(files.log()).toContain(`${address}:`);
    });
  });
}
