import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  authorizationFor,
  type Challenge,
  chooseChallenge,
  cnonceFor,
} from '../../src/transport/http-authentication.ts';
import type { FileRequest } from '../../src/transport/transport.ts';
import { phone, requestFor, serverWith } from './http-phone.ts';
import { answer, type Script } from './raw-http-server.ts';

const digest = {
  scheme: 'digest',
  realm: 'r',
  nonce: 'n',
  hash: 'md5',
  session: false,
  qop: 'none',
} as const satisfies Challenge;

describe('the challenge that is answered', () => {
  const cases: [title: string, headers: string | string[] | undefined, expected: Challenge | undefined][] = [
    ['none without the header', undefined, undefined],
    ['none of a kind the phone does not know', 'Negotiate TlRMTVNTUAAB==, Bearer realm="x"', undefined],
    ['Basic', 'Basic realm="provisioning"', { scheme: 'basic' }],
    ['BASIC in capitals, without a realm', 'BASIC', { scheme: 'basic' }],
    ['Digest of RFC 2069, without qop and algorithm', 'Digest realm="r", nonce="n"', digest],
    ['Digest rather than Basic', ['Basic realm="a, Digest b"', 'Digest realm="r", nonce="n"'], digest],
    ['Digest rather than Basic in one header', 'Basic realm="a", Digest realm="r", nonce="n"', digest],
    [
      'the first Digest the phone knows',
      [
        'Digest realm="r", nonce="n", algorithm=SHA-512-256, qop="auth"',
        'Digest realm="r", nonce="n", algorithm=SHA-256, qop="auth-int, auth", opaque="o"',
        'Digest realm="r", nonce="n", algorithm=MD5, qop="auth"',
      ],
      { ...digest, algorithm: 'SHA-256', hash: 'sha256', qop: 'auth', opaque: 'o' },
    ],
    [
      'Digest bound to a session',
      'Digest realm="r",nonce="n",algorithm=MD5-sess,qop=auth',
      { ...digest, algorithm: 'MD5-sess', session: true, qop: 'auth' },
    ],
    [
      'Digest with blanks around everything and quotes in its realm',
      'Digest   realm = "a \\"b\\" \\\\ c" ,, nonce ="n"',
      { ...digest, realm: 'a "b" \\ c' },
    ],
    ['not Digest that wants the body covered', 'Digest realm="r", nonce="n", qop="auth-int"', undefined],
    ['not Digest without a nonce', 'Digest realm="r"', undefined],
    [
      'Basic beside a Digest that cannot be answered',
      'Digest realm="r", Basic realm="b"',
      { scheme: 'basic' },
    ],
    ['none in rubbish', '="=", "Digest nonce', undefined],
  ];
  test.for(cases)('%s', ([, headers, expected]) => {
    expect(chooseChallenge(headers)).toEqual(expected);
  });
});

