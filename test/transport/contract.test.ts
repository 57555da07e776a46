import { getEventListeners } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SystemClock } from '../../src/clock/system-clock.ts';
import type { TransferCode } from '../../src/events/transfer-code.ts';
import { directoryStore } from '../../src/server/file-store.ts';
import {
  type ConnectionMade,
  type FileRequest,
  type TransferLimits,
  TransportError,
} from '../../src/transport/transport.ts';
import { type Door, doors, networkDoors } from './contract-doors.ts';

/** Bytes in which a shift or a swap shows. */
const bytes = (length: number) =>
  Buffer.from(Uint8Array.from({ length }, (_, index) => (index * 7 + (index >> 9)) % 251));

const files: Readonly<Record<string, Buffer>> = {
  ...Object.fromEntries([0, 1, 511, 512, 513, 1024, 100_000].map((size) => [`${size}.bin`, bytes(size)])),
  'sub/folder/1230SIP.cfg': Buffer.from('[FW]\r\n'),
  'name with space.cfg': Buffer.from('space'),
  'Français (é) #1 50%.lng': Buffer.from('##1\n'),
};
const firmware = Buffer.alloc(32 * 1024 * 1024, 'firmware');

const tree = mkdtempSync(join(tmpdir(), 'deskphone-contract-'));
const root = join(tree, 'root');
mkdirSync(join(root, 'sub/folder'), { recursive: true });
for (const [path, body] of Object.entries({ ...files, 'firmware.bin': firmware, 'once.bin': 'once' })) {
  writeFileSync(join(root, path), body);
}
writeFileSync(join(tree, 'secret.cfg'), 'not to be served');
afterAll(() => rmSync(tree, { recursive: true }));

/** The host's time, which knows whether something is still said to be under way. */
class CountingClock extends SystemClock {
  holds = 0;

  override hold(): () => void {
    this.holds++;
    return () => {
      this.holds--;
    };
  }
}

const patient: TransferLimits = {
  connectMs: 10_000,
  idleMs: 10_000,
  totalMs: 20_000,
  sizeBytes: firmware.length,
};
const impatient: TransferLimits = { ...patient, connectMs: 200, idleMs: 200, totalMs: 300 };
const never = new AbortController().signal;

