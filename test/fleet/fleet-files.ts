import { expect } from 'vitest';
import { doShare, type ShareDone } from '../../src/fleet/do-share.ts';
import type { FlagValue } from '../../src/fleet/fleet-flags.ts';
import type { FleetPlan, Shard } from '../../src/fleet/fleet-plan.ts';
import { provisioned } from '../../src/fleet/provision.ts';
import { readFleet } from '../../src/fleet/read-fleet.ts';
import { sayProblem } from '../../src/scenario/scenario-problem.ts';
import { writeFiles } from '../scenario/scenario-file.ts';

/** The plan of a fleet file with this text. */
export function planOf(
  text: string,
  flags: readonly FlagValue[] = [],
  beside: Readonly<Record<string, string>> = {},
): FleetPlan {
  const reading = readText(text, flags, beside);
  expect('problems' in reading ? reading.problems.map(sayProblem) : []).toEqual([]);
  if ('problems' in reading) throw new Error('A fleet file cannot be read');
  return reading.plan;
}

/** What is wrong with it: place in the file, and message. */
export function problemsIn(
  text: string,
  flags: readonly FlagValue[] = [],
  beside: Readonly<Record<string, string>> = {},
): readonly string[] {
  const reading = readText(text, flags, beside);
  return 'problems' in reading
    ? reading.problems.map(sayProblem).map((line) => line.replace(/^.*\/fleet\.yaml:/, ''))
    : [];
}

function readText(text: string, flags: readonly FlagValue[], beside: Readonly<Record<string, string>> = {}) {
  return readFleet({ kind: 'file', file: writeFiles({ 'fleet.yaml': text, ...beside }) }, flags);
}

const whole: Shard = { index: 0, of: 1 };

/** Runs a part of a fleet in this thread. */
export async function runPart(plan: FleetPlan, { shard = whole, worker = whole } = {}): Promise<ShareDone> {
  return doShare(
    { plan: await provisioned(plan), shard, worker, trace: [] },
    { report: () => {}, heed: (listener) => listener({ kind: 'begin', atHostMs: 0 }) },
  );
}

/** Every part of a split. */
export function partsOf(of: number): readonly Shard[] {
  return Array.from({ length: of }, (_, index) => ({ index, of }));
}
