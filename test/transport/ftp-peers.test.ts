import { afterAll, beforeAll, expect, test } from 'vitest';
import { SystemClock } from '../../src/clock/system-clock.ts';
import { ftpTransport } from '../../src/transport/ftp.ts';
import { type FileRequest, TransportError } from '../../src/transport/transport.ts';
import { peerSuite } from '../peers/available.ts';
import type { RunningPeer } from '../peers/peer.ts';
import { proftpd } from '../peers/proftpd.ts';
import { pureFtpd } from '../peers/pure-ftpd.ts';
import { type ServedFolder, servedFolder } from '../peers/served-folder.ts';
import { vsftpd } from '../peers/vsftpd.ts';

const image = Uint8Array.from({ length: 300_000 }, (_, index) => (index * 7 + (index >> 9)) % 251);
let tree: ServedFolder;
beforeAll(async () => {
  tree = await servedFolder({ '1230SIP.cfg': '[FW]\r\n', 'firmware/image.bin': image, 'empty.cfg': '' });
});
afterAll(() => tree.remove());

const ways: Omit<Parameters<typeof ftpTransport>[0], 'clock'>[] = [
  { mode: 'epsv', session: 'file' },
  { mode: 'epsv', session: 'check' },
  { mode: 'pasv', session: 'file' },
  { mode: 'port', session: 'file' },
];

for (const peer of [vsftpd, proftpd, pureFtpd]) {
  peerSuite(`the phone at ${peer.name}`, [peer], () => {
    let running: RunningPeer;
    beforeAll(async () => {
      running = await peer.start(tree.path);
    });
    afterAll(() => running.stop());

    function requestFor(path: string, more: Partial<FileRequest> = {}): FileRequest {
      return {
        protocol: 'ftp',
        host: running.host,
        port: running.port,
        path,
        userAgent: '',
        retriesOf503: 0,
        limits: { connectMs: 10_000, idleMs: 10_000, totalMs: 20_000, sizeBytes: 1 << 20 },
        ...more,
      };
    }

    test.for(ways)('$mode, a session a $session', async (way) => {
      const transport = ftpTransport({ clock: new SystemClock(), ...way });
      const fetchWhole = async (request: FileRequest) => {
        const chunks: Uint8Array[] = [];
        const power = new AbortController();
        for await (const chunk of transport.fetch(request, power.signal)) chunks.push(chunk);
        return Buffer.concat(chunks);
      };
      const failure = (request: FileRequest) =>
        fetchWhole(request).then(
          () => 'arrived',
          (error: unknown) => (error instanceof TransportError ? error.code : error),
        );
      expect((await fetchWhole(requestFor('firmware/image.bin'))).equals(image)).toBe(true);
      expect(await failure(requestFor('1220SIP.cfg'))).toBe('NOT_FOUND');
      expect(await failure(requestFor('firmware'))).toBe('NOT_FOUND');
      expect((await fetchWhole(requestFor('1230SIP.cfg'))).toString()).toBe('[FW]\r\n');
      expect(await fetchWhole(requestFor('empty.cfg'))).toHaveLength(0);
      const stranger = requestFor('1230SIP.cfg', { user: 'nobody-here', password: 'wrong' });
      expect(await failure(stranger)).toBe('ACCESS_DENIED');
      transport.close();
    });
  });
}
