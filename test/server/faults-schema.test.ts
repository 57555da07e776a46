import { expect, test } from 'vitest';
import { z } from 'zod';
import { faultRulesSchema } from '../../src/server/faults.schema.ts';

/** What is said about a list of rules; nothing if they are good. */
function complaints(rules: unknown): string {
  const { error } = faultRulesSchema.safeParse(rules);
  return error === undefined ? '' : z.prettifyError(error);
}

const good: [title: string, rule: object][] = [
  ['missing', { match: '*.cfg', fault: 'missing' }],
  ['status', { match: '*', fault: 'status', status: 503, ftp: 421, tftp: 0, times: 5 }],
  ['refuse', { match: '**', fault: 'refuse', after: 0 }],
  ['silence', { match: '**/firmware/*', fault: 'silence', share: '0.5%' }],
  ['stall', { match: '*', fault: 'stall', afterBytes: 0, share: '100%' }],
  ['truncate', { match: '*.bin', fault: 'truncate', afterBytes: 1000, times: 1, after: 2, share: '5%' }],
  ['latency', { match: '*', fault: 'latency', ms: 0.5 }],
];
test.for(good)('%s', ([, rule]) => {
  expect([complaints([rule]), faultRulesSchema.parse([rule])]).toEqual(['', [rule]]);
});

const bad: [title: string, rule: unknown, complaint: string][] = [
  [
    'a misspelt fault',
    { match: '*', fault: 'trunkate' },
    '"trunkate" is no fault; did you mean truncate?\n  → at [0].fault',
  ],
  [
    'a fault that is nothing like one',
    { match: '*', fault: 'flood' },
    '"flood" is no fault; expected missing, status, refuse, silence, stall, truncate, latency\n  → at [0].fault',
  ],
  [
    'no fault',
    { match: '*' },
    'no fault is named; expected missing, status, refuse, silence, stall, truncate, latency\n  → at [0].fault',
  ],
  ['a fault that is a number', { match: '*', fault: 5 }, '"5" is no fault; expected missing'],
  [
    'a misspelt setting',
    { match: '*', fault: 'truncate', afterBytes: 1, tims: 3 },
    'truncate has no "tims"; did you mean times?\n  → at [0]',
  ],
  [
    'a setting of another fault',
    { match: '*', fault: 'missing', afterBytes: 1 },
    'missing has no "afterBytes"; expected fault, match, after, times, share\n  → at [0]',
  ],
  ['no match', { fault: 'missing' }, 'expected string, received undefined\n  → at [0].match'],
  [
    'an empty match',
    { fault: 'missing', match: '' },
    'expected string to have >=1 characters\n  → at [0].match',
  ],
  [
    'a match without end',
    { fault: 'missing', match: '*'.repeat(201) },
    'expected string to have <=200 characters',
  ],
  [
    'half a byte',
    { match: '*', fault: 'stall', afterBytes: 0.5 },
    'expected int, received number\n  → at [0].afterBytes',
  ],
  ['less than no bytes', { match: '*', fault: 'stall', afterBytes: -1 }, 'expected number to be >=0'],
  [
    'no bytes at all',
    { match: '*', fault: 'stall' },
    'expected number, received undefined\n  → at [0].afterBytes',
  ],
  [
    'a status that is none',
    { match: '*', fault: 'status', status: 200 },
    'expected number to be >=300\n  → at [0].status',
  ],
  [
    'an ERROR that TFTP has not',
    { match: '*', fault: 'status', status: 404, tftp: 9 },
    'expected number to be <=8',
  ],
  ['times 0', { match: '*', fault: 'missing', times: 0 }, 'expected number to be >=1\n  → at [0].times'],
  ['a latency before the request', { match: '*', fault: 'latency', ms: -1 }, 'expected number to be >=0'],
  ...['5', '101%', '-5%', '5 %', '.5%', '5%%', '1e1%'].map((share): [string, unknown, string] => [
    `a share of "${share}"`,
    { match: '*', fault: 'missing', share },
    'expected a share of the phones such as 5% or 0.5%\n  → at [0].share',
  ]),
  ['no object', 'missing', 'expected object, received string'],
];
test.for(bad)('%s', ([, rule, complaint]) => {
  expect(complaints([rule])).toContain(complaint);
});

test('every problem is told, not the first alone', () => {
  const told = complaints([
    { fault: 'stall', afterBytes: 'x' },
    { match: '*', fault: 'x' },
    { match: '*', fault: 'missing', x: 1 },
  ]);
  expect(told.match(/✖/g)).toHaveLength(4);
});
