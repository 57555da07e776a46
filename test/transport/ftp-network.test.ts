import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { TransferLimits } from '../../src/transport/transport.ts';
import { fetchText, never, patient, phone, requestFor, serverWith, whole } from './ftp-phone.ts';
import { body, type Script, scriptedFtpServer } from './scripted-ftp-server.ts';

describe('what the network does', () => {
  test('a port where nobody listens is UNREACHABLE', async () => {
    const server = await scriptedFtpServer({});
    await server.close();
    expect(await fetchText(phone(), requestFor(server.port))).toEqual({
      text: '',
      end: 'UNREACHABLE',
      detail: 'ECONNREFUSED',
    });
  });

  test('an unknown host is UNREACHABLE', async () => {
    const request = requestFor(21, { host: 'no-such-host.invalid' });
    expect(await fetchText(phone(), request)).toMatchObject({ text: '', end: 'UNREACHABLE' });
  });

  test('an address this machine does not have is LOCAL_LIMIT', async () => {
    const server = await serverWith({});
    const request = requestFor(server.port, { localAddress: '192.0.2.1' });
    expect(await fetchText(phone(), request)).toEqual({
      text: '',
      end: 'LOCAL_LIMIT',
      detail: 'EADDRNOTAVAIL',
    });
  });

  test("an address of another family than the server's is LOCAL_LIMIT", async () => {
    const server = await serverWith({});
    const request = requestFor(server.port, { localAddress: '::1' });
    expect(await fetchText(phone(), request)).toEqual({ text: '', end: 'LOCAL_LIMIT', detail: 'EINVAL' });
  });

  const impatient: TransferLimits = { ...patient, idleMs: 50 };
  const banners: [title: string, script: Script][] = [
    ['waits with its banner', { '': () => {} }],
    ['closes without one', { '': (session) => session.control.end() }],
  ];
  test.for(banners)('a server that %s is told apart', async ([, script]) => {
    const server = await serverWith(script);
    const chunks = phone().fetch(requestFor(server.port, { limits: impatient }), never);
    await expect(chunks[Symbol.asyncIterator]().next()).rejects.toMatchObject({ connection: 'no-banner' });
  });

  const silences: [title: string, script: Script, detail: string][] = [
    ['banner', { '': () => {} }, 'no banner in 50 ms'],
    ['answer to USER', { USER: () => {} }, 'no answer to USER in 50 ms'],
    ['answer to PASS', { PASS: () => {} }, 'no answer to PASS in 50 ms'],
    ['answer to TYPE', { TYPE: () => {} }, 'no answer to TYPE in 50 ms'],
    ['answer to EPSV', { EPSV: () => {} }, 'no answer to EPSV in 50 ms'],
    ['answer to PASV', { EPSV: '500 no', PASV: () => {} }, 'no answer to PASV in 50 ms'],
    ['answer to RETR', { RETR: () => {} }, 'no answer to RETR in 50 ms'],
    ['data', { RETR: '150 here' }, 'no data in 50 ms'],
    [
      'final answer',
      {
        RETR: async (session) => {
          session.say('150 here');
          (await session.data()).end();
        },
      },
      'no final answer to RETR in 50 ms',
    ],
  ];
  test.for(silences)('a server that owes us its %s is a TIMEOUT', async ([, script, detail]) => {
    const server = await serverWith(script);
    const ending = await fetchText(phone(), requestFor(server.port, { limits: impatient }));
    expect(ending).toEqual({ text: '', end: 'TIMEOUT', detail });
  });

  test('a server that sends for ever ends at the total limit', async () => {
    const server = await serverWith({
      RETR: async (session) => {
        session.say('150 here');
        const data = await session.data();
        const drip = () => void data.write('x', (error) => error ?? setImmediate(drip));
        drip();
      },
    });
    const limits: TransferLimits = { ...patient, idleMs: 1_000, totalMs: 150 };
    expect(await fetchText(phone(), requestFor(server.port, { limits }))).toEqual({
      text: expect.stringMatching(/^x+$/),
      end: 'TIMEOUT',
      detail: 'not complete after 150 ms',
    });
  });

  test.for([
    ['as large as allowed is whole', body.length, whole],
    [
      'one byte larger is TOO_LARGE',
      body.length - 1,
      { text: '', end: 'TOO_LARGE', detail: 'more than 18 bytes' },
    ],
  ] as const)('a file %s', async ([, sizeBytes, expected]) => {
    const server = await serverWith({});
    const limits: TransferLimits = { ...patient, sizeBytes };
    expect(await fetchText(phone(), requestFor(server.port, { limits }))).toEqual(expected);
  });

  test('a phone without power asks for nothing', async () => {
    const server = await serverWith({});
    const ending = await fetchText(phone(), requestFor(server.port), AbortSignal.abort());
    expect(ending).toEqual({ text: '', end: 'ABORTED', detail: 'ended by the phone' });
    expect(server.sessionCount()).toBe(0);
  });

  const moments: [title: string, verb: string, line: string | undefined][] = [
    ['before the banner', '', undefined],
    ['before a reply', 'PASS', undefined],
    ['before the data', 'RETR', '150 here'],
  ];
  test.for(moments)('power cut %s ends it at once', async ([, verb, line]) => {
    const power = new AbortController();
    const server = await serverWith({
      [verb]: (session) => {
        if (line !== undefined) session.say(line);
        power.abort();
      },
    });
    const ending = await fetchText(phone(), requestFor(server.port), power.signal);
    expect(ending).toEqual({ text: '', end: 'ABORTED', detail: 'ended by the phone' });
  });

  test('a reader that walks away ends the session', async () => {
    const server = await serverWith({
      RETR: async (session) => {
        session.say('150 here');
        (await session.data()).write('half');
      },
    });
    for await (const _ of phone().fetch(requestFor(server.port), never)) break;
    await server.firstSessionOver;
    expect(server.commands.at(-1)).toBe('RETR 1230SIP.cfg');
  });
});

