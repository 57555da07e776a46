import { describe, expect, test } from 'vitest';
import type { Protocol } from '../../src/provisioning/words.ts';
import type { FaultRule } from '../../src/server/faults.schema.ts';
import type { FileRequest } from '../../src/transport/transport.ts';
import { type Ended, FILE_BYTES, fetchUnder, RTT_MS, storyOf } from './fault-story.ts';

const all = { match: '**' } as const;
const limits = { connectMs: 10_000, idleMs: 30_000, totalMs: 120_000, sizeBytes: 1 << 20 };

const requestUnanswered = [1, 2, 4, 8, 8].map((seconds) => `request: no answer for ${seconds} s`);
const blockUnanswered = [1, 2, 4, 8, 8].map((seconds) => `acknowledgement: no answer for ${seconds} s`);
const busy = (times: number) => Array.from({ length: times }, () => 'request: HTTP 503');

/** A file of 5,000 bytes is there after ten blocks over TFTP, eight round trips over FTP, two over HTTP. */
const wholeMs: Readonly<Record<Protocol, number>> = {
  tftp: 10 * RTT_MS,
  ftp: 8 * RTT_MS,
  http: 2 * RTT_MS,
  https: 3 * RTT_MS,
};

test.for(Object.entries(wholeMs) as [Protocol, number][])('%s without a fault', async ([protocol, ms]) => {
  expect(await storyOf([], [{ protocol }])).toEqual([{ end: 'whole', ms, bytes: FILE_BYTES }]);
});

type Case = [
  title: string,
  rule: FaultRule,
  protocol: Protocol,
  ended: Ended,
  request?: Partial<FileRequest>,
];

describe('missing', () => {
  const rule: FaultRule = { ...all, fault: 'missing' };
  const cases: Case[] = [
    ['TFTP: ERROR 1 for an answer', rule, 'tftp', { end: 'NOT_FOUND', ms: 10, bytes: 0 }],
    ['FTP: 550 to RETR', rule, 'ftp', { end: 'NOT_FOUND', ms: 80, bytes: 0 }],
    ['HTTP: 404', rule, 'http', { end: 'NOT_FOUND', ms: 20, bytes: 0 }],
    ['HTTPS: 404', rule, 'https', { end: 'NOT_FOUND', ms: 30, bytes: 0 }],
  ];
  check(cases);
});

