import { expect, test } from 'vitest';
import { complaintsOnTheWire, readFaultRules } from '../../src/server/fault-rules.ts';
import type { FaultRule } from '../../src/server/faults.schema.ts';

const good: [title: string, rule: object][] = [
  ['missing', { match: '*.cfg', fault: 'missing' }],
  ['status', { match: '*', fault: 'status', status: 503, ftp: 421, tftp: 0, times: 5 }],
  ['refuse', { match: '**', fault: 'refuse', after: 0 }],
  ['silence', { match: '**/firmware/*', fault: 'silence', share: '0.5%', protocol: 'tftp' }],
  ['stall', { match: '*', fault: 'stall', afterBytes: 0, share: '100%' }],
  ['truncate', { match: '*.bin', fault: 'truncate', afterBytes: 1000, times: 1, after: 2, share: '5%' }],
  ['reset', { match: '*', fault: 'reset', afterBytes: 1, protocol: 'https' }],
  ['latency', { match: '*', fault: 'latency', ms: 0.5 }],
  ['bandwidth', { match: '*', fault: 'bandwidth', bytesPerSecond: 1024 }],
  ['corrupt, one place drawn', { match: '*', fault: 'corrupt' }],
  ['corrupt, places given and drawn', { match: '*', fault: 'corrupt', at: [0, 511], bytes: 3 }],
  ['stale', { match: '*', fault: 'stale', from: '../release-1' }],
  ['half-updated', { match: '*', fault: 'half-updated', from: 'old', updated: '30%', missing: '5%' }],
];
test.for(good)('%s', ([, rule]) => {
  expect(readFaultRules([rule])).toEqual({ ok: true, rules: [rule] });
});

const words =
  'missing, status, refuse, silence, stall, truncate, reset, latency, bandwidth, corrupt, stale, half-updated';
const setting = (found: string, expected: string) => `rule 1 (status): ${found}; expected ${expected}`;
const status = { match: '*', fault: 'status', status: 404 };

const bad: [title: string, rule: unknown, complaint: string | readonly string[], at?: readonly unknown[]][] =
  [
    [
      'a misspelt fault',
      { match: '*', fault: 'trunkate' },
      'rule 1: "trunkate" is no fault; did you mean truncate?',
      [0, 'fault'],
    ],
    [
      'a fault that is nothing like one',
      { match: '*', fault: 'flood' },
      `rule 1: "flood" is no fault; expected ${words}`,
      [0, 'fault'],
    ],
    ['no fault', { match: '*' }, `rule 1: fault is missing; expected ${words}`, [0, 'fault']],
    ['a fault that is a number', { match: '*', fault: 5 }, `rule 1: 5 is no fault; expected ${words}`],
    [
      'a fault that is nothing',
      { match: '*', fault: null },
      `rule 1: nothing is no fault; expected ${words}`,
    ],
    [
      'a misspelt setting',
      { match: '*', fault: 'truncate', afterBytes: 1, tims: 3 },
      'rule 1 (truncate): tims is no setting; did you mean times?',
      [0, 'tims'],
    ],
    [
      'a setting of another fault',
      { match: '*', fault: 'missing', afterBytes: 1 },
      'rule 1 (missing): afterBytes is no setting; expected fault, match, protocol, after, times, share',
      [0, 'afterBytes'],
    ],
    [
      'two unknown settings',
      { match: '*', fault: 'stall', afterBytes: 1, tims: 3, shares: '5%' },
      [
        'rule 1 (stall): tims is no setting; did you mean times?',
        'rule 1 (stall): shares is no setting; did you mean share?',
      ],
    ],
    [
      'no match',
      { fault: 'missing' },
      'rule 1 (missing): match is missing; expected a pattern of paths such as *.bin',
      [0, 'match'],
    ],
    ['an empty match', { ...status, match: '' }, setting('match is ""', 'a pattern of paths such as *.bin')],
    [
      'a match without end',
      { ...status, match: '*'.repeat(201) },
      setting(`match is "${'*'.repeat(60)}..."`, 'at most 200 characters'),
    ],
    [
      'a protocol that is none',
      { ...status, protocol: 'TFTP' },
      setting('protocol is "TFTP"', 'tftp, ftp, http, https'),
      [0, 'protocol'],
    ],
    [
      'a status that is none',
      { ...status, status: 200 },
      setting('status is 200', 'an HTTP status from 300 to 599'),
      [0, 'status'],
    ],
    [
      'a reply that refuses nothing',
      { ...status, ftp: 226 },
      setting('ftp is 226', 'an FTP reply from 400 to 599'),
    ],
    [
      'an ERROR that TFTP has not',
      { ...status, tftp: 9 },
      setting('tftp is 9', 'the number of a TFTP ERROR, 0 to 8'),
    ],
    ['times 0', { ...status, times: 0 }, setting('times is 0', 'a whole number, 1 or more')],
    [
      'after that is text',
      { ...status, after: 'two' },
      setting('after is "two"', 'a whole number, 0 or more'),
    ],
    [
      'half a byte',
      { match: '*', fault: 'stall', afterBytes: 0.5 },
      'rule 1 (stall): afterBytes is 0.5; expected a whole number of bytes, 0 or more',
      [0, 'afterBytes'],
    ],
    [
      'less than no bytes',
      { match: '*', fault: 'reset', afterBytes: -1 },
      'rule 1 (reset): afterBytes is -1; expected a whole number of bytes, 0 or more',
    ],
    [
      'no bytes at all',
      { match: '*', fault: 'stall' },
      'rule 1 (stall): afterBytes is missing; expected a whole number of bytes, 0 or more',
    ],
    [
      'a latency before the request',
      { match: '*', fault: 'latency', ms: -1 },
      'rule 1 (latency): ms is -1; expected milliseconds, 0 to 86400000',
    ],
    [
      'a bandwidth at which a TFTP block takes too long',
      { match: '*', fault: 'bandwidth', bytesPerSecond: 1023 },
      'rule 1 (bandwidth): bytesPerSecond is 1023; expected a whole number of bytes, 1024 or more',
    ],
    [
      'a place that is none',
      { match: '*', fault: 'corrupt', at: [0, -1] },
      'rule 1 (corrupt): at[1] is -1; expected a whole number of bytes, 0 or more',
      [0, 'at', 1],
    ],
    [
      'one place that is no list',
      { match: '*', fault: 'corrupt', at: 5 },
      'rule 1 (corrupt): at is 5; expected a list of places such as [0, 100]',
    ],
    [
      'no place',
      { match: '*', fault: 'corrupt', at: [] },
      'rule 1 (corrupt): at is a list; expected at least one place',
    ],
    [
      'no older tree',
      { match: '*', fault: 'stale' },
      'rule 1 (stale): from is missing; expected the folder of an older tree',
    ],
    [
      'more than all of a tree',
      { match: '*', fault: 'half-updated', from: 'old', updated: '110%' },
      'rule 1 (half-updated): updated is "110%"; expected a share such as 5% or 0.5%',
    ],
    ...['5', '101%', '-5%', '5 %', '.5%', '5%%', '1e1%'].map((share): [string, unknown, string] => [
      `a share of "${share}"`,
      { ...status, share },
      setting(`share is "${share}"`, 'a share such as 5% or 0.5%'),
    ]),
    ['no mapping', 'missing', 'rule 1 is "missing"; expected settings such as match and fault', [0]],
    ['nothing', null, 'rule 1 is nothing; expected settings such as match and fault', [0]],
  ];