describe('addresses', () => {
  test('the phone comes from its own, on both connections', async () => {
    const server = await serverWith({});
    expect(await fetchText(phone(), requestFor(server.port, { localAddress: '127.0.0.77' }))).toEqual(whole);
    expect(server.peers).toEqual(['127.0.0.77', '127.0.0.77']);
  });

  test('a host name is looked up in the family of the phone', async () => {
    const server = await serverWith({});
    const request = requestFor(server.port, { host: 'localhost', localAddress: '127.0.0.78' });
    expect(await fetchText(phone(), request)).toEqual(whole);
    expect(server.peers).toEqual(['127.0.0.78', '127.0.0.78']);
  });

  test('may be IPv6', async () => {
    const server = await serverWith({}, '::1');
    expect(await fetchText(phone(), requestFor(server.port, { host: '::1', localAddress: '::1' }))).toEqual(
      whole,
    );
  });

  test('in mode port data comes from the server alone', async () => {
    const server = await serverWith({
      PORT: (session, argument) => {
        const [, high, low] = /(\d+),(\d+)$/.exec(argument) ?? [];
        const port = Number(high) * 256 + Number(low);
        const intruder = connect({ host: '127.0.0.1', port, localAddress: '127.0.0.66' }, () =>
          intruder.end('evil'),
        );
        intruder.once('close', () => {
          session.say('200 ok');
          dataPort = port;
        });
        intruder.on('error', () => {});
        intruder.resume();
      },
      RETR: (session) => {
        session.say('150 here');
        connect({ host: '127.0.0.1', port: dataPort, localAddress: '127.0.0.1' }).end(body);
        session.say('226 done');
      },
    });
    let dataPort = 0;
    expect(await fetchText(phone({ mode: 'port' }), requestFor(server.port))).toEqual(whole);
  });
});
