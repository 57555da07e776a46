import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeSelfSignedCertificate } from '../../src/device/sign.ts';
import { AnswerFault, type AnswerHeaders, AnswerReader } from '../../src/transport/http-answer.ts';
import type { TlsSettings } from '../../src/transport/transport.ts';
import { phone, serverWith } from './http-phone.ts';
import { oddAnswers } from './odd-answers.ts';
import type { Script } from './raw-http-server.ts';

/** What is made of the pieces of an answer. */
function read(pieces: readonly Buffer[]) {
  let status = 0;
  let headers: AnswerHeaders = {};
  let body = '';
  const reader = new AnswerReader({
    head: (...head) => {
      [status, headers] = head;
    },
    data: (bytes) => {
      body += Buffer.from(bytes).toString('latin1');
    },
  });
  let end = 'more';
  for (const piece of pieces) {
    const progress = reader.take(piece);
    if (progress instanceof AnswerFault) end = progress.message.replace('not an HTTP answer: ', '');
    else if (progress !== 'more') end = progress === 'end' ? 'whole' : progress;
    if (progress !== 'more') break;
  }
  if (reader.untilClose) end = 'until close';
  return { status, headers, body, end, persists: reader.persists };
}

const bytesOf = (text: string) => Buffer.from(text, 'latin1');

describe('an answer in one piece:', () => {
  test.for(oddAnswers)('%s', ([, answer, status, body, end]) => {
    expect(read([bytesOf(answer)])).toMatchObject({ status, body, end });
  });
});

test('an answer in any pieces is the same answer', () => {
  const cut = fc.tuple(fc.constantFrom(...oddAnswers), fc.array(fc.nat(200)));
  fc.assert(
    fc.property(cut, ([[, answer, status, body, end], at]) => {
      const bytes = bytesOf(answer);
      const ends = [...at.filter((n) => n < bytes.length), bytes.length].sort((a, b) => a - b);
      const pieces = ends.map((to, index) => bytes.subarray(ends[index - 1] ?? 0, to));
      // What is over an answer is so only if it comes with its last byte.
      const expected = end === 'over' ? expect.stringMatching(/^(whole|over)$/) : end;
      expect(read(pieces)).toMatchObject({ status, body, end: expected });
    }),
    { numRuns: 500 },
  );
});

const headers: [title: string, lines: string, expected: AnswerHeaders][] = [
  ['are in lower case, without blanks around them', 'ETag: \t"a b" \t\r\n', { etag: '"a b"' }],
  ['keep a last byte that is no blank of ASCII', 'A: \xc3\xa0\r\n', { a: '\xc3\xa0' }],
  [
    'may have the names that objects have',
    'constructor: a\r\nConstructor: b\r\n',
    { constructor: ['a', 'b'] },
  ],
  ['may be empty', 'A:\r\n', { a: '' }],
  ['of one name are a list, in their order', 'A: 1\r\na: 2\r\nA: 3\r\n', { a: ['1', '2', '3'] }],
  ['of an early hint are not those of the answer', '\r\nHTTP/1.1 200 OK\r\nB: 2\r\n', { b: '2' }],
];
test.for(headers)('headers %s', ([title, lines, expected]) => {
  const status = title.includes('hint') ? '103 Early Hints\r\nA: 1' : '200 OK';
  expect(read([bytesOf(`HTTP/1.1 ${status}\r\n${lines}\r\n`)]).headers).toEqual(expected);
});

const persistence: [head: string, persists: boolean][] = [
  ['HTTP/1.1 200 OK\r\n', true],
  ['HTTP/1.1 200 OK\r\nConnection: close\r\n', false],
  ['HTTP/1.1 200 OK\r\nConnection: X, Close\r\n', false],
  ['HTTP/1.0 200 OK\r\n', false],
  ['HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\n', true],
];
test.for(persistence)('a connection after %j is kept: %j', ([head, persists]) => {
  expect(read([bytesOf(`${head}Content-Length: 0\r\n\r\n`)])).toMatchObject({ end: 'whole', persists });
});

describe('a head of more than 16 KiB is not waited for:', () => {
  const long = 'x'.repeat(16 * 1024);
  const cases: [title: string, answer: string][] = [
    ['one line', `HTTP/1.1 200 ${long}`],
    ['one header', `HTTP/1.1 200 OK\r\nA: ${long}`],
    ['many headers', `HTTP/1.1 200 OK\r\n${'A: b\r\n'.repeat(3_000)}`],
    ['a size', `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;${long}`],
    ['trailers', `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n${'A: b\r\n'.repeat(3_000)}`],
  ];
  test.for(cases)('%s', ([, answer]) => {
    expect(read([bytesOf(answer)]).end).toBe('the head of the answer is too long');
  });
});

test('plain HTTP makes of every answer what undici makes of it over TLS', async () => {
  const { certificate, key } = makeSelfSignedCertificate({
    commonName: 'localhost',
    addresses: ['127.0.0.1'],
    notBefore: Date.now(),
    days: 1,
  });
  const script: Script = (socket, _n, head) => {
    const [, number] = /^GET \/(\d+) /.exec(head) ?? [];
    socket.end(bytesOf(oddAnswers[Number(number)]?.[1] ?? ''));
  };
  const plain = await serverWith(script);
  const secure = await serverWith(script, { tls: { cert: certificate, key } });
  const { fetch } = phone({ connection: 'file' });
  const tls: TlsSettings = { ca: [certificate], verify: 'verify' };
  const made = async (protocol: 'http' | 'https', port: number) => {
    const all: [title: string, end: string, text: string][] = [];
    for (const [number, [title]] of oddAnswers.entries()) {
      const { end, text } = await fetch(port, { protocol, path: `${number}`, tls });
      all.push([title, end, text]);
    }
    return all;
  };
  const overHttp = await made('http', plain.port);
  expect(overHttp).toEqual(await made('https', secure.port));
  expect(new Set(overHttp.map(([, end]) => end))).toEqual(new Set(['whole', 'PROTOCOL', 'TRUNCATED']));
});
