import { InvalidArgumentError, Option } from 'commander';
import { reportKinds } from '../report/render-result.ts';
import type { ScenarioCase } from '../scenario/scenario-case.ts';
import { type ReportOrder, reportOrder } from './report-files.ts';

/** What `run` can be told. */
export interface RunValues {
  readonly filter: readonly string[];
  readonly seed?: string;
  readonly time?: ScenarioCase['time'];
  readonly repeat: number;
  readonly workers: number | 'auto';
  readonly report: readonly ReportOrder[];
  readonly update: boolean;
  readonly watch: boolean;
}

const WORKERS_MAX = 256;
const REPEAT_MAX = 100_000;

export function runOptions(): readonly Option[] {
  return [
    new Option('--filter <TEXT>', 'only those with this in their file, variant or title; may be repeated')
      .argParser((text, before: readonly string[] = []) => [...before, text])
      .default([], 'all'),
    new Option('--seed <TEXT>', 'instead of the seed in the files').default(undefined, "the file's, else 1"),
    new Option('--time <MODE>', 'instead of the mode in the files')
      .choices(['real', 'jump', 'virtual'])
      .default(undefined, "the file's, else virtual"),
    new Option('--repeat <N>', 'run each so often, every time with another seed')
      .argParser(repeatCount)
      .default(1),
    new Option('--workers <N>', 'so many at a time, or auto').argParser(workerCount).default('auto'),
    new Option('--report <KIND=FILE>', `write a report, one of ${reportKinds.join(', ')}; may be repeated`)
      .argParser(reportOrder)
      .default([], 'none'),
    new Option('--update', 'rewrite expectations that did not hold with what was found').default(false),
    new Option('--watch', 'run again whenever a file changes, until Ctrl-C').default(false),
  ];
}

function repeatCount(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text) && Number(text) <= REPEAT_MAX) return Number(text);
  throw new InvalidArgumentError(`Expected a number from 1 to ${REPEAT_MAX}.`);
}

function workerCount(text: string): number | 'auto' {
  if (text === 'auto') return text;
  if (/^[1-9]\d{0,2}$/.test(text) && Number(text) <= WORKERS_MAX) return Number(text);
  throw new InvalidArgumentError(`Expected auto, or a number from 1 to ${WORKERS_MAX}.`);
}
