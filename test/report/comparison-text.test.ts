import { expect, test } from 'vitest';
import { comparePhone, comparisonOf } from '../../src/report/compare.ts';
import { comparisonLines } from '../../src/report/comparison-text.ts';
import { plainPalette } from '../../src/report/palette.ts';
import { anOutcome, aRequest } from './an-outcome.ts';

const file = (name: string, parts: Parameters<typeof aRequest>[0] = {}) =>
  aRequest({ section: 'LOGIN_BANNER', url: `http://10.0.0.1/phones/${name}`, ...parts });
const a = anOutcome({ requests: [aRequest(), file('b.txt'), file('old.txt')] });
const b = anOutcome({
  requests: [aRequest({ ms: 4 }), file('b.txt', { result: 'NOT_FOUND', bytes: 0 }), file('new\u001b.txt')],
  state: 'login',
});
const comparison = comparisonOf({ a: 'old', b: 'new', seed: '1' }, [
  comparePhone({ name: '1230 one', timed: true }, a, b),
  comparePhone({ name: '1230 two', timed: false }, a, a),
]);
const text = (columns: number, show: 'all' | 'differing') => [
  ...comparisonLines(comparison, { columns, palette: plainPalette, letters: 'ascii' }, show),
];

test('on a wide terminal requests stand side by side', () => {
  expect(text(100, 'all')).toEqual([
    '- A old',
    '+ B new',
    'seed 1',
    '',
    '1230 one: differs',
    '   A                   B                  asked for',
    '   ok 412 B 2ms        ok 412 B 4ms       1230SIP.cfg',
    '!  ok 412 B 2ms        NOT_FOUND 2ms      b.txt',
    '-  ok 412 B 2ms        not asked          old.txt',
    '+  not asked           ok 412 B 2ms       new?.txt',
    '   ok: 3, 1.2 kB, 6ms  ok: 3, 824 B, 8ms  in all',
    '! state',
    '    - idle',
    '    + login',
    '',
    '1230 two: the same',
    '  A              B              asked for',
    '  ok 412 B       ok 412 B       1230SIP.cfg',
    '  ok 412 B       ok 412 B       b.txt',
    '  ok 412 B       ok 412 B       old.txt',
    '  ok: 3, 1.2 kB  ok: 3, 1.2 kB  in all',
    '',
    'differs: 1 of 2',
  ]);
});

test('on a narrow one they stand below each other, and nothing is wider than it', () => {
  const lines = text(40, 'differing');
  expect(lines.slice(3, 12)).toEqual([
    '',
    '1230 one: differs',
    '  1230SIP.cfg',
    '    - ok 412 B 2ms',
    '    + ok 412 B 4ms',
    '! b.txt',
    '    - ok 412 B 2ms',
    '    + NOT_FOUND 2ms',
    '- old.txt',
  ]);
  expect(lines.filter((line) => line.length > 40)).toEqual([]);
  expect(lines.filter((line) => line.includes('two'))).toEqual([]);
});

const fleets = comparisonOf({ a: 'monday', b: 'tuesday', seed: null }, [
  {
    ...comparePhone({ name: 'http', timed: true }, a, a),
    ...{ differs: true, requests: [], a: null, b: null },
    differences: [
      { about: 'http.boot.latency.p95', a: '1.2s', b: '2.4s', change: '+100%' },
      { about: 'http.boot.failed', a: '0', b: '12' },
      { about: 'http.checkSync.failed', a: null, b: '1' },
    ],
  },
]);
const fleetText = (columns: number) => [
  ...comparisonLines(fleets, { columns, palette: plainPalette, letters: 'ascii' }, 'differing'),
];

test('figures of fleets stand in a table with their change', () => {
  expect(fleetText(80).slice(3, 8)).toEqual([
    'http: differs',
    '                          A     B  change',
    'http.boot.latency.p95  1.2s  2.4s  +100%',
    'http.boot.failed          0    12',
    'http.checkSync.failed  none     1',
  ]);
});

test('and below each other on a narrow terminal', () => {
  expect(fleetText(40).slice(3, 9)).toEqual([
    'http: differs',
    '! http.boot.latency.p95 (+100%)',
    '    - 1.2s',
    '    + 2.4s',
    '! http.boot.failed',
    '    - 0',
  ]);
});
