import type { Coverage } from './result.ts';

// What a run took of the statecharts, judged, and in the words that every report of it uses.

/** Of one machine: of so many, so many were taken, and which were not. */
interface MachineCounts {
  readonly machine: string;
  readonly states: Share;
  readonly transitions: Share;
}

interface Share extends Tally {
  readonly missed: readonly string[];
}

interface Tally {
  readonly all: number;
  readonly taken: number;
}

/** In percent; what is not given is not judged. */
export type CoverageWanted = Coverage['wanted'];

export const covered = ['states', 'transitions'] as const;
type Covered = (typeof covered)[number];

/** Counts of all machines, together and held against what is wanted. */
export function coverageOf(machines: readonly MachineCounts[], wanted: CoverageWanted): Coverage {
  const states = together(machines, 'states');
  const transitions = together(machines, 'transitions');
  const counted = { states, transitions };
  const enough = covered.every((kind) => isEnough(counted[kind], wanted[kind]));
  const copies = machines.map(({ machine, ...shares }) => ({
    machine,
    states: { ...shares.states, missed: [...shares.states.missed] },
    transitions: { ...shares.transitions, missed: [...shares.transitions.missed] },
  }));
  return { machines: copies, ...counted, wanted, enough };
}

function together(machines: readonly MachineCounts[], kind: Covered): Tally {
  return {
    all: machines.reduce((sum, machine) => sum + machine[kind].all, 0),
    taken: machines.reduce((sum, machine) => sum + machine[kind].taken, 0),
  };
}

function isEnough({ all, taken }: Tally, percent: number | undefined): boolean {
  return percent === undefined || 100 * taken >= percent * all;
}

/** `61 of 66 (92.4 %)`; what is not whole is never rounded up to it. */
export function shareWords({ all, taken }: Tally): string {
  const percent = all === 0 ? 100 : Math.floor((1000 * taken) / all) / 10;
  return `${taken} of ${all} (${percent} %)`;
}

/** `states 61 of 66 (92.4 %), transitions 120 of 176 (68.1 %)` */
export function coverageSentence(coverage: Coverage): string {
  return covered.map((kind) => `${kind} ${shareWords(coverage[kind])}`).join(', ');
}

/** A demand of `--coverage-min`, and whether it is met. */
export interface CoverageDemand {
  readonly kind: Covered;
  readonly met: boolean;
  /** `at least 90 % of all transitions` */
  readonly wanted: string;
  /** `120 of 176 (68.1 %)` */
  readonly found: string;
  /** Their names. */
  readonly missed: readonly string[];
}

export function coverageDemands(coverage: Coverage): readonly CoverageDemand[] {
  return covered.flatMap((kind) => {
    const percent = coverage.wanted[kind];
    if (percent === undefined) return [];
    return {
      kind,
      met: isEnough(coverage[kind], percent),
      wanted: `at least ${percent} % of all ${kind}`,
      found: shareWords(coverage[kind]),
      missed: missedIn(coverage, kind),
    };
  });
}

/** What nobody took, machine by machine. */
export function missedIn({ machines }: Pick<Coverage, 'machines'>, kind: Covered): readonly string[] {
  return machines.flatMap((machine) => machine[kind].missed);
}

/** What is wrong with it in a sentence; undefined: nothing. */
export function coverageComplaint(coverage: Coverage): string | undefined {
  const unmet = coverageDemands(coverage).filter(({ met }) => !met);
  if (unmet.length === 0) return undefined;
  return `statechart coverage is too low: ${unmet
    .map(({ wanted, found }) => `wanted ${wanted}, found ${found}`)
    .join('; ')}`;
}
