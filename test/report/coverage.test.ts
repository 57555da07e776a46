import { expect, test } from 'vitest';
import { coverageOf, shareWords } from '../../src/report/coverage.ts';
import { coverageLines, coverageSummary } from '../../src/report/coverage-text.ts';
import { resultPage } from '../../src/report/html/result-page.ts';
import { plainPalette } from '../../src/report/palette.ts';
import { readResult } from '../../src/report/read-result.ts';
import type { Coverage } from '../../src/report/result.ts';
import { resultOf } from '../../src/report/result.ts';
import { resultJunit } from '../../src/report/result-junit.ts';
import { resultMarkdown } from '../../src/report/result-markdown.ts';
import { aResult, aScenario } from './a-result.ts';
import { complaintsOfJenkins } from './jenkins-schema.ts';

const shares = [
  {
    machine: 'phone',
    states: { all: 3, taken: 2, missed: ['phone.<b>'] },
    transitions: { all: 5, taken: 3, missed: ['phone.off: power.on -> phone.powered', 'x'] },
  },
  {
    machine: 'dhcp',
    states: { all: 1, taken: 1, missed: [] },
    transitions: { all: 0, taken: 0, missed: [] },
  },
];
const layout = { columns: 100, palette: plainPalette, letters: 'unicode' } as const;

/** A run in which all scenarios passed, with this coverage. */
const runWith = (coverage: Coverage) => resultOf([aScenario()], aResult().environment, coverage);

const demands: [title: string, wanted: Coverage['wanted'], enough: boolean][] = [
  ['nothing wanted is met', {}, true],
  ['three of four states are 75 %', { states: 75 }, true],
  ['and not 75.01 %', { states: 75.01 }, false],
  ['each kind is judged by its own', { states: 75, transitions: 61 }, false],
  ['all of both', { states: 100, transitions: 100 }, false],
];
test.for(demands)('%s', ([, wanted, enough]) => {
  const coverage = coverageOf(shares, wanted);
  expect(coverage).toEqual({
    machines: shares,
    states: { all: 4, taken: 3 },
    transitions: { all: 5, taken: 3 },
    wanted,
    enough,
  });
  expect(runWith(coverage).verdict).toBe(enough ? 'passed' : 'failed');
});

test.for([
  [2, 3, '2 of 3 (66.6 %)'],
  [9_999, 10_000, '9999 of 10000 (99.9 %)'],
  [3, 3, '3 of 3 (100 %)'],
  [0, 0, '0 of 0 (100 %)'],
] as const)('%i of %i: what is not whole is never rounded up to it', ([taken, all, words]) => {
  expect(shareWords({ taken, all })).toBe(words);
});

test('on a terminal: what was not taken, how much was, and what is wrong with that', () => {
  const coverage = coverageOf(shares, { states: 75, transitions: 90 });
  expect(coverageLines(coverage, layout)).toEqual([
    'states of phone not taken:',
    '  phone.<b>',
    'transitions of phone not taken:',
    '  phone.off: power.on -> phone.powered',
    '  x',
    'statechart coverage: states 3 of 4 (75 %), transitions 3 of 5 (60 %)',
    'statechart coverage is too low: wanted at least 90 % of all transitions, found 3 of 5 (60 %)',
  ]);
  expect(coverageSummary(coverageOf(shares, {}), layout)).toEqual([
    'statechart coverage: states 3 of 4 (75 %), transitions 3 of 5 (60 %)',
  ]);
});

test('JUnit: a case a demand, and none where nothing is wanted', () => {
  const report = resultJunit(runWith(coverageOf(shares, { states: 75, transitions: 90 })));
  expect(complaintsOfJenkins(report)).toEqual([]);
  expect(report.slice(report.indexOf('  <testsuite name="statechart'))).toMatchInlineSnapshot(`
    "  <testsuite name="statechart coverage" tests="2" failures="1" errors="0" time="0.000">
        <testcase name="at least 75 % of all states" classname="statechart coverage" time="0.000">
          <system-out>taken: 3 of 4 (75 %)</system-out>
        </testcase>
        <testcase name="at least 90 % of all transitions" classname="statechart coverage" time="0.000">
          <failure type="coverage" message="wanted at least 90 % of all transitions; found 3 of 5 (60 %)">not taken:
      phone.off: power.on -&gt; phone.powered
      x</failure>
          <system-out>taken: 3 of 5 (60 %)</system-out>
        </testcase>
      </testsuite>
    </testsuites>
    "
  `);
  expect(resultJunit(runWith(coverageOf(shares, {})))).toBe(resultJunit(aResult()));
});

test('Markdown: shares by machine, what was wanted, what was not taken', () => {
  const report = resultMarkdown(runWith(coverageOf(shares, { states: 75, transitions: 90 })));
  expect(report).toContain('# 1 scenario passed; statechart coverage is too low\n');
  expect(
    report.slice(report.indexOf('## Statechart'), report.indexOf('deskphone-emulator')),
  ).toMatchInlineSnapshot(`
    "## Statechart coverage

    | Machine | States | Transitions |
    | --- | ---: | ---: |
    | phone | 2 of 3 (66.6 %) | 3 of 5 (60 %) |
    | dhcp | 1 of 1 (100 %) | 0 of 0 (100 %) |
    | together | 3 of 4 (75 %) | 3 of 5 (60 %) |

    met: wanted at least 75 % of all states; found 3 of 4 (75 %)

    **not met**: wanted at least 90 % of all transitions; found 3 of 5 (60 %)

    Not taken:

    \`\`\`text
    phone.<b>
    phone.off: power.on -> phone.powered
    x
    \`\`\`

    "
  `);
});

test('the page: the same, and names are text', () => {
  const page = resultPage(runWith(coverageOf(shares, { states: 75, transitions: 90 })));
  expect(page).toContain('<h2 id="coverage">Statechart coverage</h2>');
  expect(page).toContain('<summary>states not taken: 1</summary>');
  expect(page).toContain('<code>phone.&lt;b&gt;</code>');
  expect(page).toContain('at least 90 % of all transitions: found 3 of 5 (60 %)');
  expect(resultPage(aResult())).not.toContain('coverage');
});

test('a result with coverage is read back as it was', () => {
  const result = runWith(coverageOf(shares, { states: 75 }));
  expect(readResult(JSON.stringify(result))).toEqual({ result });
});