describe('status', () => {
  const of = (status: number, more: { ftp?: number; tftp?: number } = {}): FaultRule => ({
    ...all,
    fault: 'status',
    status,
    ...more,
  });
  const cases: Case[] = [
    ['404 by HTTP', of(404), 'http', { end: 'NOT_FOUND', ms: 20, bytes: 0 }],
    ['410 by HTTP', of(410), 'http', { end: 'NOT_FOUND', ms: 20, bytes: 0 }],
    ['404 by FTP is 550', of(404), 'ftp', { end: 'NOT_FOUND', ms: 80, bytes: 0 }],
    ['404 by TFTP is ERROR 1', of(404), 'tftp', { end: 'NOT_FOUND', ms: 10, bytes: 0 }],
    ['401 to nobody', of(401), 'http', { end: 'ACCESS_DENIED', ms: 20, bytes: 0 }],
    [
      '401 to a user is asked once more',
      of(401),
      'http',
      { end: 'ACCESS_DENIED', ms: 30, bytes: 0 },
      { user: 'joe', password: 'secret' },
    ],
    [
      '401 once, as a server that wants a password says it, is no failure',
      { ...all, fault: 'status', status: 401, times: 1 },
      'http',
      { end: 'whole', ms: 30, bytes: FILE_BYTES },
      { user: 'joe', password: 'secret' },
    ],
    ['403 by HTTP', of(403), 'http', { end: 'ACCESS_DENIED', ms: 20, bytes: 0 }],
    ['401 by FTP is 530', of(401), 'ftp', { end: 'ACCESS_DENIED', ms: 80, bytes: 0 }],
    ['403 by TFTP is ERROR 2', of(403), 'tftp', { end: 'ACCESS_DENIED', ms: 10, bytes: 0 }],
    ['500 by HTTP', of(500), 'http', { end: 'PROTOCOL', ms: 20, bytes: 0 }],
    ['a redirect is not followed', of(302), 'http', { end: 'PROTOCOL', ms: 20, bytes: 0 }],
    ['500 by FTP is 450', of(500), 'ftp', { end: 'PROTOCOL', ms: 80, bytes: 0 }],
    ['500 by TFTP is ERROR 0', of(500), 'tftp', { end: 'PROTOCOL', ms: 10, bytes: 0 }],
    ['503 by FTP is 421', of(503), 'ftp', { end: 'BUSY', ms: 80, bytes: 0 }],
    ['503 by TFTP is ERROR 0', of(503), 'tftp', { end: 'PROTOCOL', ms: 10, bytes: 0 }],
    ['another reply by FTP', of(500, { ftp: 532 }), 'ftp', { end: 'ACCESS_DENIED', ms: 80, bytes: 0 }],
    ['another ERROR by TFTP', of(503, { tftp: 2 }), 'tftp', { end: 'ACCESS_DENIED', ms: 10, bytes: 0 }],
    [
      '503 is asked again five times, a second after each',
      of(503),
      'http',
      { end: 'BUSY', ms: 20 + 5 * 1_010, bytes: 0, told: busy(5) },
    ],
    [
      '503 five times, then the file',
      { ...all, fault: 'status', status: 503, times: 5 },
      'http',
      { end: 'whole', ms: 20 + 5 * 1_010, bytes: FILE_BYTES, told: busy(5) },
    ],
    [
      '503 six times is once too often',
      { ...all, fault: 'status', status: 503, times: 6 },
      'http',
      { end: 'BUSY', ms: 20 + 5 * 1_010, bytes: 0, told: busy(5) },
    ],
    ['503 with no more tries', of(503), 'http', { end: 'BUSY', ms: 20, bytes: 0 }, { retriesOf503: 0 }],
    [
      '503 until the total limit: no try begins that could not end',
      of(503),
      'http',
      { end: 'BUSY', ms: 20 + 4 * 1_010, bytes: 0, told: busy(4) },
      { retriesOf503: 'until-total', limits: { ...limits, totalMs: 5_000 } },
    ],
  ];
  check(cases);
});

describe('refuse', () => {
  const rule: FaultRule = { ...all, fault: 'refuse' };
  const cases: Case[] = [
    [
      'TFTP: seen at the second request, since a datagram alone is not refused',
      rule,
      'tftp',
      { end: 'UNREACHABLE', ms: 1_010, bytes: 0, told: requestUnanswered.slice(0, 1) },
    ],
    ['FTP: one round trip', rule, 'ftp', { end: 'UNREACHABLE', ms: 10, bytes: 0 }],
    ['HTTP: one round trip', rule, 'http', { end: 'UNREACHABLE', ms: 10, bytes: 0 }],
    ['HTTPS: one round trip', rule, 'https', { end: 'UNREACHABLE', ms: 10, bytes: 0 }],
    [
      'TFTP: a port that opens before the second request costs a second',
      { ...rule, times: 1 },
      'tftp',
      { end: 'whole', ms: 1_100, bytes: FILE_BYTES, told: requestUnanswered.slice(0, 1) },
    ],
  ];
  check(cases);
});