describe('the answer', () => {
  // RFC 7616, 3.9.1.
  const example = {
    user: 'Mufasa',
    password: 'Circle of Life',
    target: '/dir/index.html',
    count: 1,
    cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
  };
  const offered = (algorithm: string) =>
    `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"`;
  const expected = (algorithm: string, response: string) =>
    `Digest username="Mufasa", realm="http-auth@example.org", nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", uri="/dir/index.html", response="${response}", algorithm=${algorithm}, opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS", qop=auth, nc=00000001, cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"`;

  test.for([
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ] as const)('to %s is that of RFC 7616, 3.9.1', ([algorithm, response]) => {
    expect(authorizationFor(understood(offered(algorithm)), example)).toBe(expected(algorithm, response));
  });

  test('to the example of RFC 2617, 3.5, is the one printed there', () => {
    const challenge = understood(
      'Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"',
    );
    const answered = { ...example, password: 'Circle Of Life', cnonce: '0a4f113b' };
    expect(authorizationFor(challenge, answered)).toContain('response="6629fae49393a05397450978507c4ef1"');
  });

  test('to a server of RFC 2069 has no qop, count or cnonce', () => {
    const challenge = understood('Digest realm="r", nonce="n"');
    const response = md5(`${md5('Mufasa:r:Circle of Life')}:n:${md5('GET:/dir/index.html')}`);
    expect(authorizationFor(challenge, example)).toBe(
      `Digest username="Mufasa", realm="r", nonce="n", uri="/dir/index.html", response="${response}"`,
    );
  });

  test('counts on while a nonce is used, with another cnonce each time', () => {
    const challenge = understood('Digest realm="r", nonce="n", qop="auth"');
    const cnonces = [1, 2].map((count) => cnonceFor(challenge, count));
    expect(new Set(cnonces).size).toBe(2);
    const second = authorizationFor(challenge, { ...example, count: 31, cnonce: cnonces[1] ?? '' });
    expect(second).toContain(`qop=auth, nc=0000001f, cnonce="${cnonces[1]}"`);
  });

  test('to Basic is UTF-8, colons of the password included', () => {
    const answered = { ...example, user: 'müller', password: 'a:b' };
    expect(authorizationFor({ scheme: 'basic' }, answered)).toBe('Basic bcO8bGxlcjphOmI=');
  });

  test('quotes what a user name must not end, and sends it as UTF-8', () => {
    const answered = { ...example, user: 'mü"\\' };
    const header = authorizationFor(understood('Digest realm="r", nonce="n"'), answered);
    expect(Buffer.from(header, 'latin1').toString()).toContain('username="mü\\"\\\\", realm="r"');
  });
});

/** Sends the file to those who know the password, and a new nonce to all others. */
const digestServer =
  (algorithm: 'MD5' | 'SHA-256'): Script =>
  (socket, n, head) => {
    const hash = (text: string) => createHash(algorithm.replace('-', '')).update(text).digest('hex');
    const given = Object.fromEntries(
      [
        ...(/^Authorization: Digest (.*)$/m.exec(head)?.[1] ?? '').matchAll(/(\w+)=(?:"([^"]*)"|([^\s,]+))/g),
      ].map(([, name, quoted, plain]) => [name, quoted ?? plain]),
    );
    const [, target] = head.split(' ');
    const { username, nonce, nc, cnonce, response } = given;
    const secret = hash('phones:files:secret');
    const right = hash(`${secret}:${nonce}:${nc}:${cnonce}:auth:${hash(`GET:${target}`)}`);
    const knows =
      username === 'phones' && nonce === `nonce ${n - 1}` && nc === '00000001' && response === right;
    const challenge = `WWW-Authenticate: Digest realm="files", qop="auth", algorithm=${algorithm}, nonce="nonce ${n}"`;
    socket.write(knows ? answer(200, 'abc') : answer(401, 'no', [challenge]));
  };

const basicServer: Script = (socket, _n, head) => {
  const knows = head.includes(
    `\r\nAuthorization: Basic ${Buffer.from('phones:secret').toString('base64')}\r\n`,
  );
  socket.write(knows ? answer(200, 'abc') : answer(401, 'no', ['WWW-Authenticate: Basic realm="files"']));
};

