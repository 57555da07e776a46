import type { Finding } from './finding-list.ts';
import type { LintReportData } from './lint-report.schema.ts';
import type { LintReport } from './lint-tree.ts';
import type { Matrix } from './matrix.ts';
import { ruleOf } from './rules.ts';

/** A report as JSON has it, with the texts of the rules that found something. */
export function reportData(report: LintReport): LintReportData {
  const { tree, files, userFiles, counts, findings, unlisted, matrix } = report;
  return {
    version: 1,
    tree,
    files,
    userFiles,
    counts,
    findings: findings.map(findingData),
    unlisted: Object.fromEntries(unlisted),
    rules: Object.fromEntries(
      [...new Set(findings.map(({ rule }) => rule))].map((rule) => {
        const { what, why, source, mend, fixable = false } = ruleOf(rule);
        return [rule, { what, why, source, mend, fixable }];
      }),
    ),
    matrix: matrixData(matrix),
  };
}

export function findingData(finding: Finding): LintReportData['findings'][number] {
  const { rule, severity, file, line, section, message, files } = finding;
  return { rule, severity, file, line: line ?? null, section: section ?? null, message, files };
}

/** The same, as lists that may be written to. */
function matrixData({ phones, rows }: Matrix): LintReportData['matrix'] {
  return { phones: [...phones], rows: rows.map((row) => ({ ...row, cells: [...row.cells] })) };
}
