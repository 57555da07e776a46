import type { TakenTransitions } from '../../src/phone/world.ts';
import type { ChartedMachine, ChartedNode } from '../../src/statechart/chart.ts';

/** How much of a machine was walked: what of it there is, and what nobody took. */
export interface Coverage {
  readonly states: number;
  readonly transitions: number;
  readonly statesMissed: readonly string[];
  readonly transitionsMissed: readonly string[];
}

/** A transition as the library defines it; the same object each time it is taken. */
type Transition = NonNullable<ReturnType<ChartedNode['transitions']['get']>>[number];

/** Counts what is taken of some machines, over as many phones as report to it. */
export class CoverageCount {
  readonly #taken = new Set<unknown>();
  readonly #entered = new Set<string>();

  /** Made for `World.onTransition`. */
  readonly take = ({ transitions, states }: TakenTransitions): void => {
    for (const transition of transitions) {
      this.#taken.add(transition);
      // Where a machine begins is in no step's end.
      this.#entered.add((transition as Transition).source.id);
    }
    for (const state of states) this.#entered.add(state);
  };

  of({ root }: ChartedMachine): Coverage {
    const nodes = everyNode(root);
    const transitions = nodes.flatMap((node) =>
      ownTransitions(node).map((transition) => ({ node, transition })),
    );
    return {
      states: nodes.length,
      transitions: transitions.length,
      statesMissed: nodes.map(({ id }) => id).filter((id) => !this.#entered.has(id)),
      transitionsMissed: transitions
        .filter(({ transition }) => !this.#taken.has(transition))
        .map(({ node, transition }) => nameOf(node, transition)),
    };
  }
}

function everyNode(node: ChartedNode): readonly ChartedNode[] {
  return [node, ...Object.values(node.states).flatMap(everyNode)];
}

function ownTransitions({ transitions, always }: ChartedNode): readonly Transition[] {
  return [...[...transitions.values()].flat(), ...(always ?? [])].filter((taken) => !crashes(taken));
}

/**
 * A mistake of ours ends the phone within the transition, which is then never completed; its stories fail
 * instead.
 */
function crashes({ actions }: Transition): boolean {
  return actions?.includes('crash') === true;
}

function nameOf(node: ChartedNode, transition: Transition): string {
  const { eventType, target } = transition;
  const index = ownTransitions(node)
    .filter((other) => other.eventType === eventType)
    .indexOf(transition);
  const to = target?.map(({ id }) => id).join(', ') ?? 'stays';
  return `${node.id}: ${eventType === '' ? 'at once' : eventType} (${index + 1}) -> ${to}`;
}
