import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DialingPlan, parseDialingPlan } from '../../src/provisioning/dialing-plan.ts';
import { cpuMs, hostileFile, hostileFiles } from './linear.ts';

function parse(text: string): DialingPlan {
  return parseDialingPlan(Buffer.from(text, 'latin1'), 'plan.txt');
}

/** `line CODE message`, or without the line. */
function told({ problems }: DialingPlan): readonly string[] {
  return problems.map(
    ({ line, code, message }) => `${line === undefined ? '' : `${line} `}${code} ${message}`,
  );
}

function rulesOf(plan: DialingPlan) {
  return plan.rules.map(({ programs, ...rule }) => ({ ...rule, patterns: programs.length }));
}

test('the plan of the demo is read whole', () => {
  const plan = parseDialingPlan(readFileSync('fixtures/demo/dialplan.txt'), 'dialplan.txt');
  const result = 'sip:$$@$n;user=phone';
  expect({ ...plan, rules: rulesOf(plan) }).toEqual({
    dividers: 1,
    variables: new Map([['n', 'deskphone.example']]),
    problems: [],
    rules: [
      { line: 4, pattern: '112|911', result, timerMs: 1_000, isEmergency: false, patterns: 2 },
      { line: 5, pattern: 'X{4}', result, timerMs: 7_000, isEmergency: false, patterns: 1 },
      { line: 6, pattern: '9X{10}#', result, timerMs: 10_000, isEmergency: false, patterns: 1 },
      { line: 7, pattern: '9X{7,15}', result, timerMs: 5_000, isEmergency: false, patterns: 1 },
    ],
  });
});

describe('declarations', () => {
  const cases: [title: string, text: string, variables: [string, string][], problems: string[]][] = [
    [
      'are those of the manual',
      '$1="avaya.com"\n$2="Avaya"\n$3="."\n$a=Avaya.com\n%%\n',
      [
        ['1', 'avaya.com'],
        ['2', 'Avaya'],
        ['3', '.'],
        ['a', 'Avaya.com'],
      ],
      [],
    ],
    ['may have CR LF and blanks', ' $n = "a b.c" \r\n%%\r\n', [['n', 'a b.c']], []],
    [
      'may be empty',
      '$n=""\n$m=\n%%\n',
      [
        ['n', ''],
        ['m', ''],
      ],
      [],
    ],
    [
      'are told apart by case',
      '$n=a\n$N=b\n%%\n',
      [
        ['n', 'a'],
        ['N', 'b'],
      ],
      [],
    ],
    ['of one name: the last counts', '$n=a\n$n=b\n%%\n', [['n', 'b']], []],
    ['may have comments over lines', '/* one\n$m=x\n*/$n=a/* two */\n%%\n', [['n', 'a']], []],
    [
      'of two letters are skipped',
      '$nn=a\n$n=a\n%%\n',
      [['n', 'a']],
      ['1 DIAL_RULE "$nn=a" is skipped; expected $x=value'],
    ],
    [
      'of $$ are skipped',
      '$$=a\n$n=a\n%%\n',
      [['n', 'a']],
      ['1 DIAL_RULE "$$=a" is skipped; expected $x=value'],
    ],
    [
      'with a quote that is not closed are skipped',
      '$m="a\n$n=a\n%%\n',
      [['n', 'a']],
      ['1 DIAL_RULE "$m=\\"a" is skipped; expected $x=value'],
    ],
    [
      'of nothing are told: a domain is needed',
      '$t=100\n%%\n',
      [],
      ['DIAL_VARIABLE no variable is defined; expected one for the domain, such as $n'],
    ],
  ];
  test.for(cases)('%s', ([, text, variables, problems]) => {
    const plan = parse(text);
    expect([...plan.variables]).toEqual(variables);
    expect(told(plan)).toEqual(problems);
  });

  test('end with a comment that is not closed, and so does the plan', () => {
    expect(parse('$n=a\n/* one\n%%\nx && sip:$$\n')).toMatchObject({ dividers: 0, rules: [] });
  });
});

describe('the default timer', () => {
  const cases: [title: string, declaration: string, timerMs: number, problems: string[]][] = [
    ['is 10 s', '', 10_000, []],
    ['is $t', '$t=3000', 3_000, []],
    ['is $t in quotes', '$t="3000"', 3_000, []],
    ['stays when $t is no number', '$t=soon', 10_000, ['2 DIAL_RULE $t is "soon"; expected milliseconds']],
    ['stays when $t is negative', '$t=-1', 10_000, ['2 DIAL_RULE $t is "-1"; expected milliseconds']],
    ['stays when $t is empty', '$t=', 10_000, ['2 DIAL_RULE $t is ""; expected milliseconds']],
  ];
  test.for(cases)('%s', ([, declaration, timerMs, problems]) => {
    const plan = parse(`$n=a\n${declaration}\n%%\nx && sip:$$\n`);
    expect(plan.rules.map((rule) => rule.timerMs)).toEqual([timerMs]);
    expect(told(plan)).toEqual(problems);
  });
});

