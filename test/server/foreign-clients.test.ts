import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { peerSuite } from '../peers/available.ts';
import { type ForeignClient, foreignClients } from '../peers/clients.ts';
import { type ServedFolder, servedCopy } from '../peers/served-folder.ts';
import { type DeskphoneServe, startDeskphoneServe } from './deskphone-serve.ts';

const DEMO = join(import.meta.dirname, '..', '..', 'fixtures', 'demo');

/** Around the ends of a TFTP block, where "the last one" is decided. */
const BLOCK_EDGES = [0, 1, 511, 512, 513, 1024];

/** Block numbers of 512 bytes wrap after 65,535 of them, at 33.5 MB. */
const WRAPPING_BYTES = 40_000_000;
const WRAPPING_FILE = 'firmware/wraps.bin';

let tree: ServedFolder;
let serve: DeskphoneServe;
let received: string;

beforeAll(async () => {
  const edges = BLOCK_EDGES.map((size) => [`edges/${size}.bin`, numbered(size)]);
  tree = await servedCopy(DEMO, {
    ...Object.fromEntries(edges),
    [WRAPPING_FILE]: numbered(WRAPPING_BYTES),
  });
  serve = await startDeskphoneServe(tree.path);
  received = await mkdtemp(join(tmpdir(), 'deskphone-received-'));
});
afterAll(async () => {
  await serve.stop();
  await tree.remove();
  await rm(received, { recursive: true });
});

for (const client of foreignClients) {
  peerSuite(client.name, [client], () => {
    test('fetches every file byte for byte', async () => {
      const files = (await filesOf(tree.path)).filter(
        (file) => file !== WRAPPING_FILE && suits(client, file),
      );
      expect(await fetchAll(client, files)).toEqual(await digestsOf(tree.path, files));
    });
  });
}

// One of each program, all with blocks of 512 bytes.
const wrapping = [
  'tftp-hpa',
  'atftp, windowsize 8',
  'curl over tftp, plain',
  'npm tftp, blksize 512, windowsize 1',
];
for (const client of wrapping.map(clientNamed)) {
  peerSuite(client.name, [client], () => {
    test('fetches 40 MB, over the wrap of the block numbers', async () => {
      const files = [WRAPPING_FILE];
      expect(await fetchAll(client, files)).toEqual(await digestsOf(tree.path, files));
    });
  });
}

function suits({ emptyFile }: ForeignClient, file: string): boolean {
  return emptyFile === 'fetched' || file !== 'edges/0.bin';
}

function clientNamed(name: string): ForeignClient {
  const client = foreignClients.find((candidate) => candidate.name === name);
  if (client === undefined) throw new Error(`No foreign client is called ${name}`);
  return client;
}

/** Fetches files one after the other; by name, what arrived. */
async function fetchAll(client: ForeignClient, files: readonly string[]): Promise<Record<string, string>> {
  const place = { host: serve.host, port: serve.ports[client.protocol] };
  const folder = await mkdtemp(join(received, 'client-'));
  const digests: Record<string, string> = {};
  for (const [index, file] of files.entries()) {
    const localFile = join(folder, String(index));
    digests[file] = await client.fetch(place, file, localFile).then(
      () => digestOf(localFile),
      () => 'nothing',
    );
  }
  await rm(folder, { recursive: true });
  return digests;
}

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

async function digestsOf(folder: string, files: readonly string[]): Promise<Record<string, string>> {
  return Object.fromEntries(
    await Promise.all(files.map(async (file) => [file, await digestOf(join(folder, file))])),
  );
}

async function digestOf(file: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
}

/** Every four bytes say where they belong, so that a lost, doubled or misplaced block shows. */
function numbered(size: number): Uint8Array {
  const words = Uint32Array.from({ length: Math.ceil(size / 4) }, (_, index) => index);
  return new Uint8Array(words.buffer, 0, size);
}
