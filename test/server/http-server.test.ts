import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import { SystemClock } from '../../src/clock/system-clock.ts';
import { makeSelfSignedCertificate } from '../../src/device/sign.ts';
import { type FileStore, memoryStore, type ServedFile } from '../../src/server/file-store.ts';
import { type HttpServerOptions, startHttpServer } from '../../src/server/http-server.ts';
import type { ServedRequest } from '../../src/server/served-request.ts';

const modifiedMs = Date.UTC(2015, 2, 1, 12, 0, 0);
const tree = memoryStore(
  {
    '1230SIP.cfg': '[FW]\r\n',
    'sub folder/Français?.lng': 'Bonjour',
    'a.bin': Buffer.from([0, 255]),
    'empty.dat': '',
  },
  modifiedMs,
);

interface Running {
  readonly port: number;
  readonly told: ServedRequest[];
  /** The next request that ends. */
  next(): Promise<ServedRequest>;
}

async function serving(options: Partial<HttpServerOptions> = {}): Promise<Running> {
  const told: ServedRequest[] = [];
  const listeners: ((request: ServedRequest) => void)[] = [];
  const server = await startHttpServer({
    store: tree,
    clock: new SystemClock(),
    listen: '127.0.0.1',
    port: 0,
    onRequest: (request) => {
      told.push(request);
      listeners.shift()?.(request);
    },
    ...options,
  });
  onTestFinished(() => server.close());
  return { port: server.port, told, next: () => new Promise((resolve) => listeners.push(resolve)) };
}

/** Sends requests as they are, and everything that comes back until the server closes. */
async function exchange(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(text, 'latin1');
  return allOf(socket);
}

async function allOf(socket: Socket): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk);
  return Buffer.concat(chunks).toString('latin1');
}

const asked = (line: string, ...headers: string[]) =>
  [`${line} HTTP/1.1`, 'Host: x', 'Connection: close', ...headers, '', ''].join('\r\n');

/** Without the date of the day. */
const undated = (answer: string) => answer.replace(/\r\nDate: [^\r]*/, '');

