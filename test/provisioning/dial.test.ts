import { describe, expect, test } from 'vitest';
import { type Dialed, dial } from '../../src/provisioning/dial.ts';
import { parseDialingPlan } from '../../src/provisioning/dialing-plan.ts';

const plan = parseDialingPlan(
  Buffer.from(
    [
      '$n="example.com"',
      '$t=10000',
      '%%',
      '911|911# && sip:911@$n && t=500 | emergency',
      'X{4} && sip:$$;phone-context=avaya.com;user=phone && t=7000',
      '9(X{10})# && sip:+1$$@$n;user=phone',
      '9(X{7,15}) && sip:$$@$n && t=5000',
      '*X{2} && sip:feature-$$@$n',
      '2X{3} && sip:never@$n',
    ].join('\n'),
  ),
  'plan.txt',
);

function brief(dialed: Dialed): readonly unknown[] {
  switch (dialed.by) {
    case 'address':
      return ['address', dialed.uri];
    case 'rule':
      return [dialed.rule.line, dialed.digits, dialed.uri, dialed.afterMs, dialed.unused];
    case 'nothing':
      return ['nothing', ...dialed.open.map(({ line }) => line)];
    case 'mistake':
      return ['mistake', dialed.why];
  }
}

const mistake = ['mistake', 'expected 1 to 64 of 0123456789*#ABCD, or user@domain'];

const cases: [title: string, number: string, expected: readonly unknown[]][] = [
  [
    'the example of the manual',
    '4567',
    [5, '4567', 'sip:4567;phone-context=avaya.com;user=phone', 7_000, ''],
  ],
  [
    'the first rule in the file wins',
    '2345',
    [5, '2345', 'sip:2345;phone-context=avaya.com;user=phone', 7_000, ''],
  ],
  ['a number waits for the time of its rule', '911', [4, '911', 'sip:911@example.com', 500, '']],
  ['a # at the end dials at once', '911#', [4, '911', 'sip:911@example.com', 0, '']],
  ['what follows the # comes too late', '911#12', [4, '911', 'sip:911@example.com', 0, '12']],
  [
    '$$ is what stands in parentheses',
    '95551234567#',
    [6, '5551234567', 'sip:+15551234567@example.com;user=phone', 0, ''],
  ],
  [
    'without the # another rule may match',
    '95551234567',
    [7, '5551234567', 'sip:5551234567@example.com', 5_000, ''],
  ],
  ['the star is a key', '*69', [8, '*69', 'sip:feature-*69@example.com', 10_000, '']],
  [
    'what people write between digits is left out',
    '(9) 555-123.4567',
    [7, '5551234567', 'sip:5551234567@example.com', 5_000, ''],
  ],
  ['too few keys dial nothing, and the rules they may become are named', '91', ['nothing', 4, 5, 6, 7]],
  ['too many keys dial nothing', '45678', ['nothing']],
  ['a # that no rule has dials nothing', '4567#', ['nothing']],
  ['an address goes past the plan', 'jsmith@example.org', ['address', 'sip:jsmith@example.org']],
  ['so does a SIP URI', 'sip:4567', ['address', 'sip:4567']],
  ['and a secure one', 'SIPS:4567@example.org', ['address', 'SIPS:4567@example.org']],
  ['nothing is no number', '', mistake],
  ['a word is no number', 'jsmith', mistake],
  ['64 keys are', '1'.repeat(64), ['nothing']],
  ['65 are not', '1'.repeat(65), mistake],
];

describe('dialing', () => {
  test.for(cases)('%s', ([, number, expected]) => {
    expect(brief(dial(plan, number))).toEqual(expected);
  });

  test('letters A to D are keys in either case', () => {
    const military = parseDialingPlan(Buffer.from('$n=a\n%%\nax{2} && sip:$$\n'), 'plan.txt');
    expect(brief(dial(military, 'a12'))).toEqual([3, 'A12', 'sip:A12', 10_000, '']);
  });

  test('a variable that is not defined stays as it stands', () => {
    const odd = parseDialingPlan(Buffer.from('$n=$$\n%%\nx && sip:$$@$z$n$\n'), 'plan.txt');
    expect(brief(dial(odd, '1'))).toEqual([3, '1', 'sip:1@$z$$$', 10_000, '']);
  });
});
