import { expect, test } from 'vitest';
import { problem, problemCodes } from '../../src/provisioning/problem-codes.ts';
import { ProblemList } from '../../src/provisioning/problem-list.ts';

test('a problem takes its severity from the table', () => {
  expect(problem('BAD_VALUE', { file: 'device.cfg', line: 3, message: 'x' })).toEqual({
    severity: 'warning',
    code: 'BAD_VALUE',
    file: 'device.cfg',
    line: 3,
    message: 'x',
  });
});

test('problems come by line, those about the whole file first', () => {
  const told = new ProblemList({ file: 'a.cfg' });
  told.tell('BAD_VALUE', { line: 9, message: 'nine' });
  told.tell('VALUE_CASE', { line: 2, message: 'two' });
  told.tell('NO_SECTION', { message: 'whole' });
  expect(told.all().map((each) => each.message)).toEqual(['whole', 'two', 'nine']);
});

test('a flood of one code is told as one and hides no other', () => {
  const told = new ProblemList({ file: 'a.cfg', section: 'FW' });
  for (let line = 1; line <= 1000; line++) told.tell('UNKNOWN_KEYWORD', { line, message: `line ${line}` });
  told.tell('LINE_TOO_LONG', { line: 1001, message: 'long' });
  const all = told.all();
  expect(all).toHaveLength(52);
  expect(all.slice(-2)).toEqual([
    { severity: 'error', code: 'LINE_TOO_LONG', file: 'a.cfg', section: 'FW', line: 1001, message: 'long' },
    {
      severity: 'warning',
      code: 'UNKNOWN_KEYWORD',
      file: 'a.cfg',
      section: 'FW',
      message: 'and 950 more problems UNKNOWN_KEYWORD in this file, not listed',
    },
  ]);
});

test('every code is in capitals and says something in sentences', () => {
  for (const [code, { says }] of Object.entries(problemCodes)) {
    expect(code).toMatch(/^[A-Z][A-Z_]+[A-Z]$/);
    expect(says).toMatch(/^[A-Z[].*[.?]$/);
  }
});
