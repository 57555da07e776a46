import { expect, test } from 'vitest';
import { readAnyResult, readResult } from '../../src/report/read-result.ts';
import { renderReport } from '../../src/report/render-result.ts';
import { aResult, aScenario, unmetExpectation } from './a-result.ts';

test('a result written is read back as it was', () => {
  const result = aResult([aScenario(), aScenario({ expectations: [unmetExpectation()], why: 'M44 p52' })]);
  expect(readResult(renderReport('json', result))).toEqual({ result });
});

test('keys of a later version are passed over', () => {
  const result = aResult();
  expect(readResult(JSON.stringify({ ...result, later: 1 }))).toEqual({ result });
});

const wrong: [title: string, text: string, problems: readonly string[]][] = [
  ['no JSON', '{', ['is no JSON; expected a file of deskphone run --report json=FILE']],
  [
    'an outcome',
    '{"type":"outcome"}',
    ['type: found "outcome"; expected "result", as deskphone run --report json=FILE writes it'],
  ],
  ['a list', '[]', ['type: found none; expected "result", as deskphone run --report json=FILE writes it']],
  ['nothing', 'null', ['type: found none; expected "result", as deskphone run --report json=FILE writes it']],
  ['a later version', '{"type":"result","version":2}', ['version: found 2; this deskphone reads 1']],
];

test.for(wrong)('%s is refused', ([, text, problems]) => {
  expect(readResult(text)).toEqual({ problems });
});

const neither: [title: string, text: string, problem: string][] = [
  ['no JSON', '', 'is no JSON; expected a file of deskphone run or fleet --report json=FILE'],
  [
    'an outcome',
    '{"type":"outcome"}',
    'type: found "outcome"; expected "result" or "fleet-result", as deskphone run or fleet --report json=FILE writes it',
  ],
];

test.for(neither)('%s is a result of neither scenarios nor a fleet', ([, text, problem]) => {
  expect(readAnyResult(text)).toEqual({ problems: [problem] });
});

test('what is wrong is told by key, and not without end', () => {
  const result = aResult(Array.from({ length: 30 }, () => aScenario()));
  const text = JSON.stringify(result).replaceAll('"verdict":"passed"', '"verdict":"fine"');
  const reading = readResult(text);
  const problems = 'problems' in reading ? reading.problems : [];
  expect(problems).toHaveLength(11);
  expect(problems[1]).toBe('scenarios[0].verdict: found "fine"; expected one of passed, failed, error');
  expect(problems.at(-1)).toBe('and 21 more');
});
