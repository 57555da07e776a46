import { readFileSync, statSync } from 'node:fs';
import { Option } from 'commander';
import { readResult } from '../report/read-result.ts';
import { type ReportKind, renderReport, reportKinds } from '../report/render-result.ts';
import type { Result } from '../report/result.ts';
import type { Call, Command } from './command.ts';
import { type ExitCode, exitCodes, UsageError } from './exit-codes.ts';
import type { Io } from './io.ts';
import { type ReportOrder, writeReports } from './report-files.ts';

interface ReportValues {
  readonly html?: string;
  readonly junit?: string;
  readonly markdown?: string;
}

/**
 * A string of JavaScript holds no more than half a gigabyte; a run of 10,000 scenarios has a fifth of this.
 */
const RESULT_BYTES_MAX = 500 * 1024 * 1024;

export const reportCommand: Command<ReportValues> = {
  name: 'report',
  summary: 'make reports of a run from its result file',
  argument: { form: '<FILE>', says: 'what deskphone run --report json=FILE wrote' },
  options: [
    new Option('--html <FILE>', 'one page for a browser, with everything in it'),
    new Option('--junit <FILE>', 'for CI servers: a suite a folder, a case a scenario'),
    new Option(
      '--markdown <FILE>',
      'for a comment or the summary of a CI job; without any of these it is printed',
    ),
  ],
  examples: [
    ['deskphone report result.json --html report.html', 'to be opened, mailed or printed'],
    ['deskphone report result.json --junit junit.xml --markdown summary.md', 'several at once'],
    ['deskphone report result.json', 'prints it as Markdown'],
  ],
  run: async (call, io) => report(call, io),
};

function report({ argument = '', values }: Call<ReportValues>, io: Io): ExitCode {
  const result = resultIn(argument);
  const orders = reportKinds.flatMap((kind): ReportOrder[] => {
    const file = fileOf(kind, values);
    return file === undefined ? [] : [{ kind, file }];
  });
  if (values.json) io.out(`${JSON.stringify(result)}\n`);
  else if (orders.length === 0) io.out(renderReport('markdown', result));
  writeReports(result, orders, ({ kind, file }) => `--${kind} ${file}`);
  return exitCodes.asExpected;
}

function fileOf(kind: ReportKind, values: ReportValues): string | undefined {
  return kind === 'json' ? undefined : values[kind];
}

function resultIn(file: string): Result {
  const reading = readResult(textOf(file));
  if ('result' in reading) return reading.result;
  throw new UsageError(reading.problems.map((problem) => `${file}: ${problem}`).join('\n'));
}

function textOf(file: string): string {
  const { size } = tried(file, () => statSync(file));
  if (size > RESULT_BYTES_MAX) {
    throw new UsageError(`${file}: is ${size} bytes; expected at most ${RESULT_BYTES_MAX}`);
  }
  return tried(file, () => readFileSync(file, 'utf8'));
}

function tried<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new UsageError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
