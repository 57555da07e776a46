import { describe, expect, test } from 'vitest';
import { type Ending, fetchText, phone, requestFor, serverWith } from './ftp-phone.ts';
import type { Script } from './scripted-ftp-server.ts';

describe('what a server refuses with', () => {
  const cases: [title: string, script: Script, expected: Omit<Ending, 'text'>][] = [
    [
      '550 to RETR',
      { RETR: '550 Permission denied.' },
      { end: 'NOT_FOUND', detail: 'RETR: 550 Permission denied' },
    ],
    [
      '550 after the data connection closed (proftpd)',
      {
        RETR: async (session) => {
          (await session.data()).end(() => session.say('550 nope'));
        },
      },
      { end: 'NOT_FOUND', detail: 'RETR: 550 nope' },
    ],
    [
      '550 after the data connection was reset',
      {
        RETR: async (session) => {
          const data = await session.data();
          data.once('close', () => session.say('550 nope'));
          data.resetAndDestroy();
        },
      },
      { end: 'NOT_FOUND', detail: 'RETR: 550 nope' },
    ],
    ['553 to RETR', { RETR: '553 bad name' }, { end: 'PROTOCOL', detail: 'RETR: 553 bad name' }],
    ['425 to RETR', { RETR: '425 no data' }, { end: 'PROTOCOL', detail: 'RETR: 425 no data' }],
    ['350 to RETR', { RETR: '350 more?' }, { end: 'PROTOCOL', detail: 'RETR: 350 more?' }],
    [
      '530 to PASS',
      { PASS: '530 Login incorrect.' },
      { end: 'ACCESS_DENIED', detail: 'PASS: 530 Login incorrect' },
    ],
    ['530 to USER', { USER: '530 no anonymous' }, { end: 'ACCESS_DENIED', detail: 'USER: 530 no anonymous' }],
    ['332 to PASS', { PASS: '332 account?' }, { end: 'ACCESS_DENIED', detail: 'PASS: 332 account?' }],
    ['500 to PASS', { PASS: '500 OOPS: chroot' }, { end: 'PROTOCOL', detail: 'PASS: 500 OOPS: chroot' }],
    ['504 to TYPE', { TYPE: '504 text only' }, { end: 'PROTOCOL', detail: 'TYPE: 504 text only' }],
    ['421 as a banner', { '': '421 too many users' }, { end: 'BUSY', detail: 'banner: 421 too many users' }],
    ['421 to USER', { USER: '421 later' }, { end: 'BUSY', detail: 'USER: 421 later' }],
    ['421 to RETR', { RETR: '421 shutting down' }, { end: 'BUSY', detail: 'RETR: 421 shutting down' }],
    ['530 as a banner', { '': '530 not you' }, { end: 'ACCESS_DENIED', detail: 'banner: 530 not you' }],
    ['a closed door', { '': (session) => session.control.end() }, { end: 'BUSY', detail: 'no banner' }],
    [
      'a slammed door',
      { '': (session) => session.control.resetAndDestroy() },
      { end: 'BUSY', detail: 'no banner' },
    ],
    [
      'a closed door after USER',
      { USER: (session) => session.control.end() },
      { end: 'PROTOCOL', detail: 'connection closed after USER' },
    ],
    [
      'EPSV and PASV both refused',
      { EPSV: '500 no', PASV: '502 no' },
      { end: 'PROTOCOL', detail: 'PASV: 502 no' },
    ],
    ['421 to EPSV', { EPSV: '421 later' }, { end: 'BUSY', detail: 'EPSV: 421 later' }],
    ['425 to EPSV', { EPSV: '425 no ports' }, { end: 'PROTOCOL', detail: 'EPSV: 425 no ports' }],
    ['200 to EPSV', { EPSV: '200 ok' }, { end: 'PROTOCOL', detail: 'EPSV: 200 ok' }],
    ['EPSV without a port', { EPSV: '229 ok' }, { end: 'PROTOCOL', detail: 'EPSV: no port in "229 ok"' }],
    [
      'EPSV with port 0',
      { EPSV: '229 (|||0|)' },
      { end: 'PROTOCOL', detail: 'EPSV: no port in "229 (|||0|)"' },
    ],
    [
      'EPSV with port 65536',
      { EPSV: '229 (|||65536|)' },
      { end: 'PROTOCOL', detail: 'EPSV: no port in "229 (|||65536|)"' },
    ],
    [
      'PASV without numbers',
      { EPSV: '500 no', PASV: '227 Entering' },
      { end: 'PROTOCOL', detail: 'PASV: no port in "227 Entering"' },
    ],
    [
      'PASV with a number above 255',
      { EPSV: '500 no', PASV: '227 (127,0,0,1,256,1)' },
      { end: 'PROTOCOL', detail: 'PASV: no port in "227 (127,0,0,1,256,1)"' },
    ],
    [
      'a data port where nobody listens',
      { EPSV: '229 (|||1|)' },
      { end: 'UNREACHABLE', detail: 'ECONNREFUSED' },
    ],
    [
      'another protocol',
      { '': 'SSH-2.0-OpenSSH_9.6' },
      { end: 'PROTOCOL', detail: 'not an FTP server: "SSH-2.0-OpenSSH_9.6"' },
    ],
    [
      'a line without end',
      { '': (session) => void session.control.write(`220 ${'x'.repeat(100_000)}`) },
      { end: 'PROTOCOL', detail: 'a line of more than 4096 characters' },
    ],
    [
      'more replies than commands',
      { RETR: (session) => session.say(Array(40).fill('150 again').join('\r\n')) },
      { end: 'PROTOCOL', detail: 'more replies than commands' },
    ],
  ];
  test.for(cases)('%s', async ([, script, expected]) => {
    const server = await serverWith(script);
    expect(await fetchText(phone(), requestFor(server.port))).toEqual({ text: '', ...expected });
  });

  test('PORT refused', async () => {
    const server = await serverWith({ PORT: '500 no' });
    expect(await fetchText(phone({ mode: 'port' }), requestFor(server.port))).toEqual({
      text: '',
      end: 'PROTOCOL',
      detail: 'PORT: 500 no',
    });
  });
});
