import type { Problem } from '../provisioning/problem.ts';
import { type SectionName, type Severity, severities } from '../provisioning/words.ts';
import { type RuleId, ruleIdOf, ruleOf } from './rules.ts';
import { isUserFile } from './user-file-name.ts';

/** Something to mend in a tree. */
export interface Finding {
  readonly rule: RuleId;
  readonly severity: Severity;
  /** Path from the root of the tree; of several files that say the same, the first. Empty: the whole tree. */
  readonly file: string;
  /** 1-based; absent: about the whole file. */
  readonly line?: number;
  readonly section?: SectionName;
  /** What, what was found, what was expected. */
  readonly message: string;
  /** How many SIP<MAC>.cfg say the same; 1 for every other file. */
  readonly files: number;
}

/** Where and what; rule and severity are known by the rule. */
export type Told = Pick<Finding, 'file' | 'line' | 'section' | 'message'>;

interface Listed {
  readonly finding: Finding;
  files: number;
  lastFile: string;
}

/** Different findings listed for one rule. Our own limit, so that 100,000 bad files stay readable. */
const FINDINGS_PER_RULE_MAX = 500;

/**
 * Collects findings, bounded: what SIP<MAC>.cfg files say alike is one finding with a count, and beyond a
 * limit findings of a rule are only counted. What was told before in the same place is not told again.
 */
export class FindingList {
  /** Findings of each rule that are not listed. */
  readonly unlisted = new Map<RuleId, number>();
  readonly #allowed: ReadonlySet<string>;
  readonly #byRule = new Map<RuleId, Map<string, Listed>>();

  constructor(allowed: readonly string[] = []) {
    this.#allowed = new Set(allowed);
  }

  tell(rule: RuleId, told: Told): void {
    if (this.#allowed.has(rule)) return;
    const { severity } = ruleOf(rule);
    let ofRule = this.#byRule.get(rule);
    if (ofRule === undefined) {
      ofRule = new Map();
      this.#byRule.set(rule, ofRule);
    }
    const key = isUserFile(told.file) ? told.message : `${told.file}\n${told.line ?? ''}\n${told.message}`;
    const known = ofRule.get(key);
    if (known === undefined && ofRule.size >= FINDINGS_PER_RULE_MAX) {
      this.unlisted.set(rule, (this.unlisted.get(rule) ?? 0) + 1);
    } else if (known === undefined) {
      ofRule.set(key, { finding: { rule, severity, ...told, files: 1 }, files: 1, lastFile: told.file });
    } else if (known.lastFile !== told.file) {
      known.files++;
      known.lastFile = told.file;
    }
  }

  /** Problems that a reader or a check found, in `file`; `line` for those that name none themselves. */
  tellAll(problems: readonly Problem[], file: string, line?: number): void {
    for (const { code, section, message, ...at } of problems) {
      const place = at.line ?? line;
      this.tell(ruleIdOf(code), {
        file,
        message,
        ...(place !== undefined && { line: place }),
        ...(section !== undefined && { section }),
      });
    }
  }

  /** All of them, the worst first: files by the worst in them, then severity, then lines. */
  all(): readonly Finding[] {
    const findings = [...this.#byRule.values()].flatMap((ofRule) =>
      [...ofRule.values()].map(({ finding, files }) => ({ ...finding, files })),
    );
    const worst = new Map<string, number>();
    for (const { file, severity } of findings) {
      worst.set(placeOf(file), Math.max(worst.get(placeOf(file)) ?? 0, severities.indexOf(severity)));
    }
    return findings.toSorted(
      (a, b) =>
        (worst.get(placeOf(b.file)) ?? 0) - (worst.get(placeOf(a.file)) ?? 0) ||
        inOrder(placeOf(a.file), placeOf(b.file)) ||
        severities.indexOf(b.severity) - severities.indexOf(a.severity) ||
        (a.line ?? LAST) - (b.line ?? LAST) ||
        inOrder(a.rule, b.rule) ||
        inOrder(a.file, b.file),
    );
  }

  /** How many findings there are of each severity, unlisted ones included. */
  counts(): Readonly<Record<Severity, number>> {
    const counts = { error: 0, warning: 0, note: 0 };
    for (const [rule, ofRule] of this.#byRule) {
      for (const { files } of ofRule.values()) counts[ruleOf(rule).severity] += files;
    }
    for (const [rule, count] of this.unlisted) counts[ruleOf(rule).severity] += count;
    return counts;
  }
}

/** What is about a whole file comes behind what is in it: it is often its consequence. */
const LAST = Number.MAX_SAFE_INTEGER;

/** What stands for all SIP<MAC>.cfg in a list of files. */
export const USER_FILES = 'SIP<MAC>.cfg';

/** The file a finding is listed under: phones' own files stand together. */
export function placeOf(file: string): string {
  return isUserFile(file) ? USER_FILES : file;
}

/** By code units, the same on every machine. */
function inOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
