import { createHash } from 'node:crypto';
import { createSocket, type RemoteInfo } from 'node:dgram';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SystemClock } from '../../src/clock/system-clock.ts';
import { tftpTransport } from '../../src/transport/tftp.ts';
import { type AskedOptions, optionsOf } from '../../src/transport/tftp-options.ts';
import { decodePacket, encodeError, encodeReadRequest, errorCodes } from '../../src/transport/tftp-packet.ts';
import type { FileRequest, TransferEvent } from '../../src/transport/transport.ts';
import { atftpd } from './atftpd.ts';
import { peerSuite } from './available.ts';
import { dnsmasq } from './dnsmasq.ts';
import type { Peer, RunningPeer } from './peer.ts';
import { type ServedFolder, servedFolder } from './served-folder.ts';
import { tftpdHpa } from './tftpd-hpa.ts';

/** Around the ends of a block, where "the last one" is decided. */
const BLOCK_EDGES = [0, 1, 511, 512, 513, 1024];
/** Numbers of 512-byte blocks wrap after 65,535 of them, at 33.5 MB. */
const WRAPPING_BYTES = 40_000_000;

const sizes = [...BLOCK_EDGES, WRAPPING_BYTES];
const fileOf = (size: number) => `${size}.bin`;
const files = Object.fromEntries(sizes.map((size) => [fileOf(size), numbered(size)]));
const LIMITS = { connectMs: 10_000, idleMs: 10_000, totalMs: 60_000, sizeBytes: WRAPPING_BYTES };

let tree: ServedFolder;
beforeAll(async () => {
  tree = await servedFolder(files);
});
afterAll(() => tree.remove());

const everything: AskedOptions = { blksize: 1428, windowsize: 8, tsize: true, timeoutS: 2 };
const askings: [title: string, asked: AskedOptions][] = [
  ['without options', {}],
  ['blksize 1024', { blksize: 1024 }],
  ['windowsize 8', { windowsize: 8 }],
  ['all options', everything],
];

/** What the server is known to grant of `everything`; it may learn the rest. */
const servers: [peer: Peer, granted: Record<string, string>][] = [
  [tftpdHpa, { blksize: '1428', tsize: '1024', timeout: '2' }],
  [atftpd, { blksize: '1428', tsize: '1024', timeout: '2', windowsize: '8' }],
  [dnsmasq, { blksize: '1428', tsize: '1024' }],
];

for (const [peer, granted] of servers) {
  peerSuite(`files from ${peer.name}`, [peer], () => {
    let server: RunningPeer;
    beforeAll(async () => {
      server = await peer.start(tree.path);
    });
    afterAll(() => server.stop());

    test('the options that are asked for are granted, so that the files below do come with them', async () => {
      expect(await grantedBy(server, fileOf(1024), everything)).toMatchObject(granted);
    });

    test.for(askings)('arrive byte for byte, asked for %s', async ([, asked]) => {
      for (const size of sizes) {
        const { digest, toldBytes } = await fetchFrom(server, fileOf(size), asked);
        expect({ size, digest, toldBytes }).toEqual({
          size,
          digest: digestOf(files[fileOf(size)]),
          toldBytes: asked.tsize ? size : undefined,
        });
      }
    });
  });
}

async function fetchFrom({ host, port }: RunningPeer, path: string, asked: AskedOptions) {
  let opened: Extract<TransferEvent, { type: 'opened' }> | undefined;
  const request: FileRequest = {
    ...{ protocol: 'tftp', host, port, path, userAgent: '', retriesOf503: 0, limits: LIMITS },
    onEvent: (event) => {
      if (event.type === 'opened') opened = event;
    },
  };
  const transport = tftpTransport({ clock: new SystemClock(), ...asked });
  const hash = createHash('sha256');
  for await (const chunk of transport.fetch(request, new AbortController().signal)) hash.update(chunk);
  transport.close();
  return { digest: hash.digest('hex'), toldBytes: opened?.sizeBytes };
}

/** The server's own answer to a request with options; the transfer is not gone on with. */
async function grantedBy({ host, port }: RunningPeer, path: string, asked: AskedOptions) {
  const packet = encodeReadRequest(path, optionsOf(asked));
  if (typeof packet === 'string') throw new Error(packet);
  const socket = createSocket('udp4');
  const answered = new Promise<{ message: Buffer; from: RemoteInfo }>((resolve) => {
    socket.once('message', (message, from) => resolve({ message, from }));
  });
  socket.send(packet, port, host);
  const { message, from } = await answered;
  const enough = encodeError(errorCodes.undefined, 'this is all I wanted to know');
  await new Promise((sent) => socket.send(enough, from.port, from.address, sent));
  socket.close();
  const answer = decodePacket(message);
  return answer.type === 'agreement' ? Object.fromEntries(answer.options) : answer;
}

function digestOf(bytes: Uint8Array = new Uint8Array()): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Every four bytes say where they belong, so that a lost, doubled or misplaced block shows. */
function numbered(size: number): Uint8Array {
  const words = Uint32Array.from({ length: Math.ceil(size / 4) }, (_, index) => index);
  return new Uint8Array(words.buffer, 0, size);
}
