import { join } from 'node:path';
import { printable, wrap } from '../display/wrap.ts';
import { type Finding, placeOf, USER_FILES } from '../lint/finding-list.ts';
import type { LintReport } from '../lint/lint-tree.ts';
import type { Cell, Matrix } from '../lint/matrix.ts';
import { type RuleId, ruleOf } from '../lint/rules.ts';
import { type Severity, severities } from '../provisioning/words.ts';
import { COLUMNS_MIN, type Layout } from '../report/layout.ts';
import type { Tone } from '../report/palette.ts';
import { counted } from '../report/result-words.ts';
import { formatBytes } from '../report/sizes.ts';
import { layOutTable, type Cell as TableCell } from '../report/table.ts';

/** Findings of one rule shown for one file, and in all. The other formats have them all. */
const SHOWN_PER_FILE_MAX = 5;
const SHOWN_PER_RULE_MAX = 20;

const tones: Readonly<Record<Severity, Tone>> = { error: 'bad', warning: 'doubtful', note: 'quiet' };

/** A report for people: findings by file with the worst first, who fetches what, and one line at the end. */
export function* lintLines(
  report: LintReport,
  least: Severity,
  layout: Layout,
): Generator<string, void, undefined> {
  const shown = new Map<RuleId, number>();
  const listed = report.findings.filter(
    ({ severity }) => severities.indexOf(severity) >= severities.indexOf(least),
  );
  for (const [place, findings] of grouped(listed, ({ file }) => placeOf(file))) {
    let empty = true;
    for (const [rule, alike] of grouped(findings, (finding) => finding.rule)) {
      const before = shown.get(rule) ?? 0;
      const now = alike.slice(0, Math.min(SHOWN_PER_FILE_MAX, SHOWN_PER_RULE_MAX - before));
      shown.set(rule, before + now.length);
      if (now.length === 0) continue;
      if (empty && place === USER_FILES)
        yield layout.palette.strong(`${USER_FILES} (${counted(report.userFiles, 'file')})`);
      empty = false;
      for (const [index, finding] of now.entries()) {
        yield* findingLines(finding, report, layout);
        if (before + index === 0) yield* ruleLines(rule, layout);
      }
    }
    if (!empty) yield '';
  }
  yield* restLines(listed, shown, report);
  yield* matrixLines(report.matrix, layout);
  yield summaryOf(report);
}

/** What there is beside what was shown. */
function* restLines(
  listed: readonly Finding[],
  shown: ReadonlyMap<RuleId, number>,
  { unlisted }: LintReport,
): Generator<string, void, undefined> {
  let none = true;
  for (const [rule, count] of shown) {
    const all = listed.filter((finding) => finding.rule === rule).length + (unlisted.get(rule) ?? 0);
    if (all === count) continue;
    none = false;
    yield `and ${all - count} more ${rule}`;
  }
  if (!none) yield '';
}

/** In the order of the first of each. */
function grouped<T, K>(all: readonly T[], keyOf: (one: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const one of all) {
    const group = groups.get(keyOf(one));
    if (group === undefined) groups.set(keyOf(one), [one]);
    else group.push(one);
  }
  return groups;
}

function findingLines(finding: Finding, { tree, files }: LintReport, { columns, palette }: Layout): string[] {
  const { rule, severity, file, line, message, files: count } = finding;
  // A server's file may come from another place than its provisioning file: its name is all that is sure.
  const path = file === '' ? tree : files === null ? file : join(tree, file);
  const place = `${printable(path)}${line === undefined ? '' : `:${line}`}`;
  const many = count > 1 ? `  in ${count} files, such as this` : '';
  const head = `${palette.strong(place)}  ${palette[tones[severity]](severity)}  ${rule}${many}`;
  return [head, ...wrap(message, Math.max(COLUMNS_MIN, columns) - 4).map((text) => `    ${text}`)];
}

/** Said once for each rule. */
function ruleLines(rule: RuleId, { columns, palette }: Layout): string[] {
  const { why, source, mend, fixable } = ruleOf(rule);
  const width = Math.max(COLUMNS_MIN, columns) - 10;
  const labelled = (label: string, text: string) =>
    wrap(text, width).map((part, index) =>
      palette.quiet(`    ${index === 0 ? label : ' '.repeat(label.length)} ${part}`),
    );
  const byItself = fixable ? ' (--fix does it)' : '';
  return [...labelled('why: ', `${why} [${source}]`), ...labelled('mend:', `${mend}${byItself}`)];
}

