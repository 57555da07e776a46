import { expect, test } from 'vitest';
import { resultOf } from '../../src/report/result.ts';
import { restoredResult, storedResult } from '../../src/report/stored-result.ts';
import { run } from '../scenario/scenario-file.ts';

const environment = {
  product: '1.0.0',
  node: 'v20.0.0',
  platform: 'linux x64',
  startedAt: '2026-03-02T08:00:00.000Z',
  tookMs: 1,
  workers: 1,
  scenarioMs: {},
  directory: '.',
};

const text =
  'version: 1\ntitle: t\ntimings: none\nserver: { files: { 1230SIP.cfg: "" } }\nexpect: [{ state: login }]';

test('what was measured over sockets is written apart, and is there again when it is read', async () => {
  const [virtual, real] = [await run(text), await run(text, { time: 'real' })].map(({ result }) => result);
  const whole = resultOf(
    [virtual, real].flatMap((one) => one ?? []),
    environment,
  );
  const stored = storedResult(whole);
  expect(restoredResult(stored)).toEqual(whole);
  expect(stored.scenarios[0]).toEqual(virtual);
  expect(stored.scenarios[1]).toMatchObject({
    verdict: 'passed',
    expectations: [{ word: 'state', holds: true, expected: 'login', found: '', at: 0 }],
    phones: [{ outcome: null, story: { lines: [], screens: [] } }],
  });
});

test('a run in virtual time is written as it is', async () => {
  const { result } = await run(text);
  const whole = resultOf([result], environment);
  expect(storedResult(whole)).toBe(whole);
  expect(restoredResult(whole)).toBe(whole);
});