describe.for(doors)('%s', ([, open]) => {
  const clock = new CountingClock();
  let door: Door;
  beforeAll(async () => {
    door = await open(clock, directoryStore(root));
  });
  afterAll(() => door.close());

  function requestFor(path: string, more: Partial<FileRequest> = {}): FileRequest {
    return {
      protocol: door.protocol,
      host: '127.0.0.1',
      port: door.port,
      path,
      userAgent: 'AVAYA/SIP12x0/04.01.13.00',
      retriesOf503: 0,
      limits: patient,
      ...(door.tls && { tls: door.tls }),
      ...more,
    };
  }

  async function fetchWhole(request: FileRequest): Promise<Buffer> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of door.transport.fetch(request, never)) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  async function failureOf(request: FileRequest, signal: AbortSignal = never): Promise<TransferCode> {
    try {
      for await (const _ of door.transport.fetch(request, signal));
    } catch (error) {
      if (!(error instanceof TransportError)) throw error;
      expect(error.request).toBe(request);
      expect(error.detail).not.toBe('');
      return error.code;
    }
    throw new Error(`${request.path} arrived`);
  }

  test.for(Object.entries(files))('%s arrives byte for byte', async ([path, body]) => {
    expect((await fetchWhole(requestFor(path))).equals(body)).toBe(true);
  });

  const failures: [title: string, path: string, more: () => Partial<FileRequest>, code: TransferCode][] = [
    ['a missing file', 'none.cfg', () => ({}), 'NOT_FOUND'],
    ['a missing folder', 'none/1230SIP.cfg', () => ({}), 'NOT_FOUND'],
    ['a folder', 'sub/folder', () => ({}), 'NOT_FOUND'],
    ['another case', '512.BIN', () => ({}), 'NOT_FOUND'],
    ['a way out', '../secret.cfg', () => ({}), 'NOT_FOUND'],
    ['a way out through a folder', 'sub/../../secret.cfg', () => ({}), 'NOT_FOUND'],
    ['an unknown host', '1.bin', () => ({ host: 'no-such-host.invalid' }), 'UNREACHABLE'],
    ['a port where nobody listens', '1.bin', () => ({ port: door.closedPort }), 'UNREACHABLE'],
    ['a silent server', '1.bin', () => ({ port: door.silentPort, limits: impatient }), 'TIMEOUT'],
    ['one byte too many', '513.bin', () => ({ limits: { ...patient, sizeBytes: 512 } }), 'TOO_LARGE'],
    ['many bytes too many', '100000.bin', () => ({ limits: { ...patient, sizeBytes: 0 } }), 'TOO_LARGE'],
  ];
  test.for(failures)('%s', async ([, path, more, code]) => {
    expect(await failureOf(requestFor(path, more()))).toBe(code);
  });

  test('a closed port and an unknown name are told from each other, and from no way there', async () => {
    const ends: unknown[] = [];
    for (const more of [{ port: door.closedPort }, { host: 'no-such-host.invalid' }]) {
      const request = requestFor('1.bin', more);
      await fetchWhole(request).catch((error) =>
        ends.push(error instanceof TransportError && error.connection),
      );
    }
    expect(ends).toEqual(['refused', 'no-name']);
  });

  test('a connection that is made is told once, with its handshake; TFTP has none', async () => {
    const made: ConnectionMade[] = [];
    const request = requestFor('1.bin', { onConnected: (one) => made.push(one) });
    door.transport.close();
    await fetchWhole(request);
    const tls = door.protocol === 'https' ? 'full' : 'none';
    const connection = { ms: expect.any(Number), tls, lookedUp: false };
    expect(made).toEqual(door.protocol === 'tftp' ? [] : [connection]);
  });

  test.for(['0.bin', '1.bin', '512.bin', '100000.bin'])(
    '%s is not too large for its own size',
    async (path) => {
      const sizeBytes = Number.parseInt(path, 10);
      const request = requestFor(path, { limits: { ...patient, sizeBytes } });
      expect(await fetchWhole(request)).toHaveLength(sizeBytes);
    },
  );

  test('a phone without power asks for nothing', async () => {
    expect(await failureOf(requestFor('1.bin'), AbortSignal.abort())).toBe('ABORTED');
  });

  test('power cut while the server is silent ends it', async () => {
    const power = new AbortController();
    const ending = failureOf(requestFor('1.bin', { port: door.silentPort }), power.signal);
    setImmediate(() => power.abort());
    expect(await ending).toBe('ABORTED');
  });

  test('power cut in the middle of the firmware ends it, and leaves nothing behind', async () => {
    const power = new AbortController();
    const reason = new Error('power cut');
    const chunks = door.transport.fetch(requestFor('firmware.bin'), power.signal)[Symbol.asyncIterator]();
    expect((await chunks.next()).done).toBe(false);
    power.abort(reason);
    await expect(chunks.next()).rejects.toMatchObject({ code: 'ABORTED', cause: reason });
    expect(await chunks.next()).toEqual({ done: true, value: undefined });
    expect(getEventListeners(power.signal, 'abort')).toEqual([]);
    expect(clock.holds).toBe(0);
  });

  test('a reader that walks away leaves nothing behind', async () => {
    const power = new AbortController();
    for await (const _ of door.transport.fetch(requestFor('firmware.bin'), power.signal)) break;
    expect(getEventListeners(power.signal, 'abort')).toEqual([]);
    expect(clock.holds).toBe(0);
    expect(await fetchWhole(requestFor('1.bin'))).toEqual(files['1.bin']);
  });

  test('two files at once do not mix', async () => {
    const paths = ['100000.bin', '513.bin'];
    const both = await Promise.all(paths.map((path) => fetchWhole(requestFor(path))));
    expect(both.map((body, index) => body.equals(files[paths[index] ?? ''] ?? Buffer.alloc(0)))).toEqual([
      true,
      true,
    ]);
  });

  test('a missing file does not spoil the next one', async () => {
    expect(await failureOf(requestFor('none.cfg'))).toBe('NOT_FOUND');
    expect(await fetchWhole(requestFor('513.bin'))).toEqual(files['513.bin']);
  });

  test('a closed transport may be used again', async () => {
    await fetchWhole(requestFor('1.bin'));
    door.transport.close();
    door.transport.close();
    expect(await fetchWhole(requestFor('513.bin'))).toEqual(files['513.bin']);
  });

  test('an address of its own changes nothing', async () => {
    expect(await fetchWhole(requestFor('512.bin', { localAddress: '127.0.0.22' }))).toEqual(files['512.bin']);
  });

  if (networkDoors.some(([, network]) => network === open)) {
    test('the server sees the address of the phone', async () => {
      await fetchWhole(requestFor('once.bin', { localAddress: '127.0.0.23' }));
      expect(await door.told('once.bin')).toEqual({
        protocol: door.protocol,
        peer: expect.stringMatching(/^127\.0\.0\.23:\d+$/),
        path: expect.stringMatching(/^\/?once\.bin$/),
        result: 'sent',
        bytes: 4,
        ms: expect.any(Number),
      });
    });

    test('an address that this machine does not have is its own limit', async () => {
      expect(await failureOf(requestFor('1.bin', { localAddress: '192.0.2.1' }))).toBe('LOCAL_LIMIT');
    });
  }
});