describe('a server that answers 401', () => {
  const phones = { user: 'phones', password: 'secret' };
  const challenged = { type: 'challenged' };
  const whole = { text: 'abc', end: 'whole', events: [challenged, { type: 'opened', sizeBytes: 3 }] };
  const denied = (detail: string, ...events: object[]) => ({
    text: '',
    end: 'ACCESS_DENIED',
    detail,
    events,
  });
  const cases: [
    title: string,
    script: Script,
    more: Partial<FileRequest>,
    expected: object,
    requests: number,
  ][] = [
    ['gets the password by Basic', basicServer, phones, whole, 2],
    ['gets a proof of it by Digest with MD5', digestServer('MD5'), phones, whole, 2],
    ['gets a proof of it by Digest with SHA-256', digestServer('SHA-256'), phones, whole, 2],
    [
      'keeps the file from a wrong password',
      digestServer('MD5'),
      { ...phones, password: 'x' },
      denied('HTTP 401', challenged),
      2,
    ],
    [
      'keeps the file from a user without a password',
      basicServer,
      { user: 'phones' },
      denied('HTTP 401', challenged),
      2,
    ],
    [
      'is not asked again by a phone without a user',
      basicServer,
      {},
      denied('HTTP 401, and no user is given'),
      1,
    ],
    [
      'is not asked again when its challenge is not understood',
      (socket) => socket.write(answer(401, '', ['WWW-Authenticate: Negotiate'])),
      phones,
      denied('HTTP 401 without a Basic or Digest challenge'),
      1,
    ],
  ];
  test.for(cases)('%s', async ([, script, more, expected, requests]) => {
    const server = await serverWith(script);
    expect(await phone().fetch(server.port, more)).toEqual(expected);
    expect({ requests: server.heads.length, connections: server.connections.length }).toEqual({
      requests,
      connections: 1,
    });
  });

  test('hears Authorization as the last of the headers', async () => {
    const server = await serverWith(basicServer);
    await phone().fetch(server.port, phones);
    expect(server.heads).toEqual([
      `GET /1230SIP.cfg HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nUser-Agent: AVAYA/SIP12x0/04.01.13.00\r\nConnection: keep-alive\r\n\r\n`,
      `GET /1230SIP.cfg HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nUser-Agent: AVAYA/SIP12x0/04.01.13.00\r\nConnection: keep-alive\r\nAuthorization: Basic cGhvbmVzOnNlY3JldA==\r\n\r\n`,
    ]);
  });

  test('and then 503 hears the credentials again, with the nonce counted on', async () => {
    const challenge = 'WWW-Authenticate: Digest realm="files", qop="auth", nonce="n"';
    const server = await serverWith((socket, n) => {
      socket.write(n === 1 ? answer(401, '', [challenge]) : n === 2 ? answer(503) : answer(200, 'abc'));
    });
    expect(await phone().fetch(server.port, phones)).toMatchObject({ text: 'abc', end: 'whole' });
    expect(server.heads.map((head) => /nc=(\w+)/.exec(head)?.[1])).toEqual([
      undefined,
      '00000001',
      '00000002',
    ]);
  });

  test('with the same nonce file after file hears it counted on', async () => {
    const challenge = 'WWW-Authenticate: Digest realm="files", qop="auth", nonce="n"';
    const server = await serverWith((socket, _n, head) => {
      socket.write(head.includes('Authorization') ? answer(200, 'abc') : answer(401, '', [challenge]));
    });
    const { fetch, transport } = phone();
    await fetch(server.port, phones);
    await fetch(server.port, { ...phones, path: 'next.cfg' });
    transport.close();
    await fetch(server.port, { ...phones, path: 'last.cfg' });
    const said = server.heads.flatMap((head) => /nc=\w+, cnonce="\w+"/.exec(head) ?? []);
    expect(said).toEqual([
      expect.stringMatching(/^nc=00000001, /),
      expect.stringMatching(/^nc=00000002, /),
      expect.stringMatching(/^nc=00000003, /),
    ]);
    expect(new Set(said.map((words) => words.split(', ')[1])).size).toBe(3);
  });

  test('leaves no password in what is thrown', async () => {
    const server = await serverWith(basicServer);
    const { transport } = phone();
    const request = requestFor(server.port, { user: 'phones', password: 'hunter2' });
    const chunks = transport.fetch(request, new AbortController().signal)[Symbol.asyncIterator]();
    const error: unknown = await chunks.next().catch((thrown: unknown) => thrown);
    expect(String(error)).toBe(`TransportError: http://127.0.0.1:${server.port}/1230SIP.cfg: HTTP 401`);
  });
});

function understood(header: string): Challenge {
  const challenge = chooseChallenge(header);
  if (challenge === undefined) throw new Error('The challenge was not understood');
  return challenge;
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
