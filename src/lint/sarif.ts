import { pathToFileURL } from 'node:url';
import type { Severity } from '../provisioning/words.ts';
import type { Finding } from './finding-list.ts';
import type { LintReport } from './lint-tree.ts';
import { type RuleId, ruleOf } from './rules.ts';

/**
 * A report as a SARIF 2.1.0 log (OASIS), as code scanners take it: one run, its rules, a result a finding.
 * Paths are relative to the tree.
 */
export function sarifOf(report: LintReport) {
  const rules = [...new Set(report.findings.map(({ rule }) => rule))];
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'deskphone lint', rules: rules.map(sarifRule) },
        },
        originalUriBaseIds: { TREE: { uri: baseOf(report) } },
        columnKind: 'unicodeCodePoints',
        results: report.findings.map((finding) => sarifResult(finding, rules.indexOf(finding.rule))),
      },
    ],
  };
}

/** SARIF's own words for how bad it is. */
const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  note: 'note',
};

function sarifRule(id: RuleId) {
  const { severity, what, why, source, mend } = ruleOf(id);
  return {
    id,
    shortDescription: { text: what },
    fullDescription: { text: `${what}. ${why}` },
    help: { text: `${mend} (Source: ${source})` },
    defaultConfiguration: { level: levels[severity] },
  };
}

function sarifResult({ rule, severity, file, line, message, files }: Finding, ruleIndex: number) {
  return {
    ruleId: rule,
    ruleIndex,
    level: levels[severity],
    message: { text: message },
    occurrenceCount: files,
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: file === '' ? '.' : encodeURI(file), uriBaseId: 'TREE' },
          ...(line !== undefined && { region: { startLine: line } }),
        },
      },
    ],
  };
}

/** With a slash at its end, as SARIF asks for (section 3.14.14). */
function baseOf({ tree, files }: LintReport): string {
  const uri = files === null ? tree : pathToFileURL(tree).href;
  return uri.endsWith('/') ? uri : `${uri}/`;
}
