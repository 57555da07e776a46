import { macAt } from '../fleet/population.ts';
import { mergeFleetResults, type NamedResult } from '../report/fleet/merge-results.ts';
import { type FleetReportKind, fleetReportKinds } from '../report/fleet/render-fleet.ts';
import type { FleetResult } from '../report/fleet/result.ts';
import { packedResult } from '../report/fleet/result-line.ts';
import { counted } from '../report/result-words.ts';
import type { Call, Command } from './command.ts';
import { type ExitCode, UsageError } from './exit-codes.ts';
import { tellResult } from './fleet-result.ts';
import type { Io } from './io.ts';
import { refuseUnwritable } from './report-files.ts';
import { type FileOrder, reportOption } from './report-option.ts';
import { fleetResultOf, textIn } from './result-file.ts';

interface MergeValues {
  readonly report: readonly FileOrder<FleetReportKind>[];
}

export const mergeCommand: Command<MergeValues> = {
  argumentSays: 'results of shards that deskphone fleet wrote, or logs that hold them; -: standard input',
  options: [reportOption(fleetReportKinds)],
  examples: [
    ['deskphone merge 0.json 1.json 2.json 3.json --report html=fleet.html', 'four shards as one run'],
    ['cat shard-*.log | deskphone merge - --report json=fleet.json', 'from logs of fleet --result-line'],
  ],
  run: async (call, io) => merge(call, io),
};

function merge({ arguments: files, values }: Call<MergeValues>, io: Io): ExitCode {
  refuseUnwritable(values.report, { inputs: files });
  const parts = files.flatMap(partsIn);
  const merging = mergeFleetResults(parts);
  if ('problems' in merging) throw new UsageError(merging.problems.join('\n'));
  const code = tellResult(merging.result, values, io);
  if (merging.result.unknown !== null)
    io.err(`INVALID: ${sayMissing(merging.result, merging.result.unknown)}\n`);
  return code;
}

/** So many phones that nothing is known of are named. */
const NAMED_MAX = 5;

function sayMissing(
  { shards: { of, covered }, phones: { macBase } }: FleetResult,
  unknown: NonNullable<FleetResult['unknown']>,
): string {
  const missing = Array.from({ length: of }, (_, index) => index).filter((index) => !covered.includes(index));
  const named = unknown.first
    .slice(0, NAMED_MAX)
    .map((index) => (macBase === undefined ? String(index) : `${index} (${macAt(macBase, index)})`));
  const all = unknown.phones > named.length ? `${named.join(', ')} and so on` : named.join(', ');
  return `of ${of} shards ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing: nothing is known of ${counted(unknown.phones, 'phone')}, ${all}`;
}

const STDIN = 0;
/** What a line of --json begins with that is a result. */
const RESULT_JSON = '{"type":"fleet-result"';

/** Every result in a file: it is one, or a log with a line for each. */
function partsIn(file: string): readonly NamedResult[] {
  const text = file === '-' ? textIn(STDIN, 'standard input') : textIn(file);
  const found = text
    .split('\n')
    .flatMap((line, index) => partsInLine(line, index === 0 ? file : `${file}:${index + 1}`));
  if (found.length > 0) return found;
  if (file === '-')
    throw new UsageError(
      'standard input has no result of a fleet; expected logs of fleet --result-line or fleet --json',
    );
  return [{ name: file, result: fleetResultOf(text, file) }];
}

function partsInLine(line: string, name: string): readonly NamedResult[] {
  const json = line.startsWith(RESULT_JSON) ? line : packedResult(line);
  if (json === undefined) return [];
  if (typeof json !== 'string') throw new UsageError(`${name}: ${json.message}`);
  return [{ name, result: fleetResultOf(json, name) }];
}