describe('what is asked for', () => {
  test('comes with its length, type and date', async () => {
    const { port } = await serving();
    expect(undated(await exchange(port, asked('GET /1230SIP.cfg')))).toBe(
      'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 6\r\nLast-Modified: Sun, 01 Mar 2015 12:00:00 GMT\r\nConnection: close\r\n\r\n[FW]\r\n',
    );
  });

  const cases: [title: string, request: string, status: string, body: string, told: string][] = [
    ['a binary file', asked('GET /a.bin'), '200 OK', '\0\xff', 'sent'],
    ['an empty file', asked('GET /empty.dat'), '200 OK', '', 'sent'],
    ['an encoded name', asked('GET /sub%20folder/Fran%C3%A7ais%3F.lng'), '200 OK', 'Bonjour', 'sent'],
    ['a file, whatever the query', asked('GET /1230SIP.cfg?mac=1'), '200 OK', '[FW]\r\n', 'sent'],
    ['a file by its whole URL', asked('GET http://x/1230SIP.cfg'), '200 OK', '[FW]\r\n', 'sent'],
    ['the head of a file', asked('HEAD /1230SIP.cfg'), '200 OK', '', 'sent'],
    [
      'a file by a phone with a control byte in its User-Agent',
      asked('GET /a.bin', 'User-Agent: AVAYA/SIP12x0\x17/04'),
      '200 OK',
      '\0\xff',
      'sent',
    ],
    [
      'a file by a phone with 0xFF in its User-Agent',
      asked('GET /a.bin', 'User-Agent: AVAYA/SIP12x0\xff/04'),
      '200 OK',
      '\0\xff',
      'sent',
    ],
    ['a file that is not there', asked('GET /no.cfg'), '404 Not Found', '404 Not Found\n', '404'],
    ['a file in another case', asked('GET /1230sip.cfg'), '404 Not Found', '404 Not Found\n', '404'],
    ['the head of a file that is not there', asked('HEAD /no.cfg'), '404 Not Found', '', '404'],
    ['a folder', asked('GET /sub%20folder/'), '404 Not Found', '404 Not Found\n', '404'],
    ['the root', asked('GET /'), '404 Not Found', '404 Not Found\n', '404'],
    ['a way out', asked('GET /../../etc/passwd'), '404 Not Found', '404 Not Found\n', '404'],
    ['an encoded way out', asked('GET /%2e%2e/%2e%2e/etc/passwd'), '404 Not Found', '404 Not Found\n', '404'],
    ['NUL', asked('GET /1230SIP.cfg%00'), '404 Not Found', '404 Not Found\n', '404'],
    ['half an escape', asked('GET /%E0%A4%A'), '400 Bad Request', '400 Bad Request\n', '400'],
    ['no path', asked('GET *'), '400 Bad Request', '400 Bad Request\n', '400'],
    [
      'another method',
      asked('POST /1230SIP.cfg', 'Content-Length: 0'),
      '405 Method Not Allowed',
      '405 Method Not Allowed\n',
      '405',
    ],
  ];
  test.for(cases)('may be %s', async ([, request, status, body, result]) => {
    const { port, told } = await serving();
    const answer = await exchange(port, request);
    const end = answer.indexOf('\r\n\r\n');
    expect(answer.slice(0, answer.indexOf('\r\n'))).toBe(`HTTP/1.1 ${status}`);
    expect(answer.slice(end + 4)).toBe(body);
    expect(told).toEqual([
      {
        protocol: 'http',
        peer: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
        path: request.split(' ')[1],
        result,
        bytes: result === 'sent' ? body.length : 0,
        ms: expect.any(Number),
      },
    ]);
  });

  test('comes over one connection, file after file', async () => {
    const { port, told } = await serving();
    const get = 'GET /1230SIP.cfg HTTP/1.1\r\nHost: x\r\n\r\n';
    const answers = await exchange(port, `${get}${get}${asked('GET /a.bin')}`);
    expect(answers.match(/HTTP\/1\.1 200 OK/g)?.length).toBe(3);
    expect(new Set(told.map(({ peer }) => peer)).size).toBe(1);
  });

  const denied: [title: string, code: string, status: string][] = [
    ['the disk denies is 403', 'EACCES', '403 Forbidden'],
    ['the disk cannot read is 500', 'EIO', '500 Internal Server Error'],
  ];
  test.for(denied)('and %s', async ([, code, status]) => {
    const store: FileStore = {
      find() {
        throw Object.assign(new Error(code), { code });
      },
    };
    const { port } = await serving({ store });
    expect(await exchange(port, asked('GET /1230SIP.cfg'))).toContain(`HTTP/1.1 ${status}\r\n`);
  });
});

describe('a large file', () => {
  const sizeBytes = 20 << 20;

  /** Reads are counted; the content is the offset modulo 251. */
  function large(readable = sizeBytes): { store: FileStore; reads: number[] } {
    const reads: number[] = [];
    const file: ServedFile = {
      sizeBytes,
      modifiedMs,
      read(offset, length) {
        reads.push(length);
        const bytes = Buffer.alloc(Math.max(0, Math.min(length, readable - offset)));
        for (let i = 0; i < bytes.length; i++) bytes[i] = (offset + i) % 251;
        return bytes;
      },
    };
    return { store: { find: () => file }, reads };
  }

  test('is read in pieces as fast as it is taken', async () => {
    const { store, reads } = large();
    const { port, next } = await serving({ store });
    const socket = connect(port, '127.0.0.1');
    socket.write(asked('GET /a.bin'));
    await once(socket, 'readable');
    // Nobody takes the bytes; what fits into the sockets is all that is read.
    await new Promise((resolve) => setImmediate(resolve));
    expect(reads.length * 65_536).toBeLessThan(sizeBytes);
    const ended = next();
    const answer = await allOf(socket);
    const body = Buffer.from(answer.slice(answer.indexOf('\r\n\r\n') + 4), 'latin1');
    expect(body.length).toBe(sizeBytes);
    expect(body.every((byte, offset) => byte === offset % 251)).toBe(true);
    expect(Math.max(...reads)).toBe(65_536);
    expect(await ended).toMatchObject({ result: 'sent', bytes: sizeBytes });
  });

  test('that shrinks meanwhile is broken off, not ended', async () => {
    const { store } = large(100_000);
    const { port, next } = await serving({ store });
    const ended = next();
    const answer = await exchange(port, asked('GET /a.bin'));
    expect(answer.length).toBeLessThan(101_000);
    expect(await ended).toMatchObject({ result: 'aborted', bytes: 100_000 });
  });

  test('whose disk fails is broken off', async () => {
    const file: ServedFile = {
      sizeBytes,
      modifiedMs,
      read() {
        throw new Error('EIO');
      },
    };
    const { port, next } = await serving({ store: { find: () => file } });
    const ended = next();
    expect(await exchange(port, asked('GET /a.bin'))).toBe('');
    expect(await ended).toMatchObject({ result: 'aborted', bytes: 0 });
  });

  test('whose phone goes away is told as aborted', async () => {
    const { store } = large();
    const { port, next } = await serving({ store });
    const ended = next();
    const socket = connect(port, '127.0.0.1');
    socket.write(asked('GET /a.bin'));
    await once(socket, 'readable');
    socket.destroy();
    const { result, bytes } = await ended;
    expect(result).toBe('aborted');
    expect(bytes).toBeLessThan(sizeBytes);
  });
});

