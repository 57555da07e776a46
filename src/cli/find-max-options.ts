import { InvalidArgumentError, Option } from 'commander';
import { SECOND_MS } from '../clock/durations.ts';
import { parseShare } from '../fleet/share.ts';
import type { Call } from './command.ts';
import { UsageError } from './exit-codes.ts';
import * as read from './values.ts';

/** What a search for the largest load can be told. */
export interface FindMaxValues {
  readonly findMax: boolean;
  readonly findMaxFrom?: number;
  readonly findMaxPrecision: number;
  readonly findMaxPause: number;
}

const PRECISION = 0.05;
/** Finer than that a server is not the same twice. */
const PRECISION_MIN = 0.01;
const PRECISION_MAX = 0.5;
const PAUSE_MS = 2 * SECOND_MS;

export function findMaxOptions(): readonly Option[] {
  return [
    new Option(
      '--find-max',
      'look for the largest load that keeps the thresholds: phones, or their --rate, --poisson, --concurrency',
    ).default(false),
    new Option('--find-max-from <N>', 'of --find-max: the load of the first probe')
      .argParser(load)
      .default(undefined, 'the fleet as it is'),
    new Option('--find-max-precision <SHARE>', 'of --find-max: how near is near enough, 1% to 50%')
      .argParser(precision)
      .default(PRECISION, '5%'),
    new Option('--find-max-pause <DURATION>', 'of --find-max: between probes, so that the server rests')
      .argParser(read.duration)
      .default(PAUSE_MS, '2s; virtual time needs none'),
  ];
}

/** What a search has no use for, and why. */
const refused: Readonly<Record<string, string>> = {
  shard: 'each probe follows from those before it, which no shard knows',
  baseline: 'probes are of several loads; compare a run at the load that was found',
  resultLine: 'it is for merge, and no search is a part of another',
  trace: 'it would print a phone of each probe; trace a run at the load that was found',
  startAt: 'a search begins at once',
  startIn: 'a search begins at once',
};

/** Options of a search. */
export const ofSearch = ['findMaxFrom', 'findMaxPrecision', 'findMaxPause'] as const;

/**
 * Options that do not go together with a search, or not without; but the environment goes for every run.
 * Throws `UsageError`.
 */
export function refuseFindMaxOptions({ values, said }: Pick<Call<FindMaxValues>, 'values' | 'said'>): void {
  for (const { name, flag, by } of said) {
    if (!values.findMax && by === 'flag' && ofSearch.some((one) => one === name)) {
      throw new UsageError(`${flag} goes with --find-max only`);
    }
    const why = values.findMax ? refused[name] : undefined;
    if (why !== undefined) throw new UsageError(`${flag} goes without --find-max: ${why}`);
  }
}

function load(text: string): number {
  const [, amount] = /^(\d{1,8}(?:\.\d{1,3})?)(?:\/s)?$/.exec(text) ?? [];
  if (Number(amount) > 0) return Number(amount);
  throw new InvalidArgumentError(
    'Expected a number of phones such as 20, or of phones a second such as 5/s.',
  );
}

function precision(text: string): number {
  const share = parseShare(text);
  if (share !== undefined && share >= PRECISION_MIN && share <= PRECISION_MAX) return share;
  throw new InvalidArgumentError('Expected a share from 1% to 50%.');
}