describe('a rule', () => {
  const emergency = { timerMs: 10_000, isEmergency: true };
  const cases: [title: string, rule: string, expected: object[], problems: string[]][] = [
    ['has a timer', 'x && sip:$$ && t=700', [{ timerMs: 700, isEmergency: false }], []],
    ['has the default one without', 'x && sip:$$', [{ timerMs: 10_000, isEmergency: false }], []],
    ['with an empty third part too', 'x && sip:$$ &&', [{ timerMs: 10_000, isEmergency: false }], []],
    ['may be an emergency call', '911|911# && sip:$$ && emergency', [emergency], []],
    [
      'may have both parameters, in any order',
      'x && sip:$$ && emergency | t=5',
      [{ ...emergency, timerMs: 5 }],
      [],
    ],
    ['needs no blanks', 'x&&sip:$$&&t=5|emergency', [{ ...emergency, timerMs: 5 }], []],
    [
      'with another parameter is taken without it',
      'x && sip:$$ && q=1',
      [{ timerMs: 10_000 }],
      ['3 DIAL_RULE "q=1" is ignored; expected t=MILLISECONDS or emergency'],
    ],
    [
      'with a timer that is no number is taken without it',
      'x && sip:$$ && t=1s',
      [{ timerMs: 10_000 }],
      ['3 DIAL_RULE "t=1s" is ignored; expected t=MILLISECONDS or emergency'],
    ],
    [
      'with a variable that is not defined is told',
      'x && sip:$$@$z',
      [{ result: 'sip:$$@$z' }],
      ['3 DIAL_VARIABLE $z is not defined; it stays as it stands'],
    ],
    [
      'without a result is skipped',
      'x{4}',
      [],
      ['3 DIAL_RULE "x{4}" is skipped; expected pattern && result && parameters'],
    ],
    [
      'without a pattern is skipped',
      '&& sip:$$',
      [],
      ['3 DIAL_RULE "&& sip:$$" is skipped; expected pattern && result && parameters'],
    ],
    [
      'of four parts is skipped',
      'x && sip:$$ && t=1 && t=2',
      [],
      ['3 DIAL_RULE "x && sip:$$ && t=1 && t=2" is skipped; expected pattern && result && parameters'],
    ],
    [
      'whose pattern cannot be read is skipped',
      'x+ && sip:$$',
      [],
      ['3 DIAL_RULE "x+ && sip:$$" is skipped; "+" is none of digits, *, #, A-D, x, [ ], { }, ( ) and |'],
    ],
    ['in a comment is none', '/* x && sip:$$ */', [], []],
  ];
  test.for(cases)('%s', ([, rule, expected, problems]) => {
    const plan = parse(`$n=a\n%%\n${rule}\n`);
    expect(plan.rules).toMatchObject(expected);
    expect(plan.rules).toHaveLength(expected.length);
    expect(told(plan)).toEqual(problems);
  });
});

describe('a plan', () => {
  const cases: [title: string, text: string, dividers: number, rules: number][] = [
    ['is divided once', '$n=a\n%%\nx && sip:$$\n', 1, 1],
    ['may have blanks around the divider', '$n=a\n %% \r\nx && sip:$$\n', 1, 1],
    ['has no rules without a divider', '$n=a\nx && sip:$$\n', 0, 0],
    ['is told to be divided twice', '%%\n%%\nx && sip:$$\n', 2, 1],
    ['is not divided by a comment', '/*\n%%\n*/\n', 0, 0],
    ['is not divided by what stands in a line', '$n=%%\n', 0, 0],
  ];
  test.for(cases)('%s', ([, text, dividers, rules]) => {
    expect(parse(text)).toMatchObject({ dividers, rules: Array.from({ length: rules }, () => ({})) });
  });

  test('is cut off beyond 500 rules, and says where', () => {
    const plan = parse(`$n=a\n%%\n${'x && sip:$$\n'.repeat(600)}`);
    expect(plan.rules).toHaveLength(500);
    expect(told(plan)).toEqual([
      '503 DIAL_RULE the plan is cut off here: it has more than 500 rules, or longer ones than are taken',
    ]);
  });

  test('is cut off beyond 20,000 steps of its patterns', () => {
    const plan = parse(`$n=a\n%%\n${'x{64}x{64}x{64} && sip:$$\n'.repeat(400)}`);
    expect(plan.rules).toHaveLength(Math.ceil(20_000 / 193));
  });
});

test('any bytes are read, and nothing is thrown', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.uint8Array({ maxLength: 300 }), (head, map) => {
      const bytes = Buffer.concat([head, Buffer.from('\n%%\n'), map]);
      expect(parseDialingPlan(bytes, 'plan.txt').rules.length).toBeLessThanOrEqual(500);
    }),
  );
});

const patterns: [title: string, pattern: string][] = [
  ...hostileFiles,
  ['comments that open', '/*'],
  ['comments', '/* */'],
  ['dividers', '%%\n'],
  ['long rules', `x{64}${'|x{64}'.repeat(300)} && sip:$$\n`],
  ['ampersands', '&&'],
];

test.for(patterns)('a file full of %s is read in linear time', ([, pattern]) => {
  const [small, large] = [64 * 1024, 256 * 1024].map((sizeBytes) => {
    const bytes = hostileFile(pattern, sizeBytes);
    bytes.set(Buffer.from('%%\n'), 0);
    return cpuMs(() => parseDialingPlan(bytes, 'plan.txt'));
  });
  expect(large ?? 0).toBeLessThan(8 * (small ?? 0) + 200);
});
