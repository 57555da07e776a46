import { InvalidArgumentError, Option } from 'commander';
import { parseInstant } from '../clock/instant.ts';
import type { FleetPlan } from '../fleet/fleet-plan.ts';
import { UsageError } from './exit-codes.ts';
import * as read from './values.ts';

/** When the shards of a fleet begin together, on whatever machines. */
export interface StartValues {
  readonly startAt?: number;
  readonly startIn?: number;
}

export function startOptions(): readonly Option[] {
  return [
    new Option('--start-at <INSTANT>', 'begin then, such as 2026-03-02T08:00:00Z: together with other shards')
      .argParser(instant)
      .default(undefined, 'at once; of a manifest: in 5m'),
    new Option('--start-in <DURATION>', 'begin so much later').argParser(read.duration),
  ];
}

/** The instant that was asked for, in ms; undefined: none was. Throws `UsageError`. */
export function startOf(
  { startAt, startIn }: StartValues,
  { time }: Pick<FleetPlan, 'time'>,
  nowMs: number,
): number | undefined {
  if (startAt === undefined && startIn === undefined) return undefined;
  if (startAt !== undefined && startIn !== undefined) {
    throw new UsageError('--start-at and --start-in both say when it begins; give one');
  }
  if (time === 'virtual') {
    const flag = startAt === undefined ? '--start-in' : '--start-at';
    throw new UsageError(`${flag}: virtual time waits for nobody; expected --time real or jump`);
  }
  return startAt ?? nowMs + (startIn ?? 0);
}

function instant(text: string): number {
  const ms = parseInstant(text);
  if (ms !== undefined) return ms;
  throw new InvalidArgumentError('Expected an instant with its offset such as 2026-03-02T08:00:00Z.');
}
