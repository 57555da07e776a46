import { createServer, type Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { FileRequest, TransferLimits } from '../../src/transport/transport.ts';
import { type Fetched, patient, phone, requestFor, serverWith } from './http-phone.ts';
import { LinkThatBreaks } from './link-that-breaks.ts';
import { answer, type Script } from './raw-http-server.ts';

const says =
  (...pieces: string[]): Script =>
  (socket) => {
    for (const piece of pieces) socket.write(piece, 'latin1');
  };
const saysAndEnds =
  (text: string): Script =>
  (socket) => {
    socket.end(text, 'latin1');
  };
const closedUnanswered = 'the server closed the connection without an answer, or it speaks TLS';
const opened = (sizeBytes?: number) =>
  sizeBytes === undefined ? { type: 'opened' } : { type: 'opened', sizeBytes };

describe('files that arrive', () => {
  const cases: [title: string, script: Script, text: string, events: object[]][] = [
    ['of a known length', says(answer(200, 'abc')), 'abc', [opened(3)]],
    ['empty', says(answer(200)), '', [opened(0)]],
    [
      'in many pieces',
      says('HTTP/1.1 200 OK\r\nCont', 'ent-Length: 6\r\n', '\r\nabc', 'def'),
      'abcdef',
      [opened(6)],
    ],
    [
      'in chunks',
      says('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n', '3;x=y\r\ndef\r\n0\r\n\r\n'),
      'abcdef',
      [opened()],
    ],
    ['until the connection ends', saysAndEnds('HTTP/1.1 200 OK\r\n\r\nabc'), 'abc', [opened()]],
    [
      'from an HTTP/1.0 server',
      saysAndEnds('HTTP/1.0 200 OK\r\nContent-Type: a/b\r\n\r\nabc'),
      'abc',
      [opened()],
    ],
    [
      'from an HTTP/1.0 server that knows the length',
      saysAndEnds('HTTP/1.0 200 OK\r\nContent-Length: 3\r\n\r\nabc'),
      'abc',
      [opened(3)],
    ],
    [
      'after a 103',
      says('HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n', answer(200, 'abc')),
      'abc',
      [opened(3)],
    ],
    [
      'compressed by the server, as they are',
      says(answer(200, '\x1f\x8b', ['Content-Encoding: gzip'])),
      '\x1f\x8b',
      [
        opened(2),
        {
          type: 'told',
          code: 'CONTENT_ENCODING',
          message:
            'The server sends the file with Content-Encoding: gzip; the phone takes the bytes as they are.',
        },
      ],
    ],
  ];
  test.for(cases)('%s', async ([, script, text, events]) => {
    const server = await serverWith(script);
    expect(await phone().fetch(server.port)).toEqual({ text, end: 'whole', events });
  });

  test('slowly, without waiting in memory for the reader', async () => {
    const sizeBytes = 8 << 20;
    const server = await serverWith((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${sizeBytes}\r\n\r\n`);
      socket.write(Buffer.alloc(sizeBytes, 'x'));
    });
    const { transport, clock } = phone();
    const limits: TransferLimits = { ...patient, sizeBytes };
    let received = 0;
    const ended = new AbortController();
    for await (const chunk of transport.fetch(requestFor(server.port, { limits }), ended.signal)) {
      received += chunk.length;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect({ received, holds: clock.holds }).toEqual({ received: sizeBytes, holds: 0 });
  });
});

describe('files that do not', () => {
  const small: Partial<FileRequest> = { limits: { ...patient, sizeBytes: 10 } };
  const long = 'x'.repeat(20_000);
  const cases: [
    title: string,
    script: Script,
    more: Partial<FileRequest>,
    expected: Omit<Fetched, 'events'>,
  ][] = [
    ['404', says(answer(404, 'no such file')), {}, { text: '', end: 'NOT_FOUND', detail: 'HTTP 404' }],
    ['410', says(answer(410)), {}, { text: '', end: 'NOT_FOUND', detail: 'HTTP 410' }],
    ['403', says(answer(403)), {}, { text: '', end: 'ACCESS_DENIED', detail: 'HTTP 403' }],
    ['500', says(answer(500)), {}, { text: '', end: 'PROTOCOL', detail: 'HTTP 500' }],
    [
      '204, which is no file',
      says('HTTP/1.1 204 No\r\n\r\n'),
      {},
      { text: '', end: 'PROTOCOL', detail: 'HTTP 204' },
    ],
    [
      '206, for which nobody asked',
      says(answer(206, 'ab')),
      {},
      { text: '', end: 'PROTOCOL', detail: 'HTTP 206' },
    ],
    [
      '304, for which nobody asked',
      says('HTTP/1.1 304 No\r\n\r\n'),
      {},
      { text: '', end: 'PROTOCOL', detail: 'HTTP 304' },
    ],
    [
      'a redirect',
      says(answer(302, '', ['Location: http://phones:secret@other/1230SIP.cfg'])),
      {},
      { text: '', end: 'PROTOCOL', detail: 'HTTP 302 (to http://other/1230SIP.cfg)' },
    ],
    [
      'a refusal whose page breaks off',
      saysAndEnds('HTTP/1.1 404 No\r\nContent-Length: 1000\r\n\r\nsorry'),
      {},
      { text: '', end: 'NOT_FOUND', detail: 'HTTP 404' },
    ],
    [
      'a file that ends early',
      saysAndEnds('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc'),
      {},
      { text: 'abc', end: 'TRUNCATED', detail: 'connection closed after 3 bytes of 10' },
    ],
    [
      'a file that ends early from a server that had said close',
      saysAndEnds('HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 10\r\n\r\nabc'),
      {},
      { text: 'abc', end: 'TRUNCATED', detail: 'connection closed after 3 bytes of 10' },
    ],
    [
      'a chunked file without its end',
      saysAndEnds('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n'),
      {},
      { text: 'abc', end: 'TRUNCATED', detail: 'connection closed after 3 bytes' },
    ],
    [
      'a chunked file without its end from a server that had said close',
      saysAndEnds('HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n'),
      {},
      { text: 'abc', end: 'TRUNCATED', detail: 'connection closed after 3 bytes' },
    ],
    [
      'a head that breaks off',
      saysAndEnds('HTTP/1.1 200 OK\r\nContent-Le'),
      {},
      { text: '', end: 'TRUNCATED', detail: 'connection closed after 0 bytes' },
    ],
    ['no answer at all', saysAndEnds(''), {}, { text: '', end: 'BUSY', detail: closedUnanswered }],
    [
      'a reset instead of an answer',
      (socket) => socket.resetAndDestroy(),
      {},
      { text: '', end: 'BUSY', detail: closedUnanswered },
    ],
    [
      'a length above the limit',
      says(answer(200, 'x'.repeat(11))),
      small,
      { text: '', end: 'TOO_LARGE', detail: '11 bytes; at most 10 are taken' },
    ],
    [
      'more bytes than the limit',
      says('HTTP/1.1 200 OK\r\n\r\n0123456789', 'x'),
      small,
      {
        text: expect.stringMatching(/^(0123456789)?$/),
        end: 'TOO_LARGE',
        detail: 'at least 11 bytes; at most 10 are taken',
      },
    ],
    [
      'a banner of another protocol',
      says('SSH-2.0-OpenSSH_9.2\r\n'),
      {},
      { text: '', end: 'PROTOCOL', detail: expect.stringMatching(/^not an HTTP answer: /) },
    ],
    [
      'two lengths that differ',
      says('HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc'),
      {},
      { text: '', end: 'PROTOCOL', detail: 'not an HTTP answer: more than one Content-Length' },
    ],
    [
      'a chunk of no size',
      says('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n'),
      {},
      { text: '', end: 'PROTOCOL', detail: expect.stringMatching(/^not an HTTP answer: /) },
    ],
    [
      'a 100 nobody waits for',
      says('HTTP/1.1 100 Continue\r\n\r\n'),
      {},
      { text: '', end: 'PROTOCOL', detail: 'not an HTTP answer: a 100 that nobody asked for' },
    ],
    [
      'another protocol offered',
      says('HTTP/1.1 101 Switching\r\nUpgrade: h2c\r\nConnection: upgrade\r\n\r\n'),
      {},
      { text: '', end: 'PROTOCOL', detail: 'not an HTTP answer: a 101 that nobody asked for' },
    ],
    [
      'a head without end',
      says('HTTP/1.1 200 OK\r\n', `X: ${long}\r\n`),
      {},
      { text: '', end: 'PROTOCOL', detail: 'the head of the answer is too long' },
    ],
  ];
  test.for(cases)('%s', async ([, script, more, expected]) => {
    const server = await serverWith(script);
    const { events, ...fetched } = await phone().fetch(server.port, more);
    expect(fetched).toEqual(expected);
    expect(server.heads.length).toBe(1);
    expect(events.filter(({ type }) => type !== 'opened')).toEqual([]);
  });

  const broken: [when: string, systemCode: string, head: string, expected: object][] = [
    ['before the answer', 'ENOBUFS', '', { end: 'LOCAL_LIMIT', detail: 'read ENOBUFS' }],
    ['before the answer', 'ENOMEM', '', { end: 'LOCAL_LIMIT', detail: 'read ENOMEM' }],
    ['before the answer', 'ECONNRESET', '', { end: 'BUSY', detail: closedUnanswered }],
    [
      'in the middle of a file',
      'ENOBUFS',
      'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc',
      { end: 'LOCAL_LIMIT', detail: 'read ENOBUFS' },
    ],
    [
      'in the middle of a file',
      'ETIMEDOUT',
      'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc',
      { end: 'TIMEOUT', detail: 'the server no longer acknowledges (ETIMEDOUT)' },
    ],
    [
      'in a file that goes on until the connection ends',
      'ENOBUFS',
      'HTTP/1.1 200 OK\r\n\r\nabc',
      { end: 'LOCAL_LIMIT', detail: 'read ENOBUFS' },
    ],
  ];
  test.for(broken)('the system breaks the connection %s: %s', async ([, systemCode, head, expected]) => {
    const link = new LinkThatBreaks(0);
    const server = await serverWith((socket) => {
      if (head === '') link.breakWith(systemCode);
      else socket.write(head);
    });
    const onEvent = () => link.breakWith(systemCode);
    const { events: _, text: __, ...ending } = await phone({ link }).fetch(server.port, { onEvent });
    expect(ending).toEqual(expected);
  });

  test('buffers that run out on a kept connection are not hidden by another try', async () => {
    const link = new LinkThatBreaks(0);
    const server = await serverWith((socket, n) => {
      if (n === 1) socket.write(answer(200, 'abc'));
      else link.breakWith('ENOBUFS');
    });
    const kept = phone({ link });
    expect(await kept.fetch(server.port)).toMatchObject({ text: 'abc', end: 'whole' });
    expect(await kept.fetch(server.port)).toMatchObject({ end: 'LOCAL_LIMIT', detail: 'read ENOBUFS' });
    expect(server.heads).toHaveLength(2);
  });

  const resets: [title: string, head: string, detail: string][] = [
    [
      'with a length',
      'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n',
      'connection closed after 3 bytes of 10',
    ],
    [
      'in chunks',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n',
      'connection closed after 3 bytes',
    ],
    ['that goes on until the connection ends', 'HTTP/1.1 200 OK\r\n\r\n', 'connection reset after 3 bytes'],
  ];
  test.for(resets)('a file %s that ends with a reset', async ([, head, detail]) => {
    const server = await serverWith(says(`${head}abc`));
    const onEvent = () => server.connections[0]?.resetAndDestroy();
    expect(await phone().fetch(server.port, { onEvent })).toMatchObject({
      text: 'abc',
      end: 'TRUNCATED',
      detail,
    });
  });

  test('a server that is not there', async () => {
    const port = await freePort();
    expect(await phone().fetch(port)).toEqual({
      text: '',
      end: 'UNREACHABLE',
      detail: `connect ECONNREFUSED 127.0.0.1:${port}`,
      events: [],
    });
  });

  test('a host nobody knows', async () => {
    const fetched = await phone().fetch(80, { host: 'nobody.invalid' });
    expect(fetched).toMatchObject({ end: 'UNREACHABLE', detail: expect.stringContaining('nobody.invalid') });
  });

  test('an address this machine does not have', async () => {
    const fetched = await phone().fetch(80, { localAddress: '192.0.2.1' });
    expect(fetched).toMatchObject({ end: 'LOCAL_LIMIT', detail: expect.stringContaining('EADDRNOTAVAIL') });
  });

  test('an address of another family than the server', async () => {
    const fetched = await phone().fetch(80, { localAddress: '::1' });
    expect(fetched).toMatchObject({ end: 'LOCAL_LIMIT', detail: 'bind EINVAL ::1' });
  });

  test('an address that is none', async () => {
    expect(await phone().fetch(80, { localAddress: 'elsewhere' })).toMatchObject({ end: 'UNREACHABLE' });
  });
});

describe('limits of time', () => {
  const drip = (socket: Socket) => {
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    const timer = setInterval(() => socket.write('x'), 5);
    socket.once('close', () => clearInterval(timer));
  };
  const cases: [
    title: string,
    script: Script,
    limits: Partial<TransferLimits>,
    text: RegExp,
    detail: string,
  ][] = [
    ['silence before the answer', () => {}, { idleMs: 40 }, /^$/, 'silent for 40 ms'],
    ['silence in the head', says('HTTP/1.1 200'), { idleMs: 40 }, /^$/, 'silent for 40 ms'],
    [
      'silence in the file',
      says('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc'),
      { idleMs: 400 },
      /^abc$/,
      'silent for 400 ms',
    ],
    ['a file that never ends', drip, { idleMs: 1_000, totalMs: 60 }, /^x*$/, 'not complete within 60 ms'],
    ['silence beyond the whole time', () => {}, { totalMs: 30 }, /^$/, 'not complete within 30 ms'],
  ];
  test.for(cases)('%s', async ([, script, limits, text, detail]) => {
    const server = await serverWith(script);
    const fetched = await phone().fetch(server.port, { limits: { ...patient, ...limits } });
    expect(fetched).toMatchObject({ text: expect.stringMatching(text), end: 'TIMEOUT', detail });
  });

  test('a connection that is never made', async () => {
    const server = await serverWith(() => {});
    const limits = { ...patient, connectMs: 40 };
    // It accepts and never shakes hands.
    expect(await phone().fetch(server.port, { protocol: 'https', limits })).toEqual({
      text: '',
      end: 'TIMEOUT',
      detail: 'no connection within 40 ms',
      events: [],
    });
  });

  test('a slow answer within all limits arrives', async () => {
    const server = await serverWith((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n');
      let sent = 0;
      const timer = setInterval(() => {
        socket.write('x');
        sent++;
        if (sent === 4) clearInterval(timer);
      }, 200);
    });
    const limits = { ...patient, connectMs: 300, idleMs: 600 };
    expect(await phone().fetch(server.port, { limits })).toMatchObject({ text: 'xxxx', end: 'whole' });
  });
});

describe('a power cut', () => {
  const cut = new Error('power cut');

  test('before the request makes none', async () => {
    const server = await serverWith(says(answer(200, 'abc')));
    expect(await phone().fetch(server.port, {}, AbortSignal.abort(cut))).toMatchObject({ end: 'ABORTED' });
    expect(server.connections).toEqual([]);
  });

  const moments: [title: string, script: (cutPower: () => void) => Script][] = [
    ['before the answer', (cutPower) => () => cutPower()],
    [
      'in the file',
      (cutPower) => (socket) => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc', cutPower);
      },
    ],
  ];
  test.for(moments)('%s closes the connection', async ([, script]) => {
    const power = new AbortController();
    const server = await serverWith(script(() => power.abort(cut)));
    const { transport } = phone();
    const reading = (async () => {
      for await (const _ of transport.fetch(requestFor(server.port), power.signal)) {
      }
    })();
    await expect(reading).rejects.toMatchObject({
      code: 'ABORTED',
      detail: 'ended by the phone',
      cause: cut,
    });
    const [connection] = server.connections;
    if (connection !== undefined && !connection.closed) {
      await new Promise((resolve) => connection.once('close', resolve));
    }
  });

  test('while the connection is made ends the attempt', async () => {
    const power = new AbortController();
    const server = await serverWith(() => {});
    const fetched = phone().fetch(server.port, { protocol: 'https' }, power.signal);
    power.abort(cut);
    expect(await fetched).toMatchObject({ end: 'ABORTED' });
  });

  test('between two tries ends the wait', async () => {
    const power = new AbortController();
    const server = await serverWith(says(answer(503, '', ['Retry-After: 50'])));
    const onEvent = () => power.abort(cut);
    expect(await phone().fetch(server.port, { onEvent }, power.signal)).toMatchObject({ end: 'ABORTED' });
    expect(server.heads.length).toBe(1);
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a port');
  await new Promise((resolve) => server.close(resolve));
  return address.port;
}
