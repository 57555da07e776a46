import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeSipAnswer } from '../../src/network/sip-answer.ts';
import { readSipMessage, type SipMessage } from '../../src/network/sip-request.ts';
import { type SipText, sipText } from './sip-texts.ts';

const plain = {
  method: 'NOTIFY',
  uri: 'sip:2000@192.0.2.77',
  via: {
    transport: 'SIP/2.0/UDP',
    sentBy: '192.0.2.10:5060',
    host: '192.0.2.10',
    port: 5060,
    parameters: [{ name: 'branch', value: 'z9hG4bK776' }, { name: 'rport' }],
    rest: '',
  },
  otherVias: [],
  from: '<sip:proxy@example.com>;tag=1928',
  to: '<sip:2000@example.com>',
  callId: 'a84b4c76e66710@192.0.2.10',
  cseq: '102 NOTIFY',
  event: 'check-sync',
};

const compact = {
  ...{ Via: undefined, From: undefined, To: undefined, 'Call-ID': undefined, Event: undefined },
  ...{ v: 'SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK776;rport', f: plain.from, t: plain.to },
  ...{ i: plain.callId, o: 'check-sync', l: '0' },
};

const requests: [title: string, text: SipText, differs: Partial<typeof plain>][] = [
  ['as a proxy sends it', {}, {}],
  ['with compact names', { headers: compact }, {}],
  ['with LF for line ends', { lineEnd: '\n' }, {}],
  [
    'with names in any case, and blanks before the colon',
    { headers: { Event: undefined, 'EVENT  ': 'check-sync', Via: undefined, vIA: compact.v } },
    {},
  ],
  ['with parameters of the event', { headers: { Event: 'check-sync;reboot=false' } }, {}],
  ['without an event', { headers: { Event: undefined } }, { event: '' }],
  ['with a body', { body: 'a\r\n\r\nb', headers: { 'Content-Length': '6' } }, {}],
  ['with more behind the body', { body: 'reboot', headers: { 'Content-Length': '2' } }, {}],
  [
    'with a header field over three lines',
    { headers: { To: '<sip:2000@example.com>\r\n ;a=1\r\n\t ;b=2' } },
    { to: '<sip:2000@example.com> ;a=1 ;b=2' },
  ],
  [
    'with two Via fields',
    { headers: { Via: [compact.v, 'SIP/2.0/TCP p2.example.com'] } },
    { otherVias: ['SIP/2.0/TCP p2.example.com'] as never[] },
  ],
  [
    'with two Vias in one field',
    { headers: { Via: `${compact.v}, SIP/2.0/TCP p2.example.com` } },
    { via: { ...plain.via, rest: ', SIP/2.0/TCP p2.example.com' } },
  ],
  [
    'from an IPv6 address without a port',
    { headers: { Via: 'SIP / 2.0 / UDP [2001:db8::9];branch=z9hG4bK1' } },
    {
      via: {
        ...plain.via,
        ...{ sentBy: '[2001:db8::9]', host: '2001:db8::9' },
        parameters: [{ name: 'branch', value: 'z9hG4bK1' }],
      },
    },
  ],
];
test.for(requests)('reads a request %s', ([, text, differs]) => {
  expect(readSipMessage(sipText(text))).toEqual({ type: 'request', request: { ...plain, ...differs } });
});

test('reads a request behind empty lines', () => {
  const message = readSipMessage(Buffer.concat([Buffer.from('\r\n\r\n'), sipText()]));
  expect(message).toEqual({ type: 'request', request: plain });
});

const badRequests: [title: string, text: SipText, why: string][] = [
  [
    'a CSeq of another method',
    { headers: { CSeq: '1 OPTIONS' } },
    'CSeq names another method than the first line',
  ],
  ['a CSeq without a number', { headers: { CSeq: 'NOTIFY' } }, 'CSeq is no number and method'],
  ['a CSeq of 2^31', { headers: { CSeq: '2147483648 NOTIFY' } }, 'CSeq is no number and method'],
  [
    'a body that ends early',
    { body: 'ab', headers: { 'Content-Length': '3' } },
    'the body is shorter than it says',
  ],
  ['a length that is none', { headers: { 'Content-Length': '-1' } }, 'the body is shorter than it says'],
];
test.for(badRequests)('can only refuse %s', ([, text, why]) => {
  expect(readSipMessage(sipText(text))).toMatchObject({ type: 'bad-request', why });
});

