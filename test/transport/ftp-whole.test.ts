import type { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { TransferEvent } from '../../src/transport/transport.ts';
import { type Ending, fetchText, never, phone, requestFor, serverWith, whole } from './ftp-phone.ts';
import { LinkThatBreaks } from './link-that-breaks.ts';
import { body, type Script, type ScriptedSession } from './scripted-ftp-server.ts';

describe('a file is whole only when both connections say so', () => {
  const cases: [title: string, script: Script, expected: Ending][] = [
    [
      '226 before the data',
      {
        RETR: async (session) => {
          const data = await session.data();
          session.control.write('150 here\r\n226 done\r\n', () => data.end(body));
        },
      },
      whole,
    ],
    [
      '226 and the end of the session before the data',
      {
        RETR: async (session) => {
          const data = await session.data();
          session.control.end('150 here\r\n226 done\r\n', () => data.end(body));
        },
      },
      whole,
    ],
    [
      'data before any answer',
      {
        RETR: async (session) => {
          (await session.data()).end(body, () => session.say('150 was here\r\n250 done'));
        },
      },
      whole,
    ],
    [
      'a transfer answered with 125, and 250',
      {
        RETR: async (session) => {
          (await session.data()).end(body);
          session.say('125 already open\r\n250 done');
        },
      },
      whole,
    ],
    [
      'two preliminary replies',
      {
        RETR: async (session) => {
          (await session.data()).end(body);
          session.say('150-Accepted\r\n150 data\r\n150 again\r\n226 done');
        },
      },
      whole,
    ],
    [
      'an empty file',
      {
        RETR: async (session) => {
          (await session.data()).end();
          session.say('150 here\r\n226 done');
        },
      },
      { text: '', end: 'whole' },
    ],
    [
      '426 after half of it',
      {
        RETR: async (session) => {
          session.say('150 here');
          (await session.data()).end('half', () => session.say('426 broken'));
        },
      },
      { text: expect.any(String), end: 'TRUNCATED', detail: 'RETR: 426 broken' },
    ],
    [
      '451 before a byte of it',
      { RETR: (session) => session.say('150 here\r\n451 disk error') },
      { text: '', end: 'TRUNCATED', detail: 'RETR: 451 disk error' },
    ],
    [
      'no final reply: the session ends',
      {
        RETR: async (session) => {
          session.say('150 here');
          (await session.data()).end('half', () => session.control.end());
        },
      },
      { text: expect.any(String), end: 'TRUNCATED', detail: 'connection closed after RETR' },
    ],
    [
      'no final reply: the session is reset',
      {
        RETR: async (session) => {
          session.say('150 here');
          (await session.data()).end('half', () => session.control.resetAndDestroy());
        },
      },
      { text: expect.any(String), end: 'TRUNCATED', detail: 'connection closed after RETR' },
    ],
  ];
  test.for(cases)('%s', async ([, script, expected]) => {
    const server = await serverWith(script);
    expect(await fetchText(phone(), requestFor(server.port))).toEqual(expected);
  });

  const broken: [systemCode: string, expected: object][] = [
    ['ENOBUFS', { end: 'LOCAL_LIMIT', detail: 'ENOBUFS' }],
    ['ENOMEM', { end: 'LOCAL_LIMIT', detail: 'ENOMEM' }],
    ['ETIMEDOUT', { end: 'TIMEOUT', detail: 'ETIMEDOUT' }],
    ['ECONNRESET', { end: 'TRUNCATED', detail: 'data connection reset' }],
  ];
  test.for(broken)('the system breaks the data connection: %s', async ([systemCode, expected]) => {
    const link = new LinkThatBreaks(1);
    const server = await serverWith({
      RETR: async (session) => {
        session.say('150 here');
        const data = await session.data();
        data.once('close', () => session.say('226 done'));
        data.write('half', () => link.breakWith(systemCode));
      },
    });
    const { text: _, ...ending } = await fetchText(phone({ link }), requestFor(server.port));
    expect(ending).toEqual(expected);
  });

  const halves: [title: string, then: (session: ScriptedSession, data: Socket) => void, detail: string][] = [
    ['550', (session) => session.say('550 went away'), 'RETR: 550 went away'],
    [
      'a reset data connection, even with a 226',
      (session, data) => {
        data.once('close', () => session.say('226 done'));
        data.resetAndDestroy();
      },
      'data connection reset',
    ],
  ];
  test.for(halves)('%s after half of it is half a file', async ([, then, detail]) => {
    let goOn = () => {};
    const server = await serverWith({
      RETR: async (session) => {
        session.say('150 here');
        const data = await session.data();
        data.write('half');
        goOn = () => then(session, data);
      },
    });
    const chunks = phone().fetch(requestFor(server.port), never)[Symbol.asyncIterator]();
    expect(Buffer.from((await chunks.next()).value ?? []).toString()).toBe('half');
    goOn();
    await expect(chunks.next()).rejects.toMatchObject({ code: 'TRUNCATED', detail });
  });
});

describe('replies', () => {
  test('may come a byte at a time', async () => {
    const server = await serverWith({
      '': async ({ control }) => {
        for (const byte of '220-Hello\r\n 220 not yet\r\n220 ready\r\n') {
          await new Promise((resolve) => control.write(byte, resolve));
        }
      },
      EPSV: async ({ control, openDataPort }) => {
        for (const byte of `229 Extended (|||${await openDataPort()}|)\r\n`) {
          await new Promise((resolve) => control.write(byte, resolve));
        }
      },
    });
    expect(await fetchText(phone(), requestFor(server.port))).toEqual(whole);
  });

  test('announce the size, which is told and not relied on', async () => {
    const events: TransferEvent[] = [];
    const server = await serverWith({
      RETR: async (session) => {
        session.say('150 Opening BINARY mode data connection for 1230SIP.cfg (9999 bytes).');
        (await session.data()).end(body);
        session.say('226 done');
      },
    });
    const request = requestFor(server.port, { onEvent: (event) => events.push(event) });
    expect(await fetchText(phone(), request)).toEqual(whole);
    expect(events).toEqual([{ type: 'opened', sizeBytes: 9999 }]);
  });

  test('that name another host for data are told and not followed', async () => {
    const events: TransferEvent[] = [];
    const server = await serverWith({
      EPSV: '500 no',
      PASV: async (session) => {
        const port = await session.openDataPort();
        session.say(`227 Entering Passive Mode (10,0,0,7,${port >> 8},${port & 255})`);
      },
    });
    const request = requestFor(server.port, { onEvent: (event) => events.push(event) });
    expect(await fetchText(phone(), request)).toEqual(whole);
    expect(events).toEqual([
      {
        type: 'told',
        code: 'FTP_FOREIGN_ADDRESS',
        message: 'The server offers its data at 10.0.0.7; only 127.0.0.1 is asked.',
      },
      { type: 'opened' },
    ]);
  });
});
