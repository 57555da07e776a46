import { InvalidArgumentError, Option } from 'commander';
import { type CoverageWanted, covered } from '../report/coverage.ts';
import { type ReportKind, reportKinds } from '../report/render-result.ts';
import type { ScenarioCase } from '../scenario/scenario-case.ts';
import { type FileOrder, reportOption } from './report-option.ts';
import { seed } from './values.ts';

/** What `run` can be told. */
export interface RunValues {
  readonly filter: readonly string[];
  readonly seed?: string;
  readonly time?: ScenarioCase['time'];
  readonly repeat: number;
  readonly workers: number | 'auto';
  readonly report: readonly FileOrder<ReportKind>[];
  readonly coverage: boolean;
  readonly coverageMin?: CoverageWanted;
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
    new Option('--seed <TEXT>', 'instead of the seed in the files')
      .argParser(seed)
      .default(undefined, "the file's, else 1"),
    new Option('--time <MODE>', 'instead of the mode in the files')
      .choices(['real', 'jump', 'virtual'])
      .default(undefined, "the file's, else virtual"),
    new Option('--repeat <N>', 'run each so often, every time with another seed')
      .argParser(repeatCount)
      .default(1),
    workersOption(),
    reportOption(reportKinds),
    new Option(
      '--coverage',
      "say which states and transitions of the phone's statecharts were taken",
    ).default(false),
    new Option(
      '--coverage-min <SHARE>',
      'the least to be taken, 90% or states=95%,transitions=90%; less is a failure',
    )
      .argParser(coverageMin)
      .default(undefined, 'none'),
    new Option('--update', 'rewrite expectations that did not hold with what was found').default(false),
    new Option('--watch', 'run again whenever a file changes, until Ctrl-C').default(false),
  ];
}

/** How many scenarios run at a time. */
export function workersOption(): Option {
  return new Option('--workers <N>', 'so many at a time, or auto').argParser(workerCount).default('auto');
}

function repeatCount(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text) && Number(text) <= REPEAT_MAX) return Number(text);
  throw new InvalidArgumentError(`Expected a number from 1 to ${REPEAT_MAX}.`);
}

/** `90%` of both, or `states=95%,transitions=90%`. */
function coverageMin(text: string): CoverageWanted {
  if (!text.includes('=')) {
    const percent = percentOf(text);
    return { states: percent, transitions: percent };
  }
  const parts = text.split(',').map((part) => {
    const [, word = '', share = ''] = /^([^=]*)=(.*)$/.exec(part.trim()) ?? [];
    const kind = covered.find((known) => known === word);
    if (kind === undefined) throw new InvalidArgumentError(`"${part}": ${COVERAGE_FORM}`);
    return [kind, percentOf(share)] as const;
  });
  return Object.fromEntries(parts);
}

const COVERAGE_FORM = 'expected a share such as 90%, or states=95%,transitions=90%.';

function percentOf(text: string): number {
  const [, digits = ''] = /^(\d{1,3}(?:\.\d{1,2})?) ?%$/.exec(text.trim()) ?? [];
  if (digits === '' || Number(digits) > 100) throw new InvalidArgumentError(`"${text}": ${COVERAGE_FORM}`);
  return Number(digits);
}

function workerCount(text: string): number | 'auto' {
  if (text === 'auto') return text;
  if (/^[1-9]\d{0,2}$/.test(text) && Number(text) <= WORKERS_MAX) return Number(text);
  throw new InvalidArgumentError(`Expected auto, or a number from 1 to ${WORKERS_MAX}.`);
}