test.for(bad)('%s', ([, rule, complaint, at]) => {
  const read = readFaultRules([rule]);
  const complaints = read.ok ? [] : read.complaints;
  expect(complaints.map(({ message }) => message)).toEqual([complaint].flat());
  expect(at ?? complaints[0]?.path).toEqual(complaints[0]?.path);
});

const lists: [title: string, list: unknown, complaint: string][] = [
  ['no list', { fault: 'missing' }, 'the rules are a mapping; expected a list of them'],
  ['nothing', undefined, 'the rules are nothing; expected a list of them'],
  ['too many', Array(101).fill(status), 'there are 101 rules; expected at most 100'],
];
test.for(lists)('a list that is %s', ([, list, message]) => {
  expect(readFaultRules(list)).toEqual({ ok: false, complaints: [{ path: [], message }] });
});

test('every complaint is told, not the first alone, each with its rule', () => {
  const read = readFaultRules([
    { fault: 'stall', afterBytes: 'x' },
    { match: '*', fault: 'x' },
    status,
    { match: '*', fault: 'missing', x: 1 },
  ]);
  expect(read.ok ? [] : read.complaints.map(({ path }) => path)).toEqual([
    [0, 'match'],
    [0, 'afterBytes'],
    [1, 'fault'],
    [3, 'x'],
  ]);
});

const onTheWire: [title: string, rule: FaultRule, complaints: readonly string[]][] = [
  ['refuse for every file', { match: '**', fault: 'refuse' }, []],
  ['refuse over one protocol', { match: '*', fault: 'refuse', protocol: 'ftp' }, []],
  ['any other fault, however aimed', { match: 'a', fault: 'silence', after: 1, times: 1, share: '5%' }, []],
  [
    'refuse for some files',
    { match: '*.bin', fault: 'refuse', times: 2, share: '5%' },
    [
      'rule 1 (refuse): match is "*.bin", times is 2, share is "5%"; over a real network a port is closed for every file; expected match "**" and no more',
    ],
  ],
];
test.for(onTheWire)('over a real network: %s', ([, rule, complaints]) => {
  expect(complaintsOnTheWire([rule]).map(({ message }) => message)).toEqual(complaints);
});
