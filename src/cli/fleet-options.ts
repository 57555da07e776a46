import { existsSync } from 'node:fs';
import { InvalidArgumentError, Option } from 'commander';
import type { FleetSource } from '../fleet/read-fleet.ts';
import { parseShare } from '../fleet/share.ts';
import { type FleetReportKind, fleetReportKinds } from '../report/fleet/render-fleet.ts';
import { UsageError } from './exit-codes.ts';
import { type FindMaxValues, findMaxOptions } from './find-max-options.ts';
import { phoneOptions, serverOptions, thresholdOptions, timeOptions } from './fleet-file-flags.ts';
import { type MetricsValues, metricsOptions } from './fleet-metrics.ts';
import { type StartValues, startOptions } from './fleet-start.ts';
import { inGroup } from './help.ts';
import { type ManifestValues, manifestOptions } from './manifest-options.ts';
import { type FileOrder, reportOption } from './report-option.ts';
import { type ShardChoice, shardChoice } from './shard-choice.ts';
import * as read from './values.ts';

/** What `fleet` can be told beside what a fleet file says. */
export interface FleetValues extends FindMaxValues, ManifestValues, MetricsValues, StartValues {
  readonly workers: number | 'auto';
  readonly shard?: ShardChoice;
  readonly trace: readonly string[];
  readonly report: readonly FileOrder<FleetReportKind>[];
  readonly every: number;
  readonly resultLine: boolean;
  readonly baseline?: string;
  /** Beyond that share a figure is a regression. */
  readonly worse: number;
}

const WORKERS_MAX = 256;
const EVERY_MS = 5000;
const WORSE = 0.1;

export function fleetOptions(): readonly Option[] {
  return [
    ...inGroup('The phones', phoneOptions),
    ...inGroup('Their server', serverOptions),
    ...inGroup('Time', [...timeOptions, ...startOptions()]),
    ...inGroup('What must hold', [
      ...thresholdOptions,
      new Option(
        '--baseline <FILE>',
        'the result of a run before, of the same shard and in the same time; a regression fails this one',
      ),
      new Option(
        '--worse <SHARE>',
        'what is worse than in the baseline by more than this share is a regression',
      )
        .argParser(shareOf)
        .default(WORSE, '10%'),
      ...findMaxOptions(),
    ]),
    ...inGroup('Workers, shards and clusters', [
      new Option('--workers <N>', 'so many threads, or auto: as many as there are cores, if worth it')
        .argParser(workerCount)
        .default('auto'),
      new Option('--shard <i/N>', 'only phones i, i+N, i+2N ...: a part that shares nothing with the others')
        .argParser(shardChoice)
        .default(undefined, 'all; auto/N: i is JOB_COMPLETION_INDEX or SLURM_ARRAY_TASK_ID'),
      ...manifestOptions(),
      new Option(
        '--result-line',
        'end with the result, compressed, as a line that deskphone merge reads',
      ).default(false),
    ]),
    ...inGroup('What is told', [
      reportOption(fleetReportKinds),
      new Option(
        '--trace <INDEX|MAC>',
        'print the facts of one phone, with --json fit for a pipe; may be repeated',
      )
        .argParser((text, before: readonly string[] = []) => [...before, text])
        .default([], 'none'),
      new Option('--every <DURATION>', 'how often to say how far it is')
        .argParser(read.duration)
        .default(EVERY_MS, '5s'),
      ...metricsOptions(),
    ]),
  ];
}

/** Where the fleet is described: what looks like a server is one, and all else is a file. */
export function sourceOf(argument: string | undefined): FleetSource {
  if (argument === undefined) return { kind: 'server', url: argument };
  if (existsSync(argument)) return { kind: 'file', file: argument };
  if (/^[a-z]+:\/\//i.test(argument)) return { kind: 'server', url: argument };
  if (HOST_AND_PORT.test(argument)) {
    throw new UsageError(
      `${argument}: there is no such file, and a server is named with its protocol; expected such as http://${argument}`,
    );
  }
  return { kind: 'file', file: argument };
}

/** `127.0.0.1:8080`, `files.example:80/phones`, `[::1]:69`. */
const HOST_AND_PORT = /^(?:\[[0-9a-f:.]+\]|[^\s/:@]+):\d{1,5}(?:\/|$)/i;

function workerCount(text: string): number | 'auto' {
  if (text === 'auto') return text;
  if (/^[1-9]\d{0,2}$/.test(text) && Number(text) <= WORKERS_MAX) return Number(text);
  throw new InvalidArgumentError(`Expected auto, or a number from 1 to ${WORKERS_MAX}.`);
}

function shareOf(text: string): number {
  const share = parseShare(text);
  if (share === undefined) throw new InvalidArgumentError('Expected a share such as 10%.');
  return share;
}
