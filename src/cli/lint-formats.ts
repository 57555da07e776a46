import type { LintReport } from '../lint/lint-tree.ts';
import { findingData, reportData } from '../lint/report-data.ts';
import { sarifOf } from '../lint/sarif.ts';
import type { Severity } from '../provisioning/words.ts';
import { ansiPalette, plainPalette } from '../report/palette.ts';
import type { CommonValues } from './command.ts';
import type { Io } from './io.ts';
import { junitOfLint } from './lint-junit.ts';
import { lintLines, summaryOf } from './lint-text.ts';

export const lintFormats = ['text', 'json', 'sarif', 'junit'] as const;
export type LintFormat = (typeof lintFormats)[number];

/** What a report is written by. */
export interface Writing extends CommonValues {
  readonly format: LintFormat;
  readonly failOn: Severity;
}

/** Writes a report to stdout; `--json` is the same as a stream of lines, as with every other command. */
export function writeReport(report: LintReport, writing: Writing, io: Io): void {
  if (writing.json) {
    writeStream(report, io);
    return;
  }
  switch (writing.format) {
    case 'text':
      writeText(report, writing, io);
      return;
    case 'json':
      io.out(`${JSON.stringify(reportData(report), null, 2)}\n`);
      return;
    case 'sarif':
      io.out(`${JSON.stringify(sarifOf(report), null, 2)}\n`);
      return;
    case 'junit':
      io.out(junitOfLint(report, writing.failOn));
      return;
  }
}

function writeStream(report: LintReport, io: Io): void {
  const { findings, ...rest } = reportData(report);
  io.out(`${JSON.stringify({ type: 'lint.started', version: rest.version, tree: rest.tree })}\n`);
  for (const finding of report.findings) {
    io.out(`${JSON.stringify({ type: 'finding', ...findingData(finding) })}\n`);
  }
  io.out(`${JSON.stringify({ type: 'lint.ended', ...rest })}\n`);
}

/** The least severity that each log level shows. */
const leastOf = { error: 'error', warning: 'warning', info: 'note', debug: 'note' } as const;

function writeText(report: LintReport, { quiet, logLevel }: Writing, io: Io): void {
  if (quiet) {
    io.out(`${summaryOf(report)}\n`);
    return;
  }
  const palette = io.color ? ansiPalette : plainPalette;
  const layout = { columns: io.columns(), palette, letters: io.letters };
  for (const line of lintLines(report, leastOf[logLevel], layout)) {
    if (io.stop.aborted) return;
    io.out(`${line}\n`);
  }
}
