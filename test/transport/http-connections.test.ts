import { once } from 'node:events';
import type { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { makeSelfSignedCertificate } from '../../src/device/sign.ts';
import { directLink, type Link } from '../../src/transport/link.ts';
import { patient, phone, requestFor, serverWith } from './http-phone.ts';
import { answer, type Script } from './raw-http-server.ts';

const three = ['1230SIP.cfg', 'device.dat', 'dialplan.txt'];
const sendFile: Script = (socket, n) => socket.write(answer(200, `file ${n}`));

/** The network as it is; a test can wait until so many more bytes came over the phone's first connection. */
class ListeningLink implements Link {
  readonly takeUdp = directLink.takeUdp;
  #first: Socket | undefined;

  readonly take = (socket: Socket) => {
    this.#first ??= socket;
    return directLink.take(socket);
  };

  hears(sizeBytes: number): Promise<void> {
    let heardBytes = 0;
    return new Promise((resolve) => {
      this.#first?.on('data', (piece) => {
        heardBytes += piece.length;
        if (heardBytes >= sizeBytes) resolve();
      });
    });
  }
}

/** What is handed to a reader at once. */
const BATCH_BYTES = 16 * 1024;

describe('connections', () => {
  test('are one a check and server', async () => {
    const [here, there] = [await serverWith(sendFile), await serverWith(sendFile)];
    const { fetch } = phone();
    for (const path of three) {
      expect(await fetch(here.port, { path })).toMatchObject({ end: 'whole' });
      expect(await fetch(there.port, { path })).toMatchObject({ end: 'whole' });
    }
    expect([here.connections.length, there.connections.length]).toEqual([1, 1]);
  });

  test('are one a file where the phone says so', async () => {
    const server = await serverWith(sendFile);
    const { fetch } = phone({ connection: 'file' });
    for (const path of three) expect(await fetch(server.port, { path })).toMatchObject({ end: 'whole' });
    expect(server.connections.length).toBe(3);
  });

  test('are one for each address of the phone', async () => {
    const server = await serverWith(sendFile);
    const { fetch } = phone();
    for (const localAddress of ['127.0.0.7', '127.0.0.8', '127.0.0.7'])
      await fetch(server.port, { localAddress });
    expect(server.connections.map((socket) => socket.remoteAddress)).toEqual(['127.0.0.7', '127.0.0.8']);
  });

  test('end with the check, and the transport can be used again', async () => {
    const server = await serverWith(sendFile);
    const { fetch, transport } = phone();
    await fetch(server.port);
    const [first] = server.connections;
    if (first === undefined) throw new Error('No connection was made');
    transport.close();
    await once(first, 'close');
    expect(await fetch(server.port)).toMatchObject({ text: 'file 2', end: 'whole' });
    expect(server.connections.length).toBe(2);
  });

  test.for(['http', 'https'] as const)(
    'that end while a file is under way end it, over %s',
    async (protocol) => {
      const server = await serverWith(() => {}, protocol === 'https' ? { tls: selfSigned() } : {});
      const { fetch, transport } = phone();
      const tls = { ca: [], verify: 'accept-any' } as const;
      const file = fetch(server.port, {
        protocol,
        tls,
        onConnected: () => setImmediate(() => transport.close()),
      });
      expect(await file).toMatchObject({ end: 'ABORTED', detail: 'ended by the phone' });
    },
  );

  test('carry the next file after a refusal with a page', async () => {
    const server = await serverWith((socket, n) => {
      socket.write(n === 1 ? answer(404, 'x'.repeat(10_000)) : answer(200, 'abc'));
    });
    const { fetch } = phone();
    expect(await fetch(server.port)).toMatchObject({ end: 'NOT_FOUND' });
    expect(await fetch(server.port)).toMatchObject({ text: 'abc', end: 'whole' });
    expect(server.connections.length).toBe(1);
  });

  test('carry the next file when the last piece of one filled all the room of a slow reader', async () => {
    const roomBytes = 128 * 1024;
    const server = await serverWith((socket, n) => {
      if (n === 2) socket.write(answer(200, 'next'));
      else socket.write(answer(200, 'x'.repeat(BATCH_BYTES + roomBytes)).slice(0, -roomBytes));
    });
    const limits = { ...patient, idleMs: 2_000 };
    const link = new ListeningLink();
    const { fetch, transport } = phone({ link });
    const slow = transport.fetch(requestFor(server.port, { limits }), new AbortController().signal);
    const reader = slow[Symbol.asyncIterator]();
    expect((await reader.next()).value).toHaveLength(BATCH_BYTES);

    const allHeard = link.hears(roomBytes);
    server.connections[0]?.write('x'.repeat(roomBytes));
    await allHeard;
    let restBytes = 0;
    for (let read = await reader.next(); !read.done; read = await reader.next())
      restBytes += read.value.length;
    expect(restBytes).toBe(roomBytes);

    expect(await fetch(server.port, { limits })).toMatchObject({ text: 'next', end: 'whole' });
    expect(server.connections).toHaveLength(1);
  });

  const abandonments: [title: string, page: string][] = [
    ['is longer than anyone reads', answer(404, 'x'.repeat(70_000))],
    ['does not end', 'HTTP/1.1 404 No\r\nContent-Length: 1000\r\n\r\nsorry'],
  ];
  test.for(abandonments)('are given up when the page of a refusal %s', async ([, page]) => {
    const server = await serverWith((socket, n) => socket.write(n === 1 ? page : answer(200, 'abc')));
    const { fetch } = phone();
    const limits = { connectMs: 10_000, idleMs: 400, totalMs: 10_000, sizeBytes: 1 << 20 };
    expect(await fetch(server.port, { limits })).toMatchObject({ end: 'NOT_FOUND', detail: 'HTTP 404' });
    expect(await fetch(server.port)).toMatchObject({ text: 'abc', end: 'whole' });
    expect(server.connections.length).toBe(2);
  });

  test('are given up when the reader goes away before the end', async () => {
    const server = await serverWith((socket, n) => {
      socket.write(n === 1 ? 'HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n' : answer(200, 'abc'));
      if (n === 1) socket.write(Buffer.alloc(500_000));
    });
    const { fetch, transport } = phone();
    const request = requestFor(server.port);
    for await (const chunk of transport.fetch(request, new AbortController().signal)) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    expect(await fetch(server.port)).toMatchObject({ text: 'abc', end: 'whole' });
    expect(server.connections.length).toBe(2);
  });

  const endings: [title: string, end: (socket: Socket) => void][] = [
    ['closes', (socket) => socket.end()],
    ['resets', (socket) => socket.resetAndDestroy()],
  ];
  describe.each(endings)('that the server %s', (_title, end) => {
    test('between two files are made again', async () => {
      const server = await serverWith(sendFile);
      const { fetch } = phone();
      await fetch(server.port);
      const [first] = server.connections;
      if (first === undefined) throw new Error('No connection was made');
      const gone = once(first, 'close');
      end(first);
      await gone;
      expect(await fetch(server.port)).toMatchObject({
        text: 'file 2',
        end: 'whole',
      });
      expect(server.connections.length).toBe(2);
    });

    test('when the next request comes are made again, once and silently', async () => {
      const server = await serverWith((socket, n) => {
        if (n === 2) end(socket);
        else socket.write(answer(200, `file ${n}`));
      });
      const { fetch } = phone();
      await fetch(server.port, { retriesOf503: 0 });
      expect(await fetch(server.port, { retriesOf503: 0 })).toMatchObject({
        text: 'file 3',
        end: 'whole',
        events: [{ type: 'opened', sizeBytes: 6 }],
      });
      expect(server.connections.length).toBe(2);
    });

    test('at every request are not made again for ever', async () => {
      const server = await serverWith((socket, n) => {
        if (n >= 2) end(socket);
        else socket.write(answer(200, `file ${n}`));
      });
      const { fetch } = phone();
      await fetch(server.port);
      expect(await fetch(server.port)).toEqual({
        text: '',
        end: 'BUSY',
        detail: 'the server closed the connection without an answer, or it speaks TLS',
        events: [],
      });
      expect(server.heads.length).toBe(3);
    });
  });
});

function selfSigned(): { cert: string; key: string } {
  const { certificate, key } = makeSelfSignedCertificate({
    commonName: 'localhost',
    addresses: ['127.0.0.1'],
    notBefore: Date.now(),
    days: 1,
  });
  return { cert: certificate, key };
}
