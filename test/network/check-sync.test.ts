import dgram, { type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { VirtualClock } from '../../src/clock/virtual-clock.ts';
import {
  listenForNotify,
  type NotifyAnswer,
  type NotifyListener,
  type NotifyRequest,
  type SipNote,
} from '../../src/network/check-sync.ts';
import { type SipText, sipText } from './sip-texts.ts';

let clock: VirtualClock;
let listener: NotifyListener;
let proxy: Socket;
let judged: NotifyRequest[];
let notes: SipNote[];
let answer: NotifyAnswer;

beforeEach(async () => {
  clock = new VirtualClock(0);
  judged = [];
  notes = [];
  answer = { status: 200 };
  listener = await listenForNotify({
    clock,
    listen: '127.0.0.1',
    port: 0,
    judge: (request) => {
      judged.push(request);
      return answer;
    },
    onNote: (note) => notes.push(note),
  });
  proxy = dgram.createSocket('udp4').bind(0, '127.0.0.1');
  await once(proxy, 'listening');
});
afterEach(async () => {
  proxy.close();
  await listener.close();
});

function send(bytes: Buffer): void {
  proxy.send(bytes, listener.port, '127.0.0.1');
}

async function nextAnswer(): Promise<string> {
  const [message]: Buffer[] = await once(proxy, 'message');
  return message?.toString('latin1') ?? '';
}

async function answerTo(text: SipText): Promise<string> {
  const answered = nextAnswer();
  send(sipText(text));
  return answered;
}

/** An OPTIONS behind it: whatever came before has been looked at when it is answered. */
async function settled(): Promise<void> {
  const branch = `z9hG4bK-settled-${settled.name}-${judged.length}-${notes.length}`;
  const answered = nextAnswer();
  send(sipText({ method: 'OPTIONS', headers: { Via: `SIP/2.0/UDP h;rport;branch=${branch}` } }));
  expect((await answered).split('\r\n')[0]).toBe('SIP/2.0 200 OK');
}

const via = (text: string): SipText => ({ headers: { Via: text } });

test('answers with what the request said, and where it came from', async () => {
  const { port } = proxy.address();
  expect(await answerTo({})).toBe(
    [
      'SIP/2.0 200 OK',
      `Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK776;rport=${port};received=127.0.0.1`,
      'From: <sip:proxy@example.com>;tag=1928',
      'To: <sip:2000@example.com>;tag=9a16fd087cf5d119',
      'Call-ID: a84b4c76e66710@192.0.2.10',
      'CSeq: 102 NOTIFY',
      'Content-Length: 0',
      '',
      '',
    ].join('\r\n'),
  );
  expect(judged).toEqual([
    { from: '127.0.0.1', port, method: 'NOTIFY', event: 'check-sync', callId: 'a84b4c76e66710@192.0.2.10' },
  ]);
  expect(notes).toEqual([]);
});

const statuses: [status: 200 | 400 | 481 | 489, firstLine: string, more: string[]][] = [
  [200, 'SIP/2.0 200 OK', []],
  [400, 'SIP/2.0 400 Bad Request', []],
  [481, 'SIP/2.0 481 Call/Transaction Does Not Exist', []],
  [489, 'SIP/2.0 489 Bad Event', ['Allow-Events: check-sync']],
];
test.for(statuses)('answers %i when the judge says so', async ([status, firstLine, more]) => {
  answer = { status };
  const lines = (await answerTo({})).split('\r\n');
  expect([lines[0], ...lines.slice(6)]).toEqual([firstLine, ...more, 'Content-Length: 0', '', '']);
});

test('keeps a tag that is there, and every Via', async () => {
  const { port } = proxy.address();
  const lines = (
    await answerTo({
      headers: { Via: ['SIP/2.0/UDP h;rport;received=192.0.2.66, a', 'b', 'c, d'], To: '<sip:a>;TAG=7' },
    })
  ).split('\r\n');
  expect(lines.slice(1, 6)).toEqual([
    `Via: SIP/2.0/UDP h;rport=${port};received=127.0.0.1, a`,
    'Via: b',
    'Via: c, d',
    'From: <sip:proxy@example.com>;tag=1928',
    'To: <sip:a>;TAG=7',
  ]);
});

test('answers at the port of the Via when rport was not asked for', async () => {
  const other = dgram.createSocket('udp4').bind(0, '127.0.0.1');
  await once(other, 'listening');
  const answered = once(other, 'message');
  send(sipText(via(`SIP/2.0/UDP 127.0.0.1:${other.address().port};branch=z9hG4bK1`)));
  const [message]: Buffer[] = await answered;
  expect(message?.toString('latin1').split('\r\n')[1]).toBe(
    `Via: SIP/2.0/UDP 127.0.0.1:${other.address().port};branch=z9hG4bK1`,
  );
  other.close();
});

test('judges a request that comes again once, for 32 s', async () => {
  const first = await answerTo({});
  answer = { status: 481 };
  await clock.runFor(31_999);
  expect(await answerTo({})).toBe(first);
  expect(judged).toHaveLength(1);
  await clock.runFor(1);
  expect((await answerTo({})).split('\r\n')[0]).toBe('SIP/2.0 481 Call/Transaction Does Not Exist');
  expect(judged).toHaveLength(2);
});

const others: [title: string, text: SipText, judgements: number][] = [
  ['the same once more', {}, 1],
  ['the same with another CSeq: the branch decides', { headers: { CSeq: '103 NOTIFY' } }, 1],
  ['another branch', via('SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK777;rport'), 2],
  ['the branch of another sender', via('SIP/2.0/UDP 192.0.2.11:5060;branch=z9hG4bK776;rport'), 2],
  ['no branch', via('SIP/2.0/UDP 192.0.2.10:5060;rport'), 2],
];
test.for(others)('takes for a request of its own or not: %s', async ([, text, judgements]) => {
  await answerTo({});
  await answerTo(text);
  expect(judged).toHaveLength(judgements);
});

test.for<[title: string, headers: Record<string, string>, judgements: number]>([
  ['the same', {}, 1],
  ['another CSeq', { CSeq: '2 NOTIFY' }, 2],
  ['another Call-ID', { 'Call-ID': 'x' }, 2],
])('without a branch it compares the rest: %s', async ([, headers, judgements]) => {
  const Via = 'SIP/2.0/UDP h;rport;branch=1';
  await answerTo({ headers: { Via } });
  await answerTo({ headers: { Via, ...headers } });
  expect(judged).toHaveLength(judgements);
});

test('drops without a word what the judge drops, and its repeats', async () => {
  answer = { status: 'drop' };
  send(sipText());
  answer = { status: 200 };
  send(sipText());
  await settled();
  expect(judged).toHaveLength(1);
});

test('knows OPTIONS', async () => {
  const lines = (await answerTo({ method: 'OPTIONS' })).split('\r\n');
  expect([lines[0], ...lines.slice(6)]).toEqual([
    'SIP/2.0 200 OK',
    ...['Allow: NOTIFY, OPTIONS', 'Content-Length: 0', '', ''],
  ]);
  expect(judged).toEqual([]);
});

test.for(['INVITE', 'MESSAGE', 'notify', 'X'])('does not know %s', async (method) => {
  const lines = (await answerTo({ method })).split('\r\n');
  expect([lines[0], ...lines.slice(6)]).toEqual([
    'SIP/2.0 405 Method Not Allowed',
    ...['Allow: NOTIFY, OPTIONS', 'Content-Length: 0', '', ''],
  ]);
  await answerTo({ method });
  expect({ judged, notes }).toEqual({
    judged: [],
    notes: [
      { type: 'refused', from: '127.0.0.1', method, status: 405, why: 'this phone takes NOTIFY and OPTIONS' },
    ],
  });
});

test('answers 400 to a request that contradicts itself', async () => {
  expect((await answerTo({ headers: { CSeq: '1 INVITE' } })).split('\r\n')[0]).toBe(
    'SIP/2.0 400 Bad Request',
  );
  expect({ judged, notes }).toEqual({
    judged: [],
    notes: [
      {
        ...{ type: 'refused', from: '127.0.0.1', method: 'NOTIFY', status: 400 },
        why: 'CSeq names another method than the first line',
      },
    ],
  });
});

test('tells what it cannot read, and is silent to it', async () => {
  send(Buffer.from('\x16\x03\x01'));
  send(sipText({ headers: { Via: undefined } }));
  await settled();
  expect(notes).toEqual([
    { type: 'malformed', from: '127.0.0.1', why: 'no empty line after the header fields' },
    { type: 'malformed', from: '127.0.0.1', why: 'no Via that an answer could follow' },
  ]);
});

test.for<[title: string, bytes: Buffer]>([
  ['an ACK', sipText({ method: 'ACK' })],
  ['an answer', sipText({ startLine: 'SIP/2.0 200 OK' })],
  ['a keep-alive', Buffer.from('\r\n\r\n')],
])('says nothing to %s', async ([, bytes]) => {
  send(bytes);
  await settled();
  expect({ judged, notes }).toEqual({ judged: [], notes: [] });
});

test('listens on IPv6 too, and tells an address of IPv4 as such', async () => {
  const froms: string[] = [];
  const options = {
    clock,
    port: 0,
    judge: ({ from }: NotifyRequest): NotifyAnswer => {
      froms.push(from);
      return { status: 200 };
    },
  };
  const both = await listenForNotify({ ...options, listen: '::' });
  const six = dgram.createSocket('udp6').bind(0, '::1');
  const text = sipText();
  proxy.send(text, both.port, '127.0.0.1');
  await once(proxy, 'message');
  six.send(text, both.port, '::1');
  await once(six, 'message');
  expect(froms).toEqual(['127.0.0.1', '::1']);
  six.close();
  await both.close();
});

test('says when the port cannot be had', async () => {
  const options = { clock, listen: '127.0.0.1', judge: () => answer };
  await expect(listenForNotify({ ...options, port: listener.port })).rejects.toThrow(/EADDRINUSE/);
});

test('sets no timer and holds no clock', async () => {
  await answerTo({});
  expect({ holds: clock.openHolds, timers: clock.pendingTimers }).toEqual({ holds: 0, timers: 0 });
});
