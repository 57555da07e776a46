import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { answer } from './answer.ts';

const demo = 'fixtures/demo/dialplan.txt';

function planOf(text: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'deskphone-dial-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const file = join(directory, 'plan.txt');
  writeFileSync(file, text);
  return file;
}

const cases: [title: string, number: string, code: number, stdout: string][] = [
  [
    'a number shows its address, when it is called, and the rule',
    '4567',
    0,
    'sip:4567@deskphone.example;user=phone\n  7s after the first digit, by line 5: X{4}\n',
  ],
  [
    'a # dials at once',
    '95551234567#',
    0,
    'sip:95551234567@deskphone.example;user=phone\n  at once, by line 6: 9X{10}#\n',
  ],
  [
    'an address goes past the plan',
    'jo@example.org',
    0,
    'sip:jo@example.org\n  an address: called as it is, past the plan\n',
  ],
  [
    'a number that no rule takes fails, and names what it could become',
    '12',
    3,
    'nothing is dialed: none of 4 rules matches 12\n  more keys could match line 5: X{4}\n',
  ],
];

test.for(cases)('%s', async ([, number, code, stdout]) => {
  expect(await answer(['dial', number, '--plan', demo])).toEqual({ code, stdout, stderr: '' });
});

test('--json tells it as one fact', async () => {
  const { code, stdout } = await answer(['dial', '112', '--plan', demo, '--json']);
  expect({ code, told: JSON.parse(stdout) }).toEqual({
    code: 0,
    told: {
      type: 'number.dialed',
      number: '112',
      by: 'rule',
      line: 4,
      pattern: '112|911',
      digits: '112',
      uri: 'sip:112@deskphone.example;user=phone',
      afterMs: 1000,
      emergency: false,
      unused: '',
    },
  });
});

test('what is wrong with the plan is told with file and line', async () => {
  const plan = planOf('$n=a.b\n%%\nx+ && sip:$$\n911# && sip:$$@$n && emergency\n');
  expect(await answer(['dial', '911#5', '--plan', plan])).toEqual({
    code: 0,
    stdout: 'sip:911@a.b\n  at once, by line 4: 911#, an emergency call\n  5 comes too late\n',
    stderr: `warning: ${plan}:3: "x+ && sip:$$" is skipped; "+" is none of digits, *, #, A-D, x, [ ], { }, ( ) and |\n`,
  });
});

test('a file that is no plan fails as on a phone', async () => {
  const plan = planOf('$n=a.b\nx{4} && sip:$$@$n\n');
  const { code, stdout, stderr } = await answer(['dial', '1234', '--plan', plan, '--quiet']);
  expect({ code, stdout, stderr }).toEqual({
    code: 3,
    stdout: '',
    stderr: `error: ${plan} has 0 lines with %%; a phone would keep its old plan\n`,
  });
});

const mistakes: [title: string, words: string[], stderr: RegExp][] = [
  ['without a plan', ['dial', '12'], /^error: --plan FILE is missing: the dialing plan\n$/],
  [
    'with a plan that is not there',
    ['dial', '12', '--plan', 'none.txt'],
    /^error: --plan none\.txt: no such file or folder/,
  ],
  [
    'with a word for a number',
    ['dial', 'jo', '--plan', demo],
    /^error: "jo": expected 1 to 64 of 0123456789/,
  ],
  ['without a number', ['dial', '--plan', demo], /missing required argument 'NUMBER'/],
];

test.for(mistakes)('wrong usage: %s', async ([, words, stderr]) => {
  const ended = await answer(words);
  expect(ended.code).toBe(2);
  expect(ended.stderr).toMatch(stderr);
});
