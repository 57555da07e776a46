import { expect, test } from 'vitest';
import { resultMarkdown } from '../../src/report/result-markdown.ts';
import { aResult, aScenario, hostileText, unmetExpectation } from './a-result.ts';

test('a table of all scenarios, and what did not pass in full', () => {
  const report = resultMarkdown(
    aResult([
      aScenario({ variant: { protocol: 'tftp' } }),
      aScenario({ id: 'b.yaml', group: 'faults', title: 'A | B', expectations: [unmetExpectation()] }),
      aScenario({ id: 'c.yaml', title: 'C', error: 'port 69 is taken', expectations: [], tookMs: null }),
    ]),
  );
  expect(report).toMatchInlineSnapshot(`
    "# 1 of 3 scenarios failed, and 1 of 3 scenarios could not be run to its end

    1 passed, 1 failed, 1 error, 2 expectations, 3 phones, 1.3s

    | Verdict | Scenario | Folder | Held | By the phone | By this machine |
    | --- | --- | --- | ---: | ---: | ---: |
    | **error** | C | boot | 0 of 0 |  | 40ms |
    | **failed** | A \\| B | faults | 0 of 1 | 1m 31s | 40ms |
    | passed | A phone boots \\[tftp\\] | boot | 1 of 1 | 1m 31s | 40ms |

    ## error: C

    \`\`\`text
    port 69 is taken
    \`\`\`

    Replay: \`deskphone run boot/first.yaml --seed 1\`

    ## failed: A \\| B

    1 of 1 expectation does not hold

    **flash** of 001B4F123001, \`boot/first.yaml:12:7\`

    \`\`\`text
    expected:
      LANGUAGE: 000001
      TONES: 000001
    found:
      LANGUAGE: none
      TONES: 000001
    around it:
       89.025  languages/French.lng  NOT_FOUND: HTTP 404 (after 1ms)
                                     look at: The name, capitals included.
    \`\`\`

    Replay: \`deskphone run boot/first.yaml --seed 1\`

    deskphone-emulator 0.1.0, Node.js v20.20.2, linux x64, started 2026-03-02T09:00:00.000Z
    "
  `);
});

test('foreign text is text: no tag, no link, no cell of its own, no end of a fence', () => {
  const title = `${hostileText}\n# no heading`;
  const found = 'a\n````\n# b';
  const report = resultMarkdown(
    aResult([aScenario({ title, replay: 'deskphone run `a`', expectations: [unmetExpectation({ found })] })]),
  );
  expect(report).not.toContain('<script>');
  expect(report).not.toContain('[l](');
  expect(report).not.toMatch(/^# no heading/m);
  expect(report).toContain('`````text\n');
  expect(report).toContain('`` deskphone run `a` ``');
  const row = report.split('\n').find((line) => line.startsWith('| **failed**')) ?? '';
  expect(row.replaceAll('\\|', '').split('|')).toHaveLength(8);
});

test('a run of nothing says so', () => {
  expect(resultMarkdown(aResult([])).split('\n')[0]).toBe('# No scenario was run');
});

test('long runs are cut, and say by how much', () => {
  const many = Array.from({ length: 320 }, (_, index) =>
    aScenario({ id: `${index}.yaml`, expectations: [unmetExpectation()] }),
  );
  const report = resultMarkdown(aResult(many));
  expect(report).toContain('And 20 more scenarios.');
  expect(report).toContain('And 290 more scenarios that did not pass.');
});
