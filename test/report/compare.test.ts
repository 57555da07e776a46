import { expect, test } from 'vitest';
import { comparePhone, comparisonOf } from '../../src/report/compare.ts';
import { comparisonSchema } from '../../src/report/comparison.schema.ts';
import type { Outcome } from '../../src/report/outcome.ts';
import { anOutcome, aRequest } from './an-outcome.ts';

const compared = (a: Outcome | null, b: Outcome | null) => comparePhone({ name: 'p', timed: true }, a, b);
const asking = (...requests: Parameters<typeof aRequest>[0][]) =>
  anOutcome({
    requests: [aRequest(), ...requests.map((one) => aRequest({ section: 'LOGIN_BANNER', ...one }))],
  });
const problem = (line: number, message: string) =>
  ({ severity: 'warning', file: '1230SIP.cfg', line, code: 'UNKNOWN_KEYWORD', message }) as const;
const stored = (version: string) =>
  ({
    check: 1,
    section: 'LOGIN_BANNER',
    decision: 'download',
    why: 'newer',
    result: 'stored',
    version,
  }) as const;

test.for<[rule: string, a: Outcome | null, b: Outcome | null, differs: boolean]>([
  ['the same is the same', anOutcome(), anOutcome(), false],
  ['latency never makes a difference', asking({ ms: 1 }), asking({ ms: 9_000 }), false],
  ['another size of a file does', asking({ bytes: 1 }), asking({ bytes: 2 }), true],
  [
    'what came of a file that failed on both sides does not',
    asking({ result: 'TIMEOUT', bytes: 1 }),
    asking({ result: 'TIMEOUT', bytes: 2 }),
    false,
  ],
  ['another result does', asking({}), asking({ result: 'NOT_FOUND' }), true],
  ['a request more does', asking(), asking({}), true],
  [
    'another order does',
    asking({ file: 'a', url: 'a' }, { url: 'b' }),
    asking({ url: 'b' }, { url: 'a' }),
    true,
  ],
  ['a repeat over HTTP was asked for by the server', asking({}), asking({ attempts: 2 }), true],
  [
    'a repeat over TFTP is a late answer',
    asking({ protocol: 'tftp' }),
    asking({ protocol: 'tftp', attempts: 2 }),
    false,
  ],
  ['another end does', anOutcome(), anOutcome({ state: 'login' }), true],
  [
    'another version in flash does',
    anOutcome({ sections: [stored('1')] }),
    anOutcome({ sections: [stored('2')] }),
    true,
  ],
  ['another setting does', anOutcome({ settings: { BANNER: 'A' } }), anOutcome({ settings: {} }), true],
  [
    'a problem in another line, of other words, is the same problem',
    anOutcome({ problems: [problem(4, 'x')] }),
    anOutcome({ problems: [problem(5, 'y')] }),
    false,
  ],
  [
    'a problem more often is not',
    anOutcome({ problems: [problem(4, 'x')] }),
    anOutcome({ problems: [problem(4, 'x'), problem(5, 'y')] }),
    true,
  ],
  [
    'a poll on another day, at the same time, is the same poll',
    anOutcome({ nextPoll: '2026-03-02T02:10:00.000Z' }),
    anOutcome({ nextPoll: '2026-03-03T02:10:00.000Z' }),
    false,
  ],
  ['a phone that was never on differs from one that was', null, anOutcome(), true],
  ['two that were never on do not', null, null, false],
])('%s', ([, a, b, differs]) => {
  const pair = compared(a, b);
  expect(pair.differs).toBe(differs);
  const comparison = comparisonOf({ a: 'A', b: 'B', seed: null }, [pair]);
  expect(comparison.differs).toBe(differs);
  expect(comparisonSchema.parse(comparison)).toEqual(comparison);
});

test('files are named as seen from the folder of the provisioning file', () => {
  const on = (host: string, folder: string, ...urls: readonly string[]) =>
    anOutcome({
      requests: [
        aRequest({ url: `http://${host}${folder}/1230SIP.cfg` }),
        ...urls.map((url) => aRequest({ section: 'LOGIN_BANNER', url })),
      ],
    });
  const a = on(
    'old:8080',
    '/a',
    'http://old:8080/a/b.txt',
    'tftp://old:69/a/t',
    'http://cdn/x',
    'http://old:8080/y',
  );
  const b = on('[::1]', '', 'http://[::1]/b.txt', 'tftp://[::1]:6969/t', 'http://cdn/x', 'http://old:8080/y');
  expect(compared(a, b).requests.map(({ asked, a, b }) => [asked, a !== null, b !== null])).toEqual([
    ['1230SIP.cfg', true, true],
    ['b.txt', true, true],
    ['tftp:t', true, true],
    ['http://cdn/x', true, true],
    ['/y', true, false],
    ['http://old:8080/y', false, true],
  ]);
});

test('where two protocols are compared, protocols are left out', () => {
  const http = asking({ url: 'http://10.0.0.1/phones/b.txt' });
  const tftp = anOutcome({
    requests: [
      aRequest({ url: 'tftp://10.0.0.2/1230SIP.cfg', protocol: 'tftp' }),
      aRequest({ url: 'http://10.0.0.2/b.txt', section: 'LOGIN_BANNER' }),
    ],
  });
  expect(compared(http, tftp).requests.map(({ asked, differs }) => [asked, differs])).toEqual([
    ['1230SIP.cfg', false],
    ['b.txt', false],
  ]);
});

test('both sides of each request and each difference stand side by side', () => {
  const a = anOutcome();
  const b = { ...asking({ url: 'http://10.0.0.1/phones/b.txt', bytes: 8, ms: 3 }), state: 'login' } as const;
  expect(compared(a, b)).toEqual({
    name: 'p',
    timed: true,
    differs: true,
    a: { ok: true, requests: 1, bytes: 412, ms: 2 },
    b: { ok: true, requests: 2, bytes: 420, ms: 5 },
    requests: [
      {
        asked: '1230SIP.cfg',
        check: 1,
        a: { result: 'ok', bytes: 412, attempts: 1, ms: 2 },
        b: { result: 'ok', bytes: 412, attempts: 1, ms: 2 },
        differs: false,
      },
      { asked: 'b.txt', check: 1, a: null, b: { result: 'ok', bytes: 8, attempts: 1, ms: 3 }, differs: true },
    ],
    differences: [{ about: 'state', a: 'idle', b: 'login' }],
  });
});
