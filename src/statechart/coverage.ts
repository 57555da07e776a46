import type { TakenTransitions } from '../phone/world.ts';
import { type ChartState, chartOf, transitionsByObject } from './chart.ts';
import { type MachineName, machines } from './machines.ts';

/** What some phones took of their machines, by name. Plain data, so that it can come from a thread. */
export interface Taken {
  readonly states: readonly string[];
  readonly transitions: readonly string[];
}

/** How much of one machine was taken. */
export interface MachineCoverage {
  readonly machine: MachineName;
  readonly states: Share;
  readonly transitions: Share;
}

/** Of so many, so many; and the names of the others, in the order of the chart. */
export interface Share {
  readonly all: number;
  readonly taken: number;
  readonly missed: readonly string[];
}

/** Counts what is taken of the machines, over as many phones as report to it. */
export class CoverageCount {
  readonly #states = new Set<string>();
  readonly #transitions = new Set<string>();

  /** Made for `World.onTransition`. */
  readonly take = ({ transitions, states }: TakenTransitions): void => {
    for (const object of transitions) {
      const transition = everyTransition().get(object);
      if (transition === undefined) throw new Error('A transition of no machine was taken');
      this.#transitions.add(transition.name);
      // Where a machine begins is in no step's end.
      this.#states.add(transition.from);
    }
    for (const state of states) this.#states.add(state);
  };

  /** What others counted. */
  add({ states, transitions }: Taken): void {
    for (const state of states) this.#states.add(state);
    for (const transition of transitions) this.#transitions.add(transition);
  }

  /** Whether a transition was taken. */
  has(transition: string): boolean {
    return this.#transitions.has(transition);
  }

  taken(): Taken {
    return { states: [...this.#states], transitions: [...this.#transitions] };
  }

  coverage(): readonly MachineCoverage[] {
    return machineNames.map((machine) => {
      const { states, transitions } = namesIn(machine);
      return {
        machine,
        states: shareOf(states, this.#states),
        transitions: shareOf(transitions, this.#transitions),
      };
    });
  }
}

const machineNames = Object.keys(machines) as MachineName[];

/** What counts of a machine: all but the transitions by which a mistake of ours ends it. */
export function namesIn(machine: MachineName): Taken {
  const { root, transitions } = chartOf(machines[machine]);
  return {
    states: statesIn(root).map(({ id }) => id),
    transitions: transitions.filter(({ crashes }) => !crashes).map(({ name }) => name),
  };
}

function statesIn(state: ChartState): readonly ChartState[] {
  return [state, ...state.states.flatMap(statesIn)];
}

function shareOf(names: readonly string[], taken: ReadonlySet<string>): Share {
  const missed = names.filter((name) => !taken.has(name));
  return { all: names.length, taken: names.length - missed.length, missed };
}

type Transitions = ReturnType<typeof transitionsByObject>;
let known: Transitions | undefined;

/** Of all machines; read when first asked for, since most runs never ask. */
function everyTransition(): Transitions {
  known ??= new Map(Object.values(machines).flatMap((machine) => [...transitionsByObject(machine)]));
  return known;
}
