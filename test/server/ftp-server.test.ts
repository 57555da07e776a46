import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { SystemClock } from '../../src/clock/system-clock.ts';
import { VirtualClock } from '../../src/clock/virtual-clock.ts';
import { layeredStore, memoryStore } from '../../src/server/file-store.ts';
import { type FtpServerOptions, startFtpServer } from '../../src/server/ftp-server.ts';
import type { RunningServer, ServedRequest } from '../../src/server/served-request.ts';
import { bytesOf, FtpDialogue } from './ftp-dialogue.ts';

const big = Buffer.alloc(3_000_000, 'firmware');
/** More than the system buffers between two sockets: it is never sent to the end. */
const endless = {
  sizeBytes: 2 ** 40,
  modifiedMs: 0,
  read: (_: number, length: number) => Buffer.alloc(length),
};
const files = memoryStore(
  { '1230SIP.cfg': 'DOWNLOAD_MODE AUTO\n', 'firmware/a b.bin': big, 'empty.cfg': '' },
  Date.UTC(2024, 2, 4, 8, 0, 5, 999),
);
const store = layeredStore(files, { find: (path) => (path === '/endless.bin' ? endless : undefined) });

const running: RunningServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

async function serve(options: Partial<FtpServerOptions> = {}) {
  const requests: ServedRequest[] = [];
  const server = await startFtpServer({
    store,
    clock: new SystemClock(),
    listen: '127.0.0.1',
    port: 0,
    users: new Map([['joe', 'secret']]),
    anonymous: 'allowed',
    onRequest: (request) => requests.push(request),
    ...options,
  });
  running.push(server);
  return { port: server.port, requests, close: () => server.close() };
}