describe('users', () => {
  const users = new Map([['phones', 'se:cret']]);
  const basic = (text: string) => `Authorization: Basic ${Buffer.from(text).toString('base64')}`;
  const cases: [title: string, options: Partial<HttpServerOptions>, headers: string[], status: string][] = [
    ['are asked for nothing unless the tree is protected', { users }, [], '200 OK'],
    ['are asked for nothing when there are none', { users: new Map(), protect: true }, [], '200 OK'],
    ['are asked for their name', { users, protect: true }, [], '401 Unauthorized'],
    ['come in with name and password', { users, protect: true }, [basic('phones:se:cret')], '200 OK'],
    ['stay out with a wrong password', { users, protect: true }, [basic('phones:x')], '401 Unauthorized'],
    ['stay out without a password', { users, protect: true }, [basic('phones')], '401 Unauthorized'],
    ['stay out with a name that is none', { users, protect: true }, [basic('x:se:cret')], '401 Unauthorized'],
    [
      'stay out with another scheme',
      { users, protect: true },
      ['Authorization: Bearer x'],
      '401 Unauthorized',
    ],
  ];
  test.for(cases)('%s', async ([, options, headers, status]) => {
    const { port, told } = await serving(options);
    const answer = await exchange(port, asked('GET /1230SIP.cfg', ...headers));
    expect(answer.slice(0, answer.indexOf('\r\n'))).toBe(`HTTP/1.1 ${status}`);
    expect(answer.includes('WWW-Authenticate: Basic realm="provisioning"')).toBe(status.startsWith('401'));
    expect(told.map(({ result }) => result)).toEqual([status.startsWith('401') ? '401' : 'sent']);
  });
});

describe('the server', () => {
  test('speaks TLS with a certificate', async () => {
    const tls = makeSelfSignedCertificate({
      commonName: 'localhost',
      addresses: ['127.0.0.1'],
      notBefore: Date.now() - 60_000,
      days: 1,
    });
    const { port, told } = await serving({ tls });
    const socket = connectTls({ port, host: '127.0.0.1', ca: tls.certificate });
    socket.write(asked('GET /1230SIP.cfg'));
    expect(await allOf(socket)).toMatch(/\r\n\r\n\[FW\]\r\n$/);
    expect(told).toMatchObject([{ protocol: 'https', result: 'sent', bytes: 6 }]);
  });

  test('rejects a port that is taken', async () => {
    const { port } = await serving();
    await expect(serving({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  test('rejects a certificate that is none', async () => {
    await expect(serving({ tls: { certificate: 'x', key: 'y' } })).rejects.toThrow(Error);
  });

  test('ends with the connections it has', async () => {
    const server = await startHttpServer({
      store: tree,
      clock: new SystemClock(),
      listen: '127.0.0.1',
      port: 0,
    });
    const socket = connect(server.port, '127.0.0.1');
    socket.write('GET /1230SIP.cfg HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(socket, 'data');
    const gone = once(socket, 'close');
    await server.close();
    await gone;
  });
});
