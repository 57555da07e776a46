import type { Chart, ChartState, ChartTransition } from './chart.ts';

/** Transitions one after the other, and the leaf they end in. */
export interface Way {
  readonly taken: readonly ChartTransition[];
  readonly leaf: string;
}

/** A leaf is left and entered so often in all ways together: more finds the same by detours. */
const VISITS_MAX = 4;
const TAKEN_MAX = 12;

/**
 * Ways through a chart's structure. Of states side by side it follows one at a time: a way leads through one
 * of them, as if the others stood still.
 */
export class Paths {
  readonly #states = new Map<string, ChartState>();
  readonly #above = new Map<string, string>();
  readonly #from = new Map<string, ChartTransition[]>();

  constructor({ root, transitions }: Chart) {
    this.#know(root);
    for (const transition of transitions) {
      if (!transition.crashes)
        this.#from.set(transition.from, [...(this.#from.get(transition.from) ?? []), transition]);
    }
  }

  /** From a leaf to a state, shortest first; only such ways on which every transition is allowed. */
  *ways(from: string, to: string, allows: (taken: readonly ChartTransition[]) => boolean): Generator<Way> {
    const visits = new Map<string, number>();
    const open: Way[] = [{ taken: [], leaf: from }];
    for (let next = open.shift(); next !== undefined; next = open.shift()) {
      const { taken, leaf } = next;
      const visited = (visits.get(leaf) ?? 0) + 1;
      visits.set(leaf, visited);
      if (visited > VISITS_MAX) continue;
      if (this.isWithin(leaf, to)) yield next;
      if (taken.length === TAKEN_MAX) continue;
      for (const transition of this.at(leaf)) {
        const longer = [...taken, transition];
        if (!leads(transition) || !allows(longer)) continue;
        for (const entered of this.leavesOf(transition.to)) open.push({ taken: longer, leaf: entered });
      }
    }
  }

  /** Transitions that can be taken in a leaf: those of it and the states around it that none nearer hides. */
  at(leaf: string): readonly ChartTransition[] {
    const hidden = new Set<string>();
    const found: ChartTransition[] = [];
    for (const state of this.around(leaf)) {
      const own = (this.#from.get(state) ?? []).filter(({ on }) => !hidden.has(on));
      found.push(...own);
      for (const { on, guard } of own) if (guard === undefined && on !== '') hidden.add(on);
    }
    return found;
  }

  /** Those before it that are asked first: the same event in the same state. */
  before({ name, from, on }: ChartTransition): readonly ChartTransition[] {
    const rivals = (this.#from.get(from) ?? []).filter((one) => one.on === on);
    return rivals.slice(
      0,
      rivals.findIndex((one) => one.name === name),
    );
  }

  /** The state and all around it, from the inside out. */
  around(state: string): readonly string[] {
    const above = this.#above.get(state);
    return above === undefined ? [state] : [state, ...this.around(above)];
  }

  isWithin(leaf: string, state: string): boolean {
    return this.around(leaf).includes(state);
  }

  /** Where one stands after a state was entered; in states side by side in each of them. */
  leavesOf(id: string): readonly string[] {
    const state = this.#states.get(id);
    if (state === undefined) throw new Error(`${id} is no state`);
    if (state.kind === 'parallel') return state.states.flatMap((part) => this.leavesOf(part.id));
    return state.initial === undefined ? [id] : this.leavesOf(state.initial);
  }

  /** What goes on side by side in a state. */
  regionsOf(id: string): readonly string[] {
    return (this.#states.get(id)?.states ?? []).map((state) => state.id);
  }

  #know(state: ChartState): void {
    this.#states.set(state.id, state);
    for (const inner of state.states) {
      this.#above.set(inner.id, state.id);
      this.#know(inner);
    }
  }
}

/** One without a target leads nowhere. */
function leads({ name }: ChartTransition): boolean {
  return !name.endsWith(' -> stays');
}