describe('a logged-in client is answered', () => {
  const cases: [line: string, reply: string | RegExp][] = [
    ['SYST', '215 UNIX Type: L8'],
    ['noop', '200 OK.'],
    ['FEAT', /^211-Features:\r\n( [A-Z ]+\d?\r\n)+( UTF8\r\n)211 End\.$/],
    ['HELP', /^214-Commands:\r\n .* RETR .*\r\n214 End\.$/],
    ['STAT', /^211 127\.0\.0\.1:\d+ is in \/$/],
    ['TYPE I', '200 OK.'],
    ['TYPE A', '200 OK.'],
    ['TYPE A N', '200 OK.'],
    ['TYPE E', '504 Not supported.'],
    ['MODE S', '200 OK.'],
    ['MODE B', '504 Not supported.'],
    ['STRU F', '200 OK.'],
    ['STRU R', '504 Not supported.'],
    ['OPTS UTF8 ON', '200 Names are UTF-8.'],
    ['OPTS MLST', '501 Unknown option.'],
    ['PWD', '257 "/" is the current directory.'],
    ['SIZE 1230SIP.cfg', '213 19'],
    ['SIZE /1230SIP.cfg', '213 19'],
    ['SIZE firmware/a b.bin', '213 3000000'],
    ['SIZE ../../1230SIP.cfg', '213 19'],
    ['SIZE firmware', '550 No such file.'],
    ['SIZE ../ftp-server.test.ts', '550 No such file.'],
    ['SIZE', '550 No such file.'],
    ['MDTM 1230SIP.cfg', '213 20240304080005'],
    ['MDTM none', '550 No such file.'],
    ['REST 5', '350 The next transfer starts at 5.'],
    ['REST -1', '501 REST takes a number of bytes.'],
    ['CWD 1230SIP.cfg', '550 No such directory.'],
    ['RETR 1230SIP.cfg', '425 Use PASV or PORT first.'],
    ['RETR none', '550 No such file.'],
    ['LIST', '425 Use PASV or PORT first.'],
    ['ABOR', '226 Nothing is under way any more.'],
    ['STOR x', '550 This server is read-only.'],
    ['DELE 1230SIP.cfg', '550 This server is read-only.'],
    ['PASV', /^227 Entering Passive Mode \(127,0,0,1,\d+,\d+\)\.$/],
    ['EPSV', /^229 Entering Extended Passive Mode \(\|\|\|\d+\|\)$/],
    ['EPSV 1', /^229 /],
    ['EPSV 2', '522 Network not supported, use (1)'],
    ['EPSV ALL', '200 OK.'],
    ['PORT 127,0,0,1,200,1', '200 OK, will connect there.'],
    ['PORT 127,0,0,2,200,1', '500 Not a port of yours.'],
    ['PORT 127,0,0,1,0,22', '500 Not a port of yours.'],
    ['PORT 127,0,0,1,256,0', '500 Not a port of yours.'],
    ['PORT nonsense', '500 Not a port of yours.'],
    ['EPRT |1|127.0.0.1|5000|', '200 OK, will connect there.'],
    ['EPRT |1|10.0.0.1|5000|', '500 Not a port of yours.'],
    ['EPRT |2|::1|5000|', '500 Not a port of yours.'],
    ['XYZZY', '500 Unknown command.'],
    ['', '500 Unknown command.'],
    ['\xff\xf4\xff\xf2NOOP', '200 OK.'],
  ];
  test.for(cases)('%j', async ([line, expected]) => {
    const { port } = await serve();
    const dialogue = await FtpDialogue.loggedIn(port);
    dialogue.socket.write(Buffer.from(`${line}\r\n`, 'latin1'));
    const reply = await dialogue.reply();
    if (typeof expected === 'string') expect(reply).toBe(expected);
    else expect(reply).toMatch(expected);
  });

  test('folders are virtual, and never lead out', async () => {
    const { port } = await serve();
    const dialogue = await FtpDialogue.loggedIn(port);
    const talk: [string, string][] = [
      ['CWD firmware', '250 Directory changed.'],
      ['SIZE a b.bin', '213 3000000'],
      ['SIZE /1230SIP.cfg', '213 19'],
      ['CWD sub "quoted"', '250 Directory changed.'],
      ['PWD', '257 "/firmware/sub ""quoted""" is the current directory.'],
      ['CDUP', '250 Directory changed.'],
      ['CWD ../../../..', '250 Directory changed.'],
      ['PWD', '257 "/" is the current directory.'],
      ['CDUP', '250 Directory changed.'],
      ['PWD', '257 "/" is the current directory.'],
    ];
    for (const [line, expected] of talk) expect([line, await dialogue.say(line)]).toEqual([line, expected]);
  });
});

describe('logging in', () => {
  const cases: [title: string, options: Partial<FtpServerOptions>, lines: string[], last: string][] = [
    ['anonymous, where allowed', {}, ['USER anonymous', 'PASS x@y'], '230 Logged in.'],
    ['ftp is anonymous too', {}, ['USER ftp', 'PASS '], '230 Logged in.'],
    [
      'anonymous, where refused',
      { anonymous: 'refused' },
      ['USER anonymous', 'PASS '],
      '530 Login incorrect.',
    ],
    ['a user', {}, ['USER joe', 'PASS secret'], '230 Logged in.'],
    ['a wrong password', {}, ['USER joe', 'PASS Secret'], '530 Login incorrect.'],
    ['an empty password', {}, ['USER joe', 'PASS '], '530 Login incorrect.'],
    ['an unknown user', {}, ['USER jim', 'PASS secret'], '530 Login incorrect.'],
    ['a user nobody listed, with no password', {}, ['USER jim', 'PASS'], '530 Login incorrect.'],
    ['a password first', {}, ['PASS secret'], '503 Log in with USER first.'],
    ['a password twice', {}, ['USER joe', 'PASS secret', 'PASS secret'], '503 Log in with USER first.'],
    ['nothing without it', {}, ['RETR 1230SIP.cfg'], '530 Please log in with USER and PASS.'],
    [
      'nor after another USER',
      {},
      ['USER joe', 'PASS secret', 'USER jim', 'PASV'],
      '530 Please log in with USER and PASS.',
    ],
    ['but FEAT', {}, ['SYST'], '215 UNIX Type: L8'],
    [
      'the third wrong password ends it',
      {},
      ['USER a', 'PASS b', 'USER a', 'PASS b', 'USER a', 'PASS b'],
      '421 Too many wrong passwords.',
    ],
  ];
  test.for(cases)('%s', async ([, options, lines, last]) => {
    const { port } = await serve(options);
    const dialogue = await FtpDialogue.open(port);
    let reply = '';
    for (const line of lines) reply = await dialogue.say(line);
    expect(reply).toBe(last);
  });
});