describe('silence', () => {
  const rule: FaultRule = { ...all, fault: 'silence' };
  const cases: Case[] = [
    [
      'TFTP: the series of waits',
      rule,
      'tftp',
      { end: 'TIMEOUT', ms: 31_000, bytes: 0, told: requestUnanswered },
    ],
    ['FTP: idle since RETR', rule, 'ftp', { end: 'TIMEOUT', ms: 30_070, bytes: 0 }],
    ['HTTP: idle since the request', rule, 'http', { end: 'TIMEOUT', ms: 30_010, bytes: 0 }],
    ['HTTPS: idle since the request', rule, 'https', { end: 'TIMEOUT', ms: 30_020, bytes: 0 }],
    [
      'TFTP: each repeated request is one more: two lost, the third is answered',
      { ...rule, times: 2 },
      'tftp',
      { end: 'whole', ms: 3_100, bytes: FILE_BYTES, told: requestUnanswered.slice(0, 2) },
    ],
    [
      'TFTP: five lost, the last is answered',
      { ...rule, times: 5 },
      'tftp',
      { end: 'whole', ms: 23_100, bytes: FILE_BYTES, told: requestUnanswered },
    ],
    [
      'the total limit comes first',
      rule,
      'http',
      { end: 'TIMEOUT', ms: 20_000, bytes: 0 },
      { limits: { ...limits, totalMs: 20_000 } },
    ],
  ];
  check(cases);
});

describe('stall', () => {
  const cutAt = (afterBytes: number): FaultRule => ({ ...all, fault: 'stall', afterBytes });
  const cases: Case[] = [
    [
      'TFTP: whole blocks, then the last acknowledgement again and again',
      cutAt(1_100),
      'tftp',
      { end: 'TIMEOUT', ms: 20 + 31_000, bytes: 1_024, told: blockUnanswered },
    ],
    ['FTP: idle since the last byte', cutAt(1_100), 'ftp', { end: 'TIMEOUT', ms: 30_080, bytes: 1_100 }],
    ['HTTP: idle since the last byte', cutAt(1_100), 'http', { end: 'TIMEOUT', ms: 30_020, bytes: 1_100 }],
    ['HTTP: after the head', cutAt(0), 'http', { end: 'TIMEOUT', ms: 30_020, bytes: 0 }],
    ['FTP: after the 150', cutAt(0), 'ftp', { end: 'TIMEOUT', ms: 30_080, bytes: 0 }],
    [
      'TFTP: before the first block there is no answer at all',
      cutAt(511),
      'tftp',
      { end: 'TIMEOUT', ms: 31_000, bytes: 0, told: requestUnanswered },
    ],
    [
      'TFTP: after the first block',
      cutAt(512),
      'tftp',
      { end: 'TIMEOUT', ms: 31_010, bytes: 512, told: blockUnanswered },
    ],
    ['before the last byte', cutAt(FILE_BYTES - 1), 'http', { end: 'TIMEOUT', ms: 30_020, bytes: 4_999 }],
    [
      'beyond the file it changes nothing',
      cutAt(FILE_BYTES),
      'http',
      { end: 'whole', ms: 20, bytes: FILE_BYTES },
    ],
    ['nor over TFTP', cutAt(FILE_BYTES), 'tftp', { end: 'whole', ms: 100, bytes: FILE_BYTES }],
    [
      'a file that is too large is so before it stalls',
      cutAt(1_100),
      'http',
      { end: 'TOO_LARGE', ms: 20, bytes: 1_000 },
      { limits: { ...limits, sizeBytes: 1_000 } },
    ],
  ];
  check(cases);
});

describe('truncate', () => {
  const cutAt = (afterBytes: number): FaultRule => ({ ...all, fault: 'truncate', afterBytes });
  const cases: Case[] = [
    ['TFTP: an ERROR for the next block', cutAt(1_100), 'tftp', { end: 'TRUNCATED', ms: 30, bytes: 1_024 }],
    ['FTP: 426', cutAt(1_100), 'ftp', { end: 'TRUNCATED', ms: 80, bytes: 1_100 }],
    ['HTTP: the connection ends', cutAt(1_100), 'http', { end: 'TRUNCATED', ms: 20, bytes: 1_100 }],
    ['HTTP: after the head', cutAt(0), 'http', { end: 'TRUNCATED', ms: 20, bytes: 0 }],
    ['FTP: after the 150', cutAt(0), 'ftp', { end: 'TRUNCATED', ms: 80, bytes: 0 }],
    [
      'TFTP: an ERROR without a number, before any block, may be anything',
      cutAt(511),
      'tftp',
      { end: 'PROTOCOL', ms: 10, bytes: 0 },
    ],
    ['before the last byte', cutAt(FILE_BYTES - 1), 'ftp', { end: 'TRUNCATED', ms: 80, bytes: 4_999 }],
    [
      'beyond the file it changes nothing',
      cutAt(FILE_BYTES),
      'ftp',
      { end: 'whole', ms: 80, bytes: FILE_BYTES },
    ],
    ['nor over TFTP', cutAt(FILE_BYTES), 'tftp', { end: 'whole', ms: 100, bytes: FILE_BYTES }],
  ];
  check(cases);
});

