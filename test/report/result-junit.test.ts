import fc from 'fast-check';
import { expect, test } from 'vitest';
import { resultJunit } from '../../src/report/result-junit.ts';
import { anExpectation, aResult, aScenario, hostileText, unmetExpectation } from './a-result.ts';
import { complaintsOfJenkins, parseXml } from './jenkins-schema.ts';

test('a suite a folder, a case a scenario; a failure says expected, found, where, the facts and how to replay', () => {
  const report = resultJunit(
    aResult([
      aScenario(),
      aScenario({
        id: 'faults/no-language.yaml [http 1230]',
        file: 'faults/no-language.yaml',
        group: 'faults',
        title: 'A missing language is not stored',
        variant: { protocol: 'http', model: '1230' },
        expectations: [
          unmetExpectation(),
          unmetExpectation({ word: 'exit', expected: '0', found: '3', facts: [] }),
        ],
      }),
      aScenario({
        id: 'boot/b.yaml',
        file: './boot/b.1.yml',
        title: 'It cannot listen',
        error: 'port 69 is taken',
      }),
    ]),
  );
  expect(report).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="deskphone run" tests="3" failures="1" errors="1" time="0.120">
      <testsuite name="boot" tests="2" failures="0" errors="1" time="0.080">
        <testcase name="A phone boots" classname="boot.first" time="0.040">
          <system-out>boot/first.yaml
    1 expectation holds
    seed 1, 1m 31s by the clock of the phones
    replay: deskphone run boot/first.yaml --seed 1</system-out>
        </testcase>
        <testcase name="It cannot listen" classname="boot.b_1" time="0.040">
          <error type="error" message="port 69 is taken">port 69 is taken

    replay: deskphone run boot/first.yaml --seed 1</error>
          <system-out>boot/b.yaml
    could not be run to its end: port 69 is taken
    seed 1, 1m 31s by the clock of the phones
    replay: deskphone run boot/first.yaml --seed 1</system-out>
        </testcase>
      </testsuite>
      <testsuite name="faults" tests="1" failures="1" errors="0" time="0.040">
        <testcase name="A missing language is not stored [http 1230]" classname="faults.no-language" time="0.040">
          <failure type="flash" message="flash: expected LANGUAGE: 000001, TONES: 000001; found LANGUAGE: none, TONES: 000001 (and 1 more)">boot/first.yaml:12:7: flash of 001B4F123001
      expected:
        LANGUAGE: 000001
        TONES: 000001
      found:
        LANGUAGE: none
        TONES: 000001
      around it:
         89.025  languages/French.lng  NOT_FOUND: HTTP 404 (after 1ms)
                                       look at: The name, capitals included.

    boot/first.yaml:12:7: exit of 001B4F123001
      expected:
        0
      found:
        3

    replay: deskphone run boot/first.yaml --seed 1</failure>
          <system-out>faults/no-language.yaml [http 1230]
    2 of 2 expectations do not hold
    seed 1, 1m 31s by the clock of the phones
    replay: deskphone run boot/first.yaml --seed 1</system-out>
        </testcase>
      </testsuite>
    </testsuites>
    "
  `);
});

test('whatever names and texts hold, Jenkins takes it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.boolean(), (random, broken) => {
      const text = `${random}${hostileText}`;
      const expectation = unmetExpectation({
        word: text,
        expected: text,
        found: text,
        where: { file: text, line: 1, column: 1 },
      });
      const report = resultJunit(
        aResult([
          aScenario({
            ...{ id: text, file: text, group: text, title: text, seed: text, replay: text },
            expectations: [anExpectation(), expectation],
            ...(broken && { error: text }),
          }),
        ]),
      );
      expect(complaintsOfJenkins(report)).toEqual([]);
    }),
    { numRuns: 30 },
  );
});

const broken: [title: string, report: string, said: readonly string[]][] = [
  [
    'an attribute nobody knows',
    '<testsuites><testsuite name="a" tests="0" failures="0" errors="0" colour="x"/></testsuites>',
    ['testsuite has colour'],
  ],
  [
    'a suite without its counts',
    '<testsuites><testsuite name="a" tests="0"/></testsuites>',
    ['testsuite lacks failures', 'testsuite lacks errors'],
  ],
  ['a time in words', '<testsuites time="2s"/>', ['testsuites has the time 2s']],
  ['a case outside a suite', '<testsuites><testcase name="a"/></testsuites>', ['testsuites holds testcase']],
  ['text where none belongs', '<testsuites>x</testsuites>', ['testsuites holds text']],
];

test.for(broken)('the rules of the schema tell %s', ([, report, said]) => {
  expect(complaintsOfJenkins(`<?xml version="1.0" encoding="UTF-8"?>\n${report}`)).toEqual(said);
});

test.for([
  ['<a>&</a>'],
  ['<a></b>'],
  ['<a b="<"/>'],
  ['<a>\u0001</a>'],
  ['<a/><b/>'],
  ['<a b="1" b="2"/>'],
  ['<a>]]></a>'],
])('the reader of the tests refuses %j', ([text]) => {
  expect(() => parseXml(`<?xml version="1.0" encoding="UTF-8"?>\n${text}`)).toThrow();
});