describe('a file', () => {
  const file = (name: string, length: number, result = 'sent') => ({
    protocol: 'ftp',
    peer: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
    path: name,
    result,
    bytes: length,
    ms: expect.any(Number),
  });

  test.for([
    ['1230SIP.cfg', 0, 'DOWNLOAD_MODE AUTO\n'],
    ['1230SIP.cfg', 9, 'MODE AUTO\n'],
    ['1230SIP.cfg', 19, ''],
    ['/firmware/a b.bin', 0, big.toString()],
    ['firmware/a b.bin', 2_999_992, 'firmware'],
    ['empty.cfg', 0, ''],
  ] as const)('%s from byte %d', async ([name, offset, expected]) => {
    const { port, requests } = await serve();
    const dialogue = await FtpDialogue.loggedIn(port);
    const data = await dialogue.data();
    if (offset > 0) await dialogue.say(`REST ${offset}`);
    const opening = await dialogue.say(`RETR ${name}`);
    expect(opening).toBe(`150 Opening BINARY mode data connection (${expected.length} bytes).`);
    expect((await bytesOf(data)).toString() === expected).toBe(true);
    expect(await dialogue.reply()).toBe('226 Transfer complete.');
    expect(requests).toEqual([file(name, expected.length)]);
  });

  test('goes to the port the client named', async () => {
    const { port } = await serve();
    const listener = createServer().listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const arrival = once(listener, 'connection');
    const dialogue = await FtpDialogue.loggedIn(port);
    const address = listener.address();
    if (address === null || typeof address === 'string') throw new Error('A TCP server has a port');
    await dialogue.say(`EPRT |1|127.0.0.1|${address.port}|`);
    dialogue.socket.write('RETR 1230SIP.cfg\r\n');
    const [data]: Socket[] = await arrival;
    listener.close();
    expect((data && (await bytesOf(data)))?.toString()).toBe('DOWNLOAD_MODE AUTO\n');
    expect([await dialogue.reply(), await dialogue.reply()]).toEqual([
      '150 Opening BINARY mode data connection (19 bytes).',
      '226 Transfer complete.',
    ]);
  });

  test('does not go where nobody listens', async () => {
    const { port, requests } = await serve();
    const dialogue = await FtpDialogue.loggedIn(port);
    const listener = createServer().listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const address = listener.address();
    if (address === null || typeof address === 'string') throw new Error('A TCP server has a port');
    await new Promise((resolve) => listener.close(resolve));
    await dialogue.say(`EPRT |1|127.0.0.1|${address.port}|`);
    expect(await dialogue.say('RETR 1230SIP.cfg')).toBe('425 No data connection.');
    expect(requests).toEqual([file('1230SIP.cfg', 0, '425')]);
  });

  test('goes to nobody but the client', async () => {
    const { port } = await serve();
    const dialogue = await FtpDialogue.loggedIn(port);
    const dataPort = Number(/\|\|\|(\d+)\|/.exec(await dialogue.say('EPSV'))?.[1]);
    const thief = connect({ host: '127.0.0.1', port: dataPort, localAddress: '127.0.0.66' });
    thief.on('error', () => {});
    thief.resume();
    await once(thief, 'close');
    const data = connect({ host: '127.0.0.1', port: dataPort, localAddress: '127.0.0.1' });
    dialogue.socket.write('RETR 1230SIP.cfg\r\n');
    expect((await bytesOf(data)).toString()).toBe('DOWNLOAD_MODE AUTO\n');
  });

  test('that is missing closes the data connection and is told', async () => {
    const { port, requests } = await serve();
    const dialogue = await FtpDialogue.loggedIn(port);
    const data = await dialogue.data();
    expect(await dialogue.say('RETR ../outside.cfg')).toBe('550 No such file.');
    expect(await bytesOf(data).catch(() => Buffer.alloc(0))).toEqual(Buffer.alloc(0));
    expect(requests).toEqual([file('../outside.cfg', 0, '550')]);
  });

  test('cannot start beyond its end', async () => {
    const { port } = await serve();
    const dialogue = await FtpDialogue.loggedIn(port);
    await dialogue.data();
    await dialogue.say('REST 20');
    expect(await dialogue.say('RETR 1230SIP.cfg')).toBe('554 REST is beyond the end.');
  });

  test('that the client gives up is told as aborted', async () => {
    const { port, requests } = await serve();
    const dialogue = await FtpDialogue.loggedIn(port);
    const data = await dialogue.data();
    await dialogue.say('RETR endless.bin');
    data.destroy();
    expect(await dialogue.reply()).toBe('426 Data connection closed, transfer aborted.');
    expect(requests).toEqual([{ ...file('endless.bin', 0, 'aborted'), bytes: expect.any(Number) }]);
  });

  test('stops at ABOR', async () => {
    const { port } = await serve();
    const dialogue = await FtpDialogue.loggedIn(port);
    await dialogue.data();
    await dialogue.say('RETR endless.bin');
    expect(await dialogue.say('ABOR')).toBe('426 Data connection closed, transfer aborted.');
    expect(await dialogue.reply()).toBe('226 Nothing is under way any more.');
    expect(await dialogue.say('NOOP')).toBe('200 OK.');
  });

  test('that went away while it was read is not said to be whole', async () => {
    const gone = {
      find: () => ({
        sizeBytes: 200_000,
        modifiedMs: 0,
        read: (offset: number, length: number) => {
          if (offset > 0) throw new Error('ENOENT');
          return new Uint8Array(length);
        },
      }),
    };
    const { port, requests } = await serve({ store: gone });
    const dialogue = await FtpDialogue.loggedIn(port);
    const data = await dialogue.data();
    data.resume();
    await dialogue.say('RETR x');
    expect(await dialogue.reply()).toBe('451 The file could not be read.');
    expect(requests.map(({ result }) => result)).toEqual(['unreadable']);
  });

  test('a list is empty, and ends', async () => {
    const { port } = await serve();
    const dialogue = await FtpDialogue.loggedIn(port);
    const data = await dialogue.data();
    expect(await dialogue.say('LIST')).toMatch(/^150 /);
    expect(await bytesOf(data)).toEqual(Buffer.alloc(0));
    expect(await dialogue.reply()).toBe('226 Done.');
  });
});

