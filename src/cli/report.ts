import { Option } from 'commander';
import { fleetReportKinds, renderFleetReport } from '../report/fleet/render-fleet.ts';
import { renderReport, reportKinds } from '../report/render-result.ts';
import type { Call, Command } from './command.ts';
import { type ExitCode, UsageError } from './exit-codes.ts';
import type { Io } from './io.ts';
import { refuseUnwritable, writeReports } from './report-files.ts';
import type { FileOrder } from './report-option.ts';
import { type AnyResult, resultIn } from './result-file.ts';

/** Every report there is of some result; which there are of this one is seen when it is read. */
const kinds = ['html', 'csv', 'load', 'junit', 'markdown'] as const;
type Kind = (typeof kinds)[number];

type ReportValues = Readonly<Partial<Record<Kind, string>>>;

export const reportCommand: Command<ReportValues> = {
  argumentSays: 'what deskphone run or fleet wrote with --report json=FILE',
  options: [
    new Option('--html <FILE>', 'one page for a browser, with everything in it'),
    new Option('--csv <FILE>', 'of a fleet: a row a figure, for a spreadsheet'),
    new Option('--load <FILE>', 'of a fleet: requests and connections minute by minute, as CSV'),
    new Option('--junit <FILE>', 'for CI servers: a case a scenario, or a threshold of a fleet'),
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
  const orders = kinds.flatMap((kind) => {
    const file = values[kind];
    return file === undefined ? [] : [{ kind, file }];
  });
  refuseUnwritable(orders, { inputs: [argument], optionOf });
  const read = resultIn(argument);
  const reports = orders.map((order) => ({ ...order, text: reportOf(order.kind, read, argument) }));
  if (values.json) io.out(`${JSON.stringify('fleet' in read ? read.fleet : read.result)}\n`);
  else if (orders.length === 0) io.out(reportOf('markdown', read, argument));
  return writeReports(reports, ({ text }) => text, io, optionOf);
}

function optionOf({ kind, file }: FileOrder): string {
  return `--${kind} ${file}`;
}

function reportOf(kind: Kind, read: AnyResult, file: string): string {
  if ('fleet' in read) {
    const known = fleetReportKinds.find((one) => one === kind);
    if (known !== undefined) return renderFleetReport(known, read.fleet);
  } else {
    const known = reportKinds.find((one) => one === kind);
    if (known !== undefined) return renderReport(known, read.result);
  }
  throw new UsageError(`--${kind}: ${file} is of scenarios; expected the result of a fleet`);
}
