import { expect, test } from 'vitest';
import { junitReport } from '../../src/report/junit.ts';

test('suites, cases, failures and what is said beside them', () => {
  const report = junitReport('all', [
    {
      name: 'a.cfg',
      cases: [
        { name: 'good', className: 'a', timeMs: 1500, output: 'said' },
        {
          name: 'bad',
          className: 'a',
          failure: { type: 'RULE', message: 'what', text: 'all of it' },
          output: 'x',
        },
      ],
    },
    { name: 'empty', cases: [] },
  ]);
  expect(report).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="all" tests="2" failures="1" errors="0" time="1.500">
  <testsuite name="a.cfg" tests="2" failures="1" errors="0" time="1.500">
    <testcase name="good" classname="a" time="1.500">
      <system-out>said</system-out>
    </testcase>
    <testcase name="bad" classname="a" time="0.000">
      <failure type="RULE" message="what">all of it</failure>
      <system-out>x</system-out>
    </testcase>
  </testsuite>
  <testsuite name="empty" tests="0" failures="0" errors="0" time="0.000">
  </testsuite>
</testsuites>
`);
});

const texts: [title: string, text: string, attribute: string, content: string][] = [
  [
    'marks of XML',
    `<a & "b" 'c'>`,
    '&lt;a &amp; &quot;b&quot; &apos;c&apos;&gt;',
    '&lt;a &amp; &quot;b&quot; &apos;c&apos;&gt;',
  ],
  ['the end of a CDATA section', ']]>', ']]&gt;', ']]&gt;'],
  ['line ends and tabs, which attributes would lose', 'a\tb\r\nc\rd', 'a&#9;b&#10;c&#10;d', 'a\tb\nc\nd'],
  ['control characters, which XML has no way to say', 'a\0b\u001b[1mc\u0007', 'a?b?[1mc?', 'a?b?[1mc?'],
  ['halves of characters and what is none', 'a\ud800b\uffffc', 'a?b?c', 'a?b?c'],
  ['letters beyond the sixteenth bit', 'a\u{1f4de}é', 'a\u{1f4de}é', 'a\u{1f4de}é'],
];

test.for(texts)('takes %s', ([, text, attribute, content]) => {
  const failure = { type: text, message: text, text };
  const report = junitReport(text, [{ name: text, cases: [{ name: text, className: text, failure }] }]);
  expect(
    report.split('\n').slice(1).join('\n'),
  ).toBe(`<testsuites name="${attribute}" tests="1" failures="1" errors="0" time="0.000">
  <testsuite name="${attribute}" tests="1" failures="1" errors="0" time="0.000">
    <testcase name="${attribute}" classname="${attribute}" time="0.000">
      <failure type="${attribute}" message="${attribute}">${content}</failure>
    </testcase>
  </testsuite>
</testsuites>
`);
});