describe('data ports', () => {
  const portOf = async (dialogue: FtpDialogue) =>
    Number(/\|\|\|(\d+)\|/.exec(await dialogue.say('EPSV'))?.[1]);
  const visit = async (port: number) => {
    const data = connect(port, '127.0.0.1');
    await once(data, 'connect');
    return data;
  };

  test('that served are used again, since a closed one rests for a minute', async () => {
    const { port } = await serve();
    const ports = new Set<number>();
    for (let file = 0; file < 5; file++) {
      const dialogue = await FtpDialogue.loggedIn(port);
      const dataPort = await portOf(dialogue);
      ports.add(dataPort);
      const data = await visit(dataPort);
      await dialogue.say('RETR 1230SIP.cfg');
      expect((await bytesOf(data)).length).toBe(19);
      await dialogue.say('QUIT');
    }
    expect(ports.size).toBe(1);
  });

  test('that still wait for one session are not given to another', async () => {
    const { port } = await serve();
    const [one, other] = [await FtpDialogue.loggedIn(port), await FtpDialogue.loggedIn(port)];
    const abandoned = await portOf(one);
    await portOf(one);
    expect(await portOf(other)).not.toBe(abandoned);
    await expect(visit(abandoned)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  test('take one connection and no second', async () => {
    const { port } = await serve();
    const dialogue = await FtpDialogue.loggedIn(port);
    const dataPort = await portOf(dialogue);
    const [first, second] = [await visit(dataPort), await visit(dataPort)];
    expect(await bytesOf(second).catch(() => Buffer.alloc(0))).toEqual(Buffer.alloc(0));
    dialogue.socket.write('RETR 1230SIP.cfg\r\n');
    expect((await bytesOf(first)).length).toBe(19);
  });
});

describe('a session', () => {
  test('takes commands before their turn, and answers in order', async () => {
    const { port } = await serve();
    const dialogue = await FtpDialogue.open(port);
    dialogue.socket.write('USER joe\r\nPASS secret\r\nPWD\r\nQUIT\r\nNOOP\r\n');
    const replies = [];
    for (let reply = await dialogue.reply(); reply !== ''; reply = await dialogue.reply())
      replies.push(reply.slice(0, 3));
    expect(replies).toEqual(['331', '230', '257', '221']);
  });

  test('takes a command a byte at a time', async () => {
    const { port } = await serve();
    const dialogue = await FtpDialogue.open(port);
    for (const byte of 'SYST\r') await new Promise((resolve) => dialogue.socket.write(byte, resolve));
    expect(await dialogue.say('')).toBe('215 UNIX Type: L8');
  });

  test.for([
    ['a line without end', 'x'.repeat(5_000), '500 Line too long.'],
    ['too many commands at once', 'NOOP\r\n'.repeat(2_000), '421 Too many commands at once.'],
  ] as const)('ends at %s', async ([, text, last]) => {
    const { port } = await serve();
    const dialogue = await FtpDialogue.open(port);
    dialogue.socket.write(text);
    let reply = '';
    for (let next = await dialogue.reply(); next !== ''; next = await dialogue.reply()) reply = next;
    expect(reply).toBe(last);
  });

  test('is told 421 when nothing was said for five minutes', async () => {
    const clock = new VirtualClock(0);
    const { port } = await serve({ clock });
    const dialogue = await FtpDialogue.open(port);
    await clock.runFor(299_999);
    expect(await dialogue.say('NOOP')).toBe('200 OK.');
    await clock.runFor(299_999);
    expect(await dialogue.say('SYST')).toBe('215 UNIX Type: L8');
    await clock.runFor(300_000);
    expect([await dialogue.reply(), await dialogue.reply()]).toEqual(['421 Timeout.', '']);
  });

  test('may use IPv6, with EPSV alone', async () => {
    const { port } = await serve({ listen: '::1' });
    const dialogue = await FtpDialogue.loggedIn(port, '::1');
    expect(await dialogue.say('PASV')).toBe('425 PASV is for IPv4; use EPSV.');
    const data = await dialogue.data('::1');
    dialogue.socket.write('RETR 1230SIP.cfg\r\n');
    expect((await bytesOf(data)).toString()).toBe('DOWNLOAD_MODE AUTO\n');
  });

  test('is told 421 when the server closes, and loses its transfer', async () => {
    const { port, close, requests } = await serve();
    const dialogue = await FtpDialogue.loggedIn(port);
    const idle = await FtpDialogue.open(port);
    const data = await dialogue.data();
    await dialogue.say('RETR endless.bin');
    running.length = 0;
    await close();
    expect(await dialogue.reply()).toBe('421 Server is shutting down.');
    expect(await idle.reply()).toBe('421 Server is shutting down.');
    await once(data.resume(), 'close');
    expect(requests.map(({ result }) => result)).toEqual(['aborted']);
    await expect(FtpDialogue.open(port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});

test('a port that is taken is an error of the start', async () => {
  const { port } = await serve();
  await expect(serve({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
