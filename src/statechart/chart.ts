/** A machine's structure as data, for pictures and for tests that walk it. */
export interface ChartState {
  /** Unique within the machine: `phone.powered.idle`. */
  readonly id: string;
  readonly name: string;
  readonly kind: 'atomic' | 'compound' | 'parallel' | 'final';
  /** Id of the first child of a compound state. */
  readonly initial: string | undefined;
  readonly tags: readonly string[];
  /** Names of invoked actors. */
  readonly invokes: readonly string[];
  readonly states: readonly ChartState[];
}

export interface ChartTransition {
  readonly from: string;
  /** Itself when it has no target. */
  readonly to: string;
  /** Event, delay or end of an invocation; empty: at once. */
  readonly on: string;
  readonly guard: string | undefined;
}

export interface Chart {
  readonly root: ChartState;
  readonly transitions: readonly ChartTransition[];
}

/** As much of an xstate machine as a chart is made of. */
export interface ChartedMachine {
  readonly root: ChartedNode;
}

export interface ChartedNode {
  readonly id: string;
  readonly key: string;
  readonly type: string;
  readonly initial: { readonly target?: readonly ChartedNode[] | undefined };
  readonly tags: readonly string[];
  readonly invoke: readonly { readonly id: string; readonly src: unknown }[];
  readonly states: Readonly<Record<string, ChartedNode>>;
  readonly transitions: ReadonlyMap<string, readonly ChartedTransition[]>;
  readonly always?: readonly ChartedTransition[] | undefined;
}

interface ChartedTransition {
  readonly source: { readonly id: string };
  readonly target?: readonly { readonly id: string }[] | undefined;
  readonly eventType: string;
  readonly guard?: unknown;
  readonly actions?: readonly unknown[];
}

/** Reads a machine's structure. */
export function chartOf({ root }: ChartedMachine): Chart {
  return { root: stateOf(root), transitions: transitionsOf(root) };
}

function stateOf(node: ChartedNode): ChartState {
  return {
    id: node.id,
    name: node.key,
    kind: kindOf(node.type),
    initial: node.type === 'compound' ? node.initial.target?.[0]?.id : undefined,
    tags: node.tags,
    invokes: node.invoke.map(({ src, id }) => (typeof src === 'string' ? src : id)),
    states: Object.values(node.states).map(stateOf),
  };
}

function kindOf(type: string): ChartState['kind'] {
  return type === 'compound' || type === 'parallel' || type === 'final' ? type : 'atomic';
}

function transitionsOf(node: ChartedNode): readonly ChartTransition[] {
  const own = [...node.transitions.values(), node.always ?? []].flat().map((transition) => ({
    from: node.id,
    to: transition.target?.[0]?.id ?? node.id,
    on: eventName(transition.eventType, node.id),
    guard: guardName(transition.guard),
  }));
  return [...own, ...Object.values(node.states).flatMap(transitionsOf)];
}

/**
 * `xstate.after.bootLoader.phone...` is "after bootLoader"; the end of an invocation is "done" or "failed".
 */
function eventName(eventType: string, nodeId: string): string {
  const after = /^xstate\.after\.(.+)$/.exec(eventType)?.[1];
  if (after !== undefined) return `after ${after.replace(`.${nodeId}`, '')}`;
  if (eventType.startsWith('xstate.done.')) return 'done';
  if (eventType.startsWith('xstate.error.')) return 'failed';
  return eventType;
}

function guardName(guard: unknown): string | undefined {
  if (typeof guard === 'string') return guard;
  if (typeof guard !== 'object' || guard === null || !('type' in guard)) return undefined;
  return typeof guard.type === 'string' ? guard.type : undefined;
}
