import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { allPeers, startAllPeers } from './all-peers.ts';
import { foreignClient, peerSuite } from './available.ts';
import { dnsmasq } from './dnsmasq.ts';
import { answers } from './first-answer.ts';
import type { RunningPeer } from './peer.ts';
import { type ServedFolder, servedFolder } from './served-folder.ts';

// Two blocks of TFTP and a bit, every byte value, below a folder.
const image = Uint8Array.from({ length: 1100 }, (_, index) => index);
let tree: ServedFolder;

beforeAll(async () => {
  tree = await servedFolder({ '1230SIP.cfg': '[FW]\r\n', 'firmware/image.bin': image });
});
afterAll(() => tree.remove());

const ASK = ['--silent', '--show-error', '--fail', '--max-time', '10'];
// Without these curl sends a password and walks to the folder with CWD.
const AS_PHONE = ['--user', 'anonymous:', '--ftp-method', 'nocwd'];

const curl = async (url: string): Promise<Buffer> =>
  (await promisify(execFile)('curl', [...ASK, ...AS_PHONE, url], { encoding: 'buffer' })).stdout;
const urlOn = ({ protocol, host, port }: RunningPeer, path: string) =>
  `${protocol}://${host}:${port}/${path}`;

for (const peer of allPeers) {
  peerSuite(peer.name, [peer, foreignClient('curl')], () => {
    let running: RunningPeer;
    beforeAll(async () => {
      running = await peer.start(tree.path);
    });
    afterAll(() => running.stop());

    test('has logged nothing before it is asked', () => {
      expect(running.log()).toBe('');
    });

    test('sends a file byte for byte', async () => {
      expect(await curl(urlOn(running, '1230SIP.cfg'))).toEqual(Buffer.from('[FW]\r\n'));
      expect(await curl(urlOn(running, 'firmware/image.bin'))).toEqual(Buffer.from(image));
    });

    test('has no file that is not there', async () => {
      await expect(curl(urlOn(running, '1220SIP.cfg'))).rejects.toThrow(/^Command failed: curl/);
    });

    if (peer.logs === 'requests') {
      test('logs each file it sent, once', async () => {
        const { log } = running;
        // A server may write its log after the client has the file.
        await vi.waitFor(() => expect(log().match(/firmware\/image\.bin/g)).toHaveLength(1));
        expect(log().match(/1230SIP\.cfg/g)).toHaveLength(1);
      });
    } else {
      test('logs nothing a test could read', () => {
        expect(running.log()).toBe('');
      });
    }
  });
}

peerSuite('all servers', allPeers, () => {
  test('start on one tree, are stopped and listen no more', async () => {
    const { peers, stop } = await startAllPeers(tree.path);
    expect(peers.map(({ name, protocol }) => ({ name, protocol }))).toEqual(
      allPeers.map(({ name, protocol }) => ({ name, protocol })),
    );
    await stop();
    expect(await Promise.all(peers.map((peer) => answers(peer.protocol, peer)))).toEqual(
      allPeers.map(() => false),
    );
  });
});

peerSuite('a server that cannot start', [dnsmasq], () => {
  test('is told with what it printed', async () => {
    await expect(dnsmasq.start(`${tree.path}/missing`)).rejects.toThrow(
      /^dnsmasq did not start: it ended with \d+\n[\s\S]*\/missing inaccessible/,
    );
  });
});
