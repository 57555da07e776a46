import { expect, test } from 'vitest';
import { mendExpectations } from '../../src/scenario/mend-expectations.ts';

const file = `# A story.
version: 1
title: t # in one sentence
steps: [power.on, {expect: [{state: off}]}]
expect:
  # What is asked for.
  - requests:
      - 1230SIP.cfg # first
      - French.lng
  - flash: { LANGUAGE: "000001", TONES: "000002" } # versions
  - exit: 0
`;

type Row = [title: string, path: (string | number)[], value: unknown, line: string, by: string];

const rows: Row[] = [
  [
    'a list keeps what is still right, and its comments',
    ['expect', 0, 'requests'],
    ['1230SIP.cfg', 'German.lng'],
    '      - French.lng',
    '      - German.lng',
  ],
  [
    'of an object only what differs is written',
    ['expect', 1, 'flash'],
    { LANGUAGE: '000003' },
    '  - flash: { LANGUAGE: "000001", TONES: "000002" } # versions',
    '  - flash: { LANGUAGE: "000003", TONES: "000002" } # versions',
  ],
  ['a plain value', ['expect', 2, 'exit'], 3, '  - exit: 0', '  - exit: 3'],
  [
    'an expectation among the steps',
    ['steps', 1, 'expect', 0, 'state'],
    'idle',
    'steps: [power.on, {expect: [{state: off}]}]',
    'steps: [ power.on, { expect: [ { state: idle } ] } ]',
  ],
];

test.for(rows)('%s', ([, path, value, line, by]) => {
  expect(mendExpectations(file, [{ path, value }])).toBe(file.replace(line, by));
});

test('a version stays a text', () => {
  const mended = mendExpectations(file, [{ path: ['expect', 1], value: { flash: { FW: '000007' } } }]);
  expect(mended).toContain('FW: "000007"');
});
