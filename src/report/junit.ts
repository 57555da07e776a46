/** A test as JUnit reports have it. */
export interface JunitCase {
  readonly name: string;
  /** What servers group cases by: a file, a folder. */
  readonly className: string;
  readonly timeMs?: number;
  /** Absent, and no error either: it passed. */
  readonly failure?: JunitProblem;
  /** It could not be run to its end. */
  readonly error?: JunitProblem;
  /** Said beside the verdict. */
  readonly output?: string;
}

export interface JunitProblem {
  readonly type: string;
  readonly message: string;
  readonly text: string;
}

export interface JunitSuite {
  readonly name: string;
  readonly cases: readonly JunitCase[];
}

/**
 * A JUnit report as Jenkins' xUnit schema (junit-10.xsd) has it: `testsuites`, `testsuite`, `testcase` with
 * `error` or `failure` before `system-out`. Takes any text: what XML 1.0 cannot hold becomes a `?`.
 */
export function junitReport(name: string, suites: readonly JunitSuite[]): string {
  const all = suites.flatMap(({ cases }) => cases);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${attributes({ name, ...tallied(all) })}>`,
    ...suites.flatMap(suiteLines),
    '</testsuites>',
    '',
  ].join('\n');
}

function suiteLines({ name, cases }: JunitSuite): readonly string[] {
  return [
    `  <testsuite ${attributes({ name, ...tallied(cases) })}>`,
    ...cases.flatMap(caseLines),
    '  </testsuite>',
  ];
}

function caseLines({ name, className, timeMs = 0, failure, error, output }: JunitCase): readonly string[] {
  const head = attributes({ name, classname: className, time: seconds(timeMs) });
  const inside = [
    ...problemLine('error', error),
    ...problemLine('failure', failure),
    ...(output === undefined ? [] : [`      <system-out>${escaped(output)}</system-out>`]),
  ];
  if (inside.length === 0) return [`    <testcase ${head}/>`];
  return [`    <testcase ${head}>`, ...inside, '    </testcase>'];
}

function problemLine(element: 'error' | 'failure', problem: JunitProblem | undefined): readonly string[] {
  if (problem === undefined) return [];
  const { type, message, text } = problem;
  return [`      <${element} ${attributes({ type, message })}>${escaped(text)}</${element}>`];
}

function tallied(cases: readonly JunitCase[]) {
  return {
    tests: String(cases.length),
    failures: String(cases.filter(({ failure }) => failure !== undefined).length),
    errors: String(cases.filter(({ error }) => error !== undefined).length),
    time: seconds(cases.reduce((sum, { timeMs = 0 }) => sum + timeMs, 0)),
  };
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

function attributes(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${escaped(value).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')}"`)
    .join(' ');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** XML 1.0, section 2.2: no control character but tab, LF and CR, no lone surrogate, no U+FFFE and U+FFFF. */
function escaped(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '?')
    .replace(/[&<>"']/g, (letter) => entities[letter] ?? letter);
}
