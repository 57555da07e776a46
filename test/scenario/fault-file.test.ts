import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readFaultFile } from '../../src/scenario/fault-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'deskphone-faults-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = join(folder, 'faults.yaml');

function read(text: string) {
  writeFileSync(file, text);
  const found = readFaultFile(file);
  if ('rules' in found) return found.rules;
  return found.complaints.map((complaint) => complaint.replace(file, 'FILE'));
}

const rule = { match: '*.bin', fault: 'truncate', afterBytes: 1000, times: 1 };

const good: [title: string, text: string, rules: readonly object[]][] = [
  [
    'faults: and a list',
    'faults:\n  - { match: "*.bin", fault: truncate, afterBytes: 1000, times: 1 }\n',
    [rule],
  ],
  ['the list alone', '- match: "*.bin"\n  fault: truncate\n  afterBytes: 1000\n  times: 1\n', [rule]],
  ['JSON', JSON.stringify({ faults: [rule] }), [rule]],
  ['no rule', 'faults: []\n', []],
  [
    'an older tree, from where the file is',
    '- { match: "**", fault: stale, from: old }\n- { match: "**", fault: stale, from: /srv/old }\n',
    [
      { match: '**', fault: 'stale', from: join(folder, 'old') },
      { match: '**', fault: 'stale', from: '/srv/old' },
    ],
  ],
];
test.for(good)('%s', ([, text, rules]) => {
  expect(read(text)).toEqual(rules);
});

const bad: [title: string, text: string, complaints: readonly string[]][] = [
  [
    'each complaint with its line and rule',
    'faults:\n  - { match: "**", fault: missing }\n  - match: "**"\n    fault: stall\n    afterBytes: x\n    tims: 1\n  - fault: flod\n',
    [
      'FILE:5: rule 2 (stall): afterBytes is "x"; expected a whole number of bytes, 0 or more',
      'FILE:6: rule 2 (stall): tims is no setting; did you mean times?',
      'FILE:7: rule 3: "flod" is no fault; expected missing, status, refuse, silence, stall, truncate, reset, latency, bandwidth, corrupt, stale, half-updated',
    ],
  ],
  [
    'what is missing, where its rule is',
    '\n- match: "**"\n  fault: stall\n',
    ['FILE:2: rule 1 (stall): afterBytes is missing; expected a whole number of bytes, 0 or more'],
  ],
  [
    'a misspelt key',
    'fault:\n  - x\n',
    ['FILE:1: "fault" is no key of a file of faults; did you mean faults?'],
  ],
  ['another file', 'version: 1\n', ['FILE:1: "version" is no key of a file of faults; expected faults']],
  ['no list', 'faults: 5\n', ['FILE:1: the rules are 5; expected a list of them']],
  ['an empty file', '', ['FILE:1: the rules are nothing; expected a list of them']],
  ['a mapping of nothing', '{}', ['FILE:1: the rules are a mapping; expected a list of them']],
  [
    'no YAML',
    'faults:\n  - { match: "**"\n',
    ['FILE:3: not YAML: Flow map in block collection must be sufficiently indented and end with a }'],
  ],
  [
    'a key said twice',
    '- match: a\n  fault: missing\n  match: b\n',
    ['FILE:3: not YAML: Map keys must be unique'],
  ],
  ['aliases without end', `a: &a [x]\n`, ['FILE:1: "a" is no key of a file of faults; expected faults']],
];
test.for(bad)('%s', ([, text, complaints]) => {
  expect(read(text)).toEqual(complaints);
});

test('aliases that make much of little are not followed', () => {
  const bombs = Array.from(
    { length: 8 },
    (_, n) =>
      `- &b${n} [${Array(9)
        .fill(n ? `*b${n - 1}` : 'x')
        .join(', ')}]`,
  );
  expect(read(`${bombs.join('\n')}\n`)).toEqual(['FILE:1: the rules are nothing; expected a list of them']);
});

test('a file that is not there', () => {
  expect(readFaultFile(join(folder, 'no.yaml'))).toEqual({
    complaints: [expect.stringMatching(/no\.yaml: no such file or folder \(ENOENT\)$/)],
  });
});
