import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { FileRequest } from '../../src/transport/transport.ts';
import { fetchText, phone, requestFor, serverWith, whole } from './ftp-phone.ts';
import { body, type Script } from './scripted-ftp-server.ts';

describe('what a phone says', () => {
  const logIn = ['USER anonymous', 'PASS ', 'TYPE I'];
  const retrieve = ['EPSV', 'RETR 1230SIP.cfg'];
  const cases: [title: string, script: Script, more: Partial<FileRequest>, expected: string[]][] = [
    ['is USER, PASS, TYPE, EPSV, RETR, QUIT and no more', {}, {}, [...logIn, ...retrieve, 'QUIT']],
    [
      'names the user and password of the section',
      {},
      { user: 'phones', password: 'a b;c' },
      ['USER phones', 'PASS a b;c', 'TYPE I', ...retrieve, 'QUIT'],
    ],
    [
      'has no PASS after a 230 to USER',
      { USER: '230 come in' },
      {},
      ['USER anonymous', 'TYPE I', ...retrieve, 'QUIT'],
    ],
    [
      'falls back to PASV where EPSV is not known',
      { EPSV: '500 what?' },
      {},
      [...logIn, 'EPSV', 'PASV', 'RETR 1230SIP.cfg', 'QUIT'],
    ],
    [
      'falls back to PASV where EPSV is not implemented',
      { EPSV: '502 no' },
      {},
      [...logIn, 'EPSV', 'PASV', 'RETR 1230SIP.cfg', 'QUIT'],
    ],
    [
      'keeps folders, blanks and UTF-8 of a name',
      {},
      { path: 'sub folder/Français.lng' },
      [...logIn, 'EPSV', 'RETR sub folder/Français.lng', 'QUIT'],
    ],
  ];
  test.for(cases)('%s', async ([, script, more, expected]) => {
    const server = await serverWith(script);
    expect(await fetchText(phone(), requestFor(server.port, more))).toEqual(whole);
    await server.firstSessionOver;
    expect(server.commands).toEqual(expected);
  });

  test('is PASV and no EPSV in mode pasv', async () => {
    const server = await serverWith({});
    expect(await fetchText(phone({ mode: 'pasv' }), requestFor(server.port))).toEqual(whole);
    await server.firstSessionOver;
    expect(server.commands).toEqual([...logIn, 'PASV', 'RETR 1230SIP.cfg', 'QUIT']);
  });

  test('is PORT with its own address in mode port', async () => {
    const server = await serverWith(activeServer);
    const request = requestFor(server.port, { localAddress: '127.0.0.9' });
    expect(await fetchText(phone({ mode: 'port' }), request)).toEqual(whole);
    await server.firstSessionOver;
    expect(server.commands.map((line) => line.replace(/(PORT 127,0,0,9),\d+,\d+/, '$1,PORT'))).toEqual([
      ...logIn,
      'PORT 127,0,0,9,PORT',
      'RETR 1230SIP.cfg',
      'QUIT',
    ]);
  });

  test('is EPRT over IPv6 in mode port', async () => {
    const server = await serverWith(activeServer, '::1');
    expect(await fetchText(phone({ mode: 'port' }), requestFor(server.port, { host: '::1' }))).toEqual(whole);
    await server.firstSessionOver;
    expect(server.commands.map((line) => line.replace(/\d+\|$/, 'PORT|'))).toEqual([
      ...logIn,
      'EPRT |2|::1|PORT|',
      'RETR 1230SIP.cfg',
      'QUIT',
    ]);
  });

  test('is QUIT after a file that is not there, too', async () => {
    const server = await serverWith({ RETR: '550 no such file' });
    await fetchText(phone(), requestFor(server.port));
    await server.firstSessionOver;
    expect(server.commands).toEqual([...logIn, ...retrieve, 'QUIT']);
  });

  test('is nothing at all once its power is cut', async () => {
    const power = new AbortController();
    const server = await serverWith({
      RETR: async (session) => {
        session.say('150 here it comes');
        (await session.data()).write('first half');
      },
    });
    const chunks = phone().fetch(requestFor(server.port), power.signal)[Symbol.asyncIterator]();
    expect(Buffer.from((await chunks.next()).value ?? []).toString()).toBe('first half');
    power.abort(new Error('power cut'));
    await expect(chunks.next()).rejects.toMatchObject({ code: 'ABORTED', cause: new Error('power cut') });
    await server.firstSessionOver;
    expect(server.commands).toEqual([...logIn, ...retrieve]);
  });

  const unsendable: [title: string, more: Partial<FileRequest>][] = [
    ['CR in a name', { path: 'a\rb' }],
    ['LF in a name', { path: 'a\nDELE b' }],
    ['NUL in a name', { path: 'a\0b' }],
    ['LF in a user', { user: 'a\nb' }],
    ['LF in a password', { user: 'a', password: 'x\r\nDELE b' }],
  ];
  test.for(unsendable)('is not even a connection for %s', async ([, more]) => {
    const server = await serverWith({});
    const ending = await fetchText(phone(), requestFor(server.port, more));
    expect(ending).toEqual({
      text: '',
      end: 'PROTOCOL',
      detail: 'CR, LF or NUL in a name or password: not sent',
    });
    expect(server.sessionCount()).toBe(0);
  });
});

/** Goes to the port that PORT or EPRT named. */
const activeServer: Script = (() => {
  let target: { host: string; port: number } | undefined;
  return {
    PORT: (session, argument) => {
      const [, address = '', high, low] = /^(\d+,\d+,\d+,\d+),(\d+),(\d+)$/.exec(argument) ?? [];
      target = { host: address.replaceAll(',', '.'), port: Number(high) * 256 + Number(low) };
      session.say('200 ok');
    },
    EPRT: (session, argument) => {
      const [, , host = '', port] = argument.split('|');
      target = { host, port: Number(port) };
      session.say('200 ok');
    },
    RETR: (session) => {
      session.say('150 here it comes');
      if (target !== undefined) connect(target).end(body);
      session.say('226 done');
    },
  };
})();
