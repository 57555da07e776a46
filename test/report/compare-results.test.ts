import { expect, test } from 'vitest';
import { compareResults, otherSeeds } from '../../src/report/compare-results.ts';
import { aPhone, aResult, aScenario, unmetExpectation } from './a-result.ts';
import { anOutcome } from './an-outcome.ts';

const differing = (...sides: Parameters<typeof compareResults>) =>
  compareResults(...sides).flatMap(({ name, differences }) =>
    differences.map(({ about, a, b }) => [name, about, a, b]),
  );

test('a result is the same as itself', () => {
  expect(differing(aResult(), aResult())).toEqual([]);
  expect(compareResults(aResult(), aResult()).map(({ name }) => name)).toEqual([
    'boot/first.yaml',
    'boot/first.yaml: 001B4F123001',
  ]);
});

test('verdicts, expectations and scenarios of one side differ, each under its name', () => {
  const a = aResult([aScenario(), aScenario({ id: 'a.yaml' })]);
  const b = aResult([aScenario({ expectations: [unmetExpectation()] }), aScenario({ id: 'b.yaml' })]);
  expect(differing(a, b)).toEqual([
    ['boot/first.yaml', 'scenario', 'passed', 'failed'],
    [
      'boot/first.yaml',
      'flash of 001B4F123001',
      null,
      'expected LANGUAGE: 000001\nTONES: 000001, did not hold',
    ],
    ['a.yaml', 'scenario', 'passed', null],
    ['b.yaml', 'scenario', null, 'passed'],
  ]);
});

test('a phone differs by what came of it', () => {
  const on = (state: 'idle' | 'login') => aScenario({ phones: [aPhone({ outcome: anOutcome({ state }) })] });
  expect(differing(aResult([on('idle')]), aResult([on('login')]))).toEqual([
    ['boot/first.yaml: 001B4F123001', 'state', 'idle', 'login'],
  ]);
});

test('latency is held together only where both went in virtual time, or neither', () => {
  const timed = (a: 'real' | 'jump' | 'virtual', b: typeof a) =>
    compareResults(aResult([aScenario({ time: a })]), aResult([aScenario({ time: b })]))[1]?.timed;
  expect([timed('virtual', 'virtual'), timed('real', 'jump'), timed('virtual', 'real')]).toEqual([
    true,
    true,
    false,
  ]);
});

test('scenarios of other seeds are named', () => {
  expect(otherSeeds(aResult(), aResult([aScenario({ seed: '2' })]))).toEqual(['boot/first.yaml']);
  expect(otherSeeds(aResult(), aResult())).toEqual([]);
});