const once = 'From, To, Call-ID and CSeq are not there once each';
const notSip: [title: string, bytes: Buffer, why: string][] = [
  ['nothing', Buffer.alloc(0), 'keep-alive'],
  ['noise', Buffer.from('hello'), 'no empty line after the header fields'],
  ['a head without end', sipText().subarray(0, -4), 'no empty line after the header fields'],
  [
    'another version',
    sipText({ startLine: 'NOTIFY sip:a SIP/3.0' }),
    'the first line is no request of SIP 2.0',
  ],
  ['HTTP', sipText({ startLine: 'GET / HTTP/1.1' }), 'the first line is no request of SIP 2.0'],
  [
    'a request without a URI',
    sipText({ startLine: 'NOTIFY  SIP/2.0' }),
    'the first line is no request of SIP 2.0',
  ],
  ['no Via', sipText({ headers: { Via: undefined } }), 'no Via that an answer could follow'],
  [
    'a Via without a host',
    sipText({ headers: { Via: 'SIP/2.0/UDP ;branch=1' } }),
    'no Via that an answer could follow',
  ],
  [
    'a Via with port 0',
    sipText({ headers: { Via: 'SIP/2.0/UDP h:0' } }),
    'no Via that an answer could follow',
  ],
  [
    'a Via with port 65536',
    sipText({ headers: { Via: 'SIP/2.0/UDP h:65536' } }),
    'no Via that an answer could follow',
  ],
  [
    'a Via of another protocol',
    sipText({ headers: { Via: 'HTTP/1.1 h' } }),
    'no Via that an answer could follow',
  ],
  ['no From', sipText({ headers: { From: undefined } }), once],
  ['an empty To', sipText({ headers: { To: '' } }), once],
  ['two Call-IDs', sipText({ headers: { 'Call-ID': ['a', 'b'] } }), once],
  ['a Call-ID in both its names', sipText({ headers: { i: 'b' } }), once],
  [
    'a line that is no header field',
    sipText({ headers: { 'no colon\r\nTo': 'x' } }),
    'line 8 is no header field',
  ],
  ['a lone CR in a header field', sipText({ headers: { Event: 'a\rb' } }), 'line 7 is no header field'],
  ['a NUL in a header field', sipText({ headers: { Event: 'a\0b' } }), 'line 7 is no header field'],
  ['a NUL in the first line', sipText({ startLine: 'NOTIFY sip:\0 SIP/2.0' }), 'line 1 is no header field'],
  [
    'more header fields than we read',
    sipText({ headers: { X: Array<string>(95).fill('1') } }),
    '101 header fields; at most 100 are read',
  ],
  [
    'more bytes than we read',
    sipText({ body: 'x'.repeat(16_384) }),
    `${sipText().length + 16_384} bytes; at most 16384 are read`,
  ],
];
test.for(notSip)('makes nothing of %s', ([, bytes, why]) => {
  const expected: SipMessage = why === 'keep-alive' ? { type: 'keep-alive' } : { type: 'malformed', why };
  expect(readSipMessage(bytes)).toEqual(expected);
});

test.for<[title: string, bytes: Buffer]>([
  ['two line ends', Buffer.from('\r\n\r\n')],
  ['a NUL', Buffer.alloc(1)],
])('takes %s for a keep-alive', ([, bytes]) => {
  expect(readSipMessage(bytes)).toEqual({ type: 'keep-alive' });
});

test('knows an answer from a request', () => {
  expect(readSipMessage(sipText({ startLine: 'SIP/2.0 200 OK' }))).toEqual({ type: 'response' });
  expect(readSipMessage(sipText({ startLine: 'SIP/2.0 200' }))).toEqual({ type: 'response' });
});

test('never throws, and never answers with a line that was not there', () => {
  const line = fc.oneof(
    fc.string(),
    fc.constantFrom(
      'Via: SIP/2.0/UDP h;rport',
      'v:SIP/2.0/UDP [::1]:9,x',
      'From: a',
      't: b;tag=1',
      'i:1',
      'CSeq: 1 A',
    ),
    fc.constantFrom(
      'A sip:x SIP/2.0',
      'Event: check-sync;x',
      ' folded',
      '\t',
      '',
      'l: 2',
      'o: y',
      '\rFrom: z',
    ),
  );
  const text = fc
    .array(line, { maxLength: 14 })
    .chain((lines) => fc.constantFrom('\r\n', '\n').map((end) => Buffer.from(lines.join(end), 'latin1')));
  const bytes = fc.oneof(
    text,
    fc.uint8Array({ maxLength: 400 }).map((array) => Buffer.from(array)),
    cutRequests(),
  );
  fc.assert(
    fc.property(bytes, (datagram) => {
      const message = readSipMessage(datagram);
      if (message.type !== 'request' && message.type !== 'bad-request') return;
      const answer = encodeSipAnswer(message.request, 400, { address: '127.0.0.1', port: 9 });
      const vias = 1 + message.request.otherVias.length;
      expect(answer.toString('latin1').split(/[\r\n]+/)).toHaveLength(1 + vias + 4 + 1 + 1);
    }),
    { numRuns: 2_000 },
  );
});

/** A good request with one byte changed, or cut short. */
function cutRequests(): fc.Arbitrary<Buffer> {
  const good = sipText({ headers: { Via: ['SIP/2.0/UDP h:1;rport;branch=z9hG4bK', 'SIP/2.0/UDP i'] } });
  return fc
    .record({ at: fc.nat(good.length - 1), byte: fc.nat(255), end: fc.nat(good.length) })
    .map(({ at, byte, end }) => {
      const bytes = Buffer.from(good);
      bytes[at] = byte;
      return end % 3 === 0 ? bytes.subarray(0, end) : bytes;
    });
}
