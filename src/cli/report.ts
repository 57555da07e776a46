import { Option } from 'commander';
import { type ReportKind, renderReport, reportKinds } from '../report/render-result.ts';
import type { Call, Command } from './command.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import type { Io } from './io.ts';
import { type ReportOrder, writeReports } from './report-files.ts';
import { resultIn } from './result-file.ts';

interface ReportValues {
  readonly html?: string;
  readonly junit?: string;
  readonly markdown?: string;
}

export const reportCommand: Command<ReportValues> = {
  argumentSays: 'what deskphone run --report json=FILE wrote',
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