function* matrixLines({ phones, rows }: Matrix, layout: Layout): Generator<string, void, undefined> {
  if (rows.length === 0) return;
  const columns = phoneColumns({ phones, rows });
  const titles =
    columns.length === 1 ? columns.map(({ title }) => title) : columns.map((_, at) => lettered(at));
  yield layout.palette.strong(`Who fetches what, and why${commonOf(phones)}`);
  if (columns.length > 1) yield* columns.map(({ title }, at) => `  ${lettered(at)}  ${title}`);
  const heads = [
    { title: 'section', align: 'left' as const },
    { title: 'file', align: 'left' as const },
    { title: 'size', align: 'right' as const },
    ...titles.map((title) => ({ title, align: 'left' as const })),
  ];
  const cells = rows.map(({ section, file, sizeBytes, cells: ofPhones }) => [
    { text: `[${section}]` },
    { text: file },
    { text: sizeBytes === null ? '' : formatBytes(sizeBytes) },
    ...columns.map(({ index }) => cellText(ofPhones[index] ?? null)),
  ]);
  yield* layOutTable(heads, cells, layout);
  yield '';
}

/** A to Z, then AA. */
function lettered(at: number): string {
  const letter = String.fromCharCode(65 + (at % 26));
  return at < 26 ? letter : `${lettered(Math.floor(at / 26) - 1)}${letter}`;
}

/** What all phones looked at have in common. */
function commonOf(phones: Matrix['phones']): string {
  const [first] = phones;
  const alike = phones.every(
    ({ software, stored }) => software === first?.software && stored === first.stored,
  );
  return first !== undefined && alike ? `: from ${first.software}, ${storedWords[first.stored]}` : '';
}

const storedWords = { nothing: 'nothing stored', current: 'everything stored' } as const;

/** Phones with the same cells share a column; a title says only what tells the phones apart. */
function phoneColumns({ phones, rows }: Matrix): readonly { title: string; index: number }[] {
  const differs = (key: 'software' | 'stored' | 'mac') => new Set(phones.map((phone) => phone[key])).size > 1;
  const names = phones.map((phone) =>
    [
      phone.model,
      ...(differs('software') ? [phone.software] : []),
      ...(differs('stored') ? [storedWords[phone.stored]] : []),
      ...(differs('mac') ? [phone.mac] : []),
      ...(phone.served ? [] : [`(no ${phone.provisioningFile})`]),
    ].join(' '),
  );
  const indexes = phones.map((_, index) => index);
  const alike = grouped(indexes, (index) => JSON.stringify(rows.map(({ cells }) => cells[index] ?? null)));
  return [...alike.values()].map((group) => ({
    title: group.map((index) => names[index]).join(', '),
    index: group[0] ?? 0,
  }));
}

const whyWords: Readonly<Record<Cell['why'], string>> = {
  forced: 'forced',
  'not-stored': 'not stored',
  newer: 'newer',
  'by-date': 'by date',
  'not-newer': 'not newer',
  later: 'later',
  'refused-name': 'refused name',
  'wrong-hardware': 'wrong hardware',
  'no-filename': 'no FILENAME',
};

function cellText(cell: Cell | null): TableCell {
  if (cell === null) return { text: '' };
  const why = whyWords[cell.why];
  switch (cell.result) {
    case 'taken':
      return { text: why, tone: 'good' };
    case 'restart':
      return { text: `${why}, restarts`, tone: 'good' };
    case 'identical':
      return { text: `${why}, identical`, tone: 'doubtful' };
    case 'elsewhere':
      return { text: `${why}, not seen` };
    case 'skipped':
      return { text: `- ${why}`, tone: 'quiet' };
    case 'missing':
    case 'refused':
      return { text: `${why}, ${cell.code === 'NOT_FOUND' ? 'missing' : cell.code}`, tone: 'bad' };
  }
}

/** The one line that is left with --quiet. */
export function summaryOf({ tree, files, counts }: LintReport): string {
  const found = severities.toReversed().map((severity) => counted(counts[severity], severity));
  const where = files === null ? tree : `${tree} (${counted(files, 'file')})`;
  return `${where}: ${found.join(', ')}`;
}
