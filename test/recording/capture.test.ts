import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readCapture } from '../../src/recording/capture.ts';
import { readingOfCapture } from '../../src/recording/capture-reading.ts';
import {
  encodeAcknowledgement,
  encodeAgreement,
  encodeData,
  encodeError,
  encodeReadRequest,
} from '../../src/transport/tftp-packet.ts';
import { ipv4, PHONE, pcap, SERVER, tcp, udp } from './packets.ts';

const recorded = (name: string) => readFileSync(`fixtures/recorded/${name}.pcap`);
const demoFiles = [
  '1230SIP.cfg',
  'DeviceConfig.cfg',
  'dialplan.txt',
  'languages/French.lng',
  'languages/German.lng',
  'tones/Chime.wav',
  'images/Background.png',
  'banner.txt',
  'SIP001B4F123001.cfg',
];

test.for(['demo-tftp', 'demo-http', 'demo-ftp-pasv'])(
  '%s holds every file of the demo tree, whole',
  (name) => {
    const { files, notes, tries } = readCapture(recorded(name));
    expect([notes, tries]).toEqual([[], []]);
    const boot = files.slice(0, demoFiles.length);
    expect(boot.map(({ file }) => file.replace(/^\//, ''))).toEqual(demoFiles);
    for (const { file, body, result } of boot) {
      expect(result).toBe('ok');
      expect(body, file).toEqual(readFileSync(`fixtures/demo/${file}`));
    }
  },
);

test('record has of a capture what it has of a log', () => {
  const reading = readingOfCapture({ name: 'demo-http.pcap', bytes: recorded('demo-http') });
  const { sightings, ...rest } = reading;
  expect(rest).toEqual({
    file: 'demo-http.pcap',
    format: 'pcap',
    unit: 'packets',
    lines: expect.any(Number),
    unread: [],
    unreadCount: 0,
    passedOver: expect.any(Number),
    assumed: [],
  });
  expect(sightings[3]).toEqual({
    atMs: expect.any(Number),
    address: '192.0.2.30',
    protocol: 'http',
    file: '/languages/French.lng',
    result: 'ok',
    bytes: 628,
    ms: expect.any(Number),
    host: '192.0.2.1',
    userAgent: 'AVAYA/SIP12x0/04.04.09.00',
    source: { file: 'demo-http.pcap', line: expect.any(Number) },
  });
  expect(sightings).toHaveLength(11);
});

/** Datagrams, one a second: `>` from the phone, `<` from the server's port 50000, `!` from another of its. */
function tftp(...steps: [direction: '>' | '<' | '!', payload: Uint8Array][]) {
  const packets = steps.map(([direction, payload], index) => {
    const bytes = Buffer.from(payload);
    const asks = bytes.readUInt16BE(0) === 1;
    const out = ipv4(17, udp(40_000, asks ? 69 : 50_000, bytes));
    const back = { from: SERVER, to: PHONE };
    const inbound = ipv4(17, udp(direction === '<' ? 50_000 : 50_001, 40_000, bytes), back);
    return { atMs: index * 1_000, bytes: direction === '>' ? out : inbound };
  });
  return readCapture(pcap(packets)).tftp;
}

const read = Buffer.from(encodeReadRequest('a.cfg', new Map()));
const readWith = Buffer.from(encodeReadRequest('a.cfg', new Map([['blksize', '1024']])));
const full = Buffer.alloc(512, 'x');
const short = Buffer.from('end');

const transfers: [title: string, steps: Parameters<typeof tftp>, expected: object][] = [
  [
    'two blocks',
    [
      ['>', read],
      ['<', encodeData(1, full)],
      ['>', encodeAcknowledgement(1)],
      ['<', encodeData(2, short)],
    ],
    { result: 'ok', bytes: 515, attempts: 1, body: Buffer.concat([full, short]), ms: 3_000 },
  ],
  [
    'an empty last block',
    [
      ['>', read],
      ['<', encodeData(1, full)],
      ['>', encodeAcknowledgement(1)],
      ['<', encodeData(2, Buffer.alloc(0))],
    ],
    { result: 'ok', bytes: 512, body: full },
  ],
  [
    'a block that came twice counts once',
    [
      ['>', read],
      ['<', encodeData(1, full)],
      ['<', encodeData(1, full)],
      ['<', encodeData(2, short)],
    ],
    { result: 'ok', bytes: 515 },
  ],
  [
    'an option that the server takes',
    [
      ['>', readWith],
      ['<', encodeAgreement(new Map([['blksize', '1024']]))],
      ['<', encodeData(1, Buffer.alloc(600))],
    ],
    {
      result: 'ok',
      bytes: 600,
      options: new Map([['blksize', '1024']]),
      agreed: new Map([['blksize', '1024']]),
    },
  ],
  [
    'a block from another port is none of it',
    [
      ['>', read],
      ['<', encodeData(1, full)],
      ['!', encodeData(2, short)],
    ],
    { result: 'unknown', bytes: 512 },
  ],
  [
    'a file that is not there',
    [
      ['>', read],
      ['<', encodeError(1, 'no')],
    ],
    { result: 'NOT_FOUND', bytes: 0 },
  ],
  [
    'one that is forbidden',
    [
      ['>', read],
      ['<', encodeError(2, 'no')],
    ],
    { result: 'ACCESS_DENIED' },
  ],
  [
    'a server that gives up within the file',
    [
      ['>', read],
      ['<', encodeData(1, full)],
      ['<', encodeError(0, 'bye')],
    ],
    { result: 'TRUNCATED', bytes: 512 },
  ],
  [
    'a phone that gives up',
    [
      ['>', read],
      ['<', encodeData(1, full)],
      ['>', encodeError(0, 'enough')],
    ],
    { result: 'ABORTED' },
  ],
  [
    'nobody answers three requests',
    [
      ['>', read],
      ['>', read],
      ['>', read],
    ],
    { result: 'TIMEOUT', attempts: 3, pausesMs: [1_000, 1_000] },
  ],
  [
    'an acknowledgement that is sent again',
    [
      ['>', read],
      ['<', encodeData(1, full)],
      ['>', encodeAcknowledgement(1)],
      ['>', encodeAcknowledgement(1)],
      ['>', encodeAcknowledgement(1)],
    ],
    { result: 'unknown', silencesMs: [[1_000, 1_000]] },
  ],
  [
    'an acknowledgement of a block that came again is no silence',
    [
      ['>', read],
      ['<', encodeData(1, full)],
      ['>', encodeAcknowledgement(1)],
      ['<', encodeData(1, full)],
      ['>', encodeAcknowledgement(1)],
    ],
    { silencesMs: [] },
  ],
];

test.for(transfers)('TFTP: %s', ([, steps, expected]) => {
  const [only, ...others] = tftp(...steps);
  expect(others).toEqual([]);
  expect(only).toMatchObject(expected);
});

/** What each side of one connection said, from port 41000 to `port`: `>` the phone, `<` the server. */
function dialogue(port: number, ...lines: [direction: '>' | '<', text: string][]) {
  const next = { '>': 101, '<': 701 };
  const packets = lines.map(([direction, text], index) => {
    const sequence = next[direction];
    next[direction] += text.length;
    const out = direction === '>';
    const segment = tcp(out ? 41_000 : port, out ? port : 41_000, text, { sequence });
    const ends = out ? {} : { from: SERVER, to: PHONE };
    return { atMs: index * 1_000, bytes: ipv4(6, segment, ends) };
  });
  const opening = { bytes: ipv4(6, tcp(41_000, port, '', { flags: 'S', sequence: 100 })) };
  const answer = ipv4(6, tcp(port, 41_000, '', { flags: 'SA', sequence: 700 }), { from: SERVER, to: PHONE });
  return readCapture(pcap([opening, { bytes: answer }, ...packets]));
}

const get = (path: string, ...headers: string[]) =>
  `GET ${path} HTTP/1.1\r\n${['Host: s', ...headers].map((header) => `${header}\r\n`).join('')}\r\n`;
const ok = (body: string) => `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

const exchanges: [title: string, lines: ['>' | '<', string][], expected: object[]][] = [
  [
    'a file',
    [
      ['>', get('/a')],
      ['<', ok('body')],
    ],
    [{ file: '/a', result: 'ok', body: Buffer.from('body') }],
  ],
  [
    'two on one connection, pipelined',
    [
      ['>', get('/a') + get('/b')],
      ['<', ok('1') + ok('22')],
    ],
    [
      { file: '/a', bytes: 1 },
      { file: '/b', bytes: 2 },
    ],
  ],
  [
    'a head that comes in pieces',
    [
      ['>', get('/a').slice(0, 9)],
      ['>', get('/a').slice(9)],
      ['<', ok('1')],
    ],
    [{ file: '/a', result: 'ok' }],
  ],
  [
    'chunks',
    [
      ['>', get('/a')],
      ['<', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x\r\nde\r\n0\r\n\r\n'],
    ],
    [{ result: 'ok', body: Buffer.from('abcde') }],
  ],
  [
    'a body that ends with the connection',
    [
      ['>', get('/a')],
      ['<', 'HTTP/1.0 200 OK\r\n\r\nall of it'],
    ],
    [{ result: 'ok', body: Buffer.from('all of it') }],
  ],
  [
    'a body that was cut',
    [
      ['>', get('/a')],
      ['<', ok('long body').slice(0, -4)],
    ],
    [{ result: 'unknown', bytes: 5 }],
  ],
  ['no answer yet', [['>', get('/a')]], [{ result: 'unknown', bytes: 0 }]],
  [
    'words before the answer',
    [
      ['>', get('/a')],
      ['<', `HTTP/1.1 100 Continue\r\n\r\n${ok('1')}`],
    ],
    [{ result: 'ok', bytes: 1 }],
  ],
  [
    'a file that is not there',
    [
      ['>', get('/a')],
      ['<', 'HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n'],
    ],
    [{ result: 'NOT_FOUND', bytes: 0 }],
  ],
  [
    'a busy server, asked again',
    [
      ['>', get('/a')],
      ['<', 'HTTP/1.1 503 Busy\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n'],
      ['>', get('/a')],
      ['<', ok('1')],
    ],
    [
      { result: 'BUSY', status: 503 },
      { result: 'ok', atMs: 2_000 },
    ],
  ],
  [
    'headers in the order and the case they were sent in, and no password',
    [['>', get('/%41.cfg?x', 'user-agent: AVAYA/SIP12x0\xff', 'Authorization: Basic cGhvbmU6c2VjcmV0')]],
    [
      {
        file: '/A.cfg',
        headerNames: ['Host', 'user-agent', 'Authorization'],
        userAgent: 'AVAYA/SIP12x0\xff',
        user: 'phone',
      },
    ],
  ],
  ['a percent sign that is none', [['>', get('/100%.cfg')]], [{ file: '/100%.cfg' }]],
];

test.for(exchanges)('HTTP: %s', ([, lines, expected]) => {
  expect(dialogue(8080, ...lines).files).toMatchObject(expected);
});

test('what is no HTTP and no FTP is neither', () => {
  const { files, otherConnections } = dialogue(443, ['>', '\x16\x03\x01\x02'], ['<', '\x16\x03\x03']);
  expect([files, otherConnections]).toEqual([[], 1]);
});

test('FTP: commands in order, replies of several lines, and no password', () => {
  const { ftp } = dialogue(
    2121,
    ['<', '220-Hello\r\n220-there\r\n220 ready\r\n'],
    ['>', 'USER phone\r\n'],
    ['<', '331 and?\r\n'],
    ['>', 'PASS secret\r\n'],
    ['<', '230 in\r\n'],
    ['>', 'size a.cfg\r\n'],
    ['<', '213 12\r\n'],
    ['>', 'RETR a.cfg\r\n'],
    ['<', '550 no\r\n'],
  );
  expect(ftp).toMatchObject([
    {
      password: 'given',
      commands: [
        { verb: 'USER', argument: 'phone', reply: 331 },
        { verb: 'PASS', argument: '', reply: 230 },
        { verb: 'SIZE', argument: 'a.cfg', reply: 213 },
        { verb: 'RETR', argument: 'a.cfg', reply: 550 },
      ],
      files: [{ file: 'a.cfg', result: 'NOT_FOUND', user: 'phone', bytes: 0 }],
    },
  ]);
  expect(JSON.stringify(ftp)).not.toContain('secret');
});
