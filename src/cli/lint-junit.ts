import { type Finding, placeOf } from '../lint/finding-list.ts';
import type { LintReport } from '../lint/lint-tree.ts';
import { ruleOf } from '../lint/rules.ts';
import { type Severity, severities } from '../provisioning/words.ts';
import { type JunitCase, type JunitSuite, junitReport } from '../report/junit.ts';

/**
 * A report as JUnit: a suite a file, a case a finding. It fails from the severity `failOn` on; what is milder
 * passes and is said all the same. A tree without findings is one case that passed.
 */
export function junitOfLint(report: LintReport, failOn: Severity): string {
  const suites = new Map<string, JunitCase[]>();
  for (const finding of report.findings) {
    const name = suiteNameOf(finding, report);
    const cases = suites.get(name) ?? [];
    suites.set(name, cases);
    cases.push(caseOf(finding, name, failOn));
  }
  const listed: readonly JunitSuite[] = [...suites].map(([name, cases]) => ({ name, cases }));
  const clean: JunitSuite = {
    name: report.tree,
    cases: [{ name: 'nothing to mend', className: report.tree }],
  };
  return junitReport('deskphone lint', listed.length === 0 ? [clean] : listed);
}

function suiteNameOf({ file }: Finding, { tree }: LintReport): string {
  return file === '' ? tree : placeOf(file);
}

function caseOf(
  { rule, severity, file, line, message, files }: Finding,
  className: string,
  failOn: Severity,
): JunitCase {
  const { why, mend, source } = ruleOf(rule);
  const place = line === undefined ? file : `${file}:${line}`;
  const many = files > 1 ? `\nIn ${files} files.` : '';
  const text = `${place}: ${severity}: ${message}${many}\n${why}\n${mend}\n(${source})`;
  const named = { name: `${rule} ${place}: ${message}`, className };
  return severities.indexOf(severity) >= severities.indexOf(failOn)
    ? { ...named, failure: { type: rule, message, text } }
    : { ...named, output: text };
}