describe('latency', () => {
  const of = (ms: number): FaultRule => ({ ...all, fault: 'latency', ms });
  const whole = (ms: number) => ({ end: 'whole', ms, bytes: FILE_BYTES }) as const;
  const cases: Case[] = [
    ['TFTP: before the first block only', of(500), 'tftp', whole(600)],
    ['FTP', of(500), 'ftp', whole(580)],
    ['HTTP', of(500), 'http', whole(520)],
    ['a fraction of a millisecond', of(0.25), 'http', whole(20.25)],
    [
      'TFTP: beyond the first wait the request is repeated, and the first answer counts',
      of(2_500),
      'tftp',
      { ...whole(2_600), told: requestUnanswered.slice(0, 1) },
    ],
    ['HTTP: just within the idle limit', of(29_990), 'http', whole(30_010)],
    ['HTTP: beyond it', of(29_991), 'http', { end: 'TIMEOUT', ms: 30_010, bytes: 0 }],
    ['TFTP: just within the last wait', of(30_990), 'tftp', { ...whole(31_090), told: requestUnanswered }],
    [
      'TFTP: beyond it',
      of(30_991),
      'tftp',
      { end: 'TIMEOUT', ms: 31_000, bytes: 0, told: requestUnanswered },
    ],
  ];
  check(cases);
});

function check(cases: readonly Case[]): void {
  test.for(cases)('%s', async ([, rule, protocol, ended, request]) => {
    expect(await fetchUnder(rule, protocol, request)).toEqual(ended);
  });
}

describe('several faults of one request', () => {
  test('add up, in the order of their rules', async () => {
    const rules: FaultRule[] = [
      { ...all, fault: 'latency', ms: 100 },
      { ...all, fault: 'truncate', afterBytes: 1_000 },
      { ...all, fault: 'latency', ms: 200 },
    ];
    expect(await storyOf(rules, [{}])).toEqual([{ end: 'TRUNCATED', ms: 320, bytes: 1_000 }]);
  });

  test('where two say different things the later counts', async () => {
    const truncate: FaultRule = { ...all, fault: 'truncate', afterBytes: 1_000 };
    const stall: FaultRule = { ...all, fault: 'stall', afterBytes: 2_000 };
    const [stalled] = await storyOf([truncate, stall], [{}]);
    const [truncated] = await storyOf([stall, truncate], [{}]);
    expect([stalled?.end, stalled?.bytes, truncated?.end, truncated?.bytes]).toEqual([
      'TIMEOUT',
      2_000,
      'TRUNCATED',
      1_000,
    ]);
  });
});

describe('the next file', () => {
  test('needs a new connection after one that broke off, and none after a refusal', async () => {
    const next = async (rule: FaultRule) =>
      (await storyOf([{ ...rule, times: 1 }], [{}, { path: 'b.cfg' }])).map(({ end, ms }) => `${end} ${ms}`);
    expect(await next({ ...all, fault: 'missing' })).toEqual(['NOT_FOUND 20', 'whole 10']);
    expect(await next({ ...all, fault: 'truncate', afterBytes: 1 })).toEqual(['TRUNCATED 20', 'whole 20']);
    expect(await next({ ...all, fault: 'silence' })).toEqual(['TIMEOUT 30010', 'whole 20']);
    expect(await next({ ...all, fault: 'latency', ms: 5 })).toEqual(['whole 25', 'whole 10']);
  });
});
