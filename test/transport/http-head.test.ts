import { describe, expect, test } from 'vitest';
import type { FileRequest } from '../../src/transport/transport.ts';
import { phone, serverWith, userAgent } from './http-phone.ts';
import { answer } from './raw-http-server.ts';

describe('the head of a request, byte for byte', () => {
  const cases: [
    title: string,
    connection: 'check' | 'file',
    more: Partial<FileRequest>,
    expected: (port: number) => string,
  ][] = [
    [
      'is Host, User-Agent, Connection and no more',
      'check',
      {},
      (port) =>
        `GET /1230SIP.cfg HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUser-Agent: ${userAgent}\r\nConnection: keep-alive\r\n\r\n`,
    ],
    [
      'says close with one connection a file',
      'file',
      {},
      (port) =>
        `GET /1230SIP.cfg HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUser-Agent: ${userAgent}\r\nConnection: close\r\n\r\n`,
    ],
    [
      'keeps folders and encodes blanks, umlauts and question marks',
      'check',
      { path: 'sub folder/Français?.lng' },
      (port) =>
        `GET /sub%20folder/Fran%C3%A7ais%3F.lng HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUser-Agent: ${userAgent}\r\nConnection: keep-alive\r\n\r\n`,
    ],
    [
      'names the host as it was given',
      'check',
      { host: 'localhost', localAddress: '127.0.0.1' },
      (port) =>
        `GET /1230SIP.cfg HTTP/1.1\r\nHost: localhost:${port}\r\nUser-Agent: ${userAgent}\r\nConnection: keep-alive\r\n\r\n`,
    ],
    [
      'holds no credentials before they are asked for',
      'check',
      { user: 'phones', password: 'secret' },
      (port) =>
        `GET /1230SIP.cfg HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUser-Agent: ${userAgent}\r\nConnection: keep-alive\r\n\r\n`,
    ],
  ];
  test.for(cases)('%s', async ([, connection, more, expected]) => {
    const server = await serverWith((socket) => socket.write(answer(200, 'abc')));
    expect(await phone({ connection }).fetch(server.port, more)).toMatchObject({ text: 'abc', end: 'whole' });
    expect(server.heads).toEqual([expected(server.port)]);
  });

  test('puts an IPv6 address into brackets', async () => {
    const server = await serverWith((socket) => socket.write(answer(200, 'abc')), { host: '::1' });
    expect(await phone().fetch(server.port, { host: '::1' })).toMatchObject({ text: 'abc', end: 'whole' });
    expect(server.heads[0]).toContain(`\r\nHost: [::1]:${server.port}\r\n`);
  });

  test.for([0x14, 0x16, 0x17, 0xff])(
    'carries the junk byte %i of captured phones in its User-Agent',
    async (byte) => {
      const junk = String.fromCharCode(byte);
      const server = await serverWith((socket) => socket.write(answer(200, 'abc')));
      const fetched = await phone().fetch(server.port, { userAgent: `AVAYA/SIP12x0${junk}/04.01.13.00` });
      expect(fetched).toMatchObject({ text: 'abc', end: 'whole' });
      expect(Buffer.from(server.heads[0] ?? '', 'latin1')).toEqual(
        Buffer.concat([
          Buffer.from(
            `GET /1230SIP.cfg HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nUser-Agent: AVAYA/SIP12x0`,
          ),
          Buffer.from([byte]),
          Buffer.from('/04.01.13.00\r\nConnection: keep-alive\r\n\r\n'),
        ]),
      );
    },
  );

  const unsendable: [title: string, more: Partial<FileRequest>][] = [
    ['LF in the User-Agent', { userAgent: 'AVAYA\nX: y' }],
    ['CR in the User-Agent', { userAgent: 'AVAYA\rX: y' }],
    ['NUL in the User-Agent', { userAgent: 'AVAYA\0' }],
    ['LF in a user', { user: 'a\nX: y' }],
    ['CR in a host', { host: '127.0.0.1\rX: y' }],
  ];
  test.for(unsendable)('is not even a connection for %s', async ([, more]) => {
    const server = await serverWith((socket) => socket.write(answer(200, 'abc')));
    expect(await phone().fetch(server.port, more)).toEqual({
      text: '',
      end: 'PROTOCOL',
      detail: 'CR, LF or NUL in a name or the User-Agent: not sent',
      events: [],
    });
    expect(server.connections).toEqual([]);
  });
});
