import { type Phase, phases } from '../phase.ts';
import { Distribution, sumOf } from './distribution.ts';
import type { StoredDistribution } from './figures.ts';
import { inOrderOf } from './keyed.ts';

/** As much of the figures as is shown while a fleet is on its way: cheap to take, and to send. */
export interface FleetGlance {
  readonly scheduled: number;
  readonly begun: number;
  /** Phones in each state; those that had no power yet are in none. */
  readonly states: Readonly<Partial<Record<Phase, number>>>;
  /** So far, repeats among them. */
  readonly requests: number;
  readonly bytes: number;
  /** Files asked for since the measuring began, as in the result. */
  readonly asked: number;
  /** Those of them that failed by the server's doing. */
  readonly errors: number;
  readonly bootsDone: number;
  readonly bootsFailed: number;
  readonly bootLatency: StoredDistribution;
}

/** Of several workers as one. */
export function addGlances(all: readonly FleetGlance[]): FleetGlance {
  const sum = (of: (one: FleetGlance) => number) => all.reduce((total, one) => total + of(one), 0);
  const states = new Map<Phase, number>();
  for (const one of all) {
    for (const phase of phases) {
      const count = one.states[phase];
      if (count !== undefined) states.set(phase, (states.get(phase) ?? 0) + count);
    }
  }
  return {
    scheduled: sum(({ scheduled }) => scheduled),
    begun: sum(({ begun }) => begun),
    states: inOrderOf(phases, states, (count) => count),
    requests: sum(({ requests }) => requests),
    bytes: sum(({ bytes }) => bytes),
    asked: sum(({ asked }) => asked),
    errors: sum(({ errors }) => errors),
    bootsDone: sum(({ bootsDone }) => bootsDone),
    bootsFailed: sum(({ bootsFailed }) => bootsFailed),
    bootLatency: sumOf(all.map(({ bootLatency }) => Distribution.from(bootLatency))).stored(),
  };
}
