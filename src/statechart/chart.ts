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
  /** Unique within the machine: `phone.off: power.on -> phone.powered`. */
  readonly name: string;
  readonly from: string;
  /** Itself when it has no target. */
  readonly to: string;
  /** Event, delay or end of an invocation; empty: at once. */
  readonly on: string;
  readonly guard: string | undefined;
  /** Ends the phone within the step, which is then never completed: a mistake of ours, and no story's. */
  readonly crashes: boolean;
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
  return { root: stateOf(root), transitions: transitionsOf(root).map(([, transition]) => transition) };
}

/** Transitions as the library has them, the same object each time one is taken, with how a chart has them. */
export function transitionsByObject({ root }: ChartedMachine): ReadonlyMap<unknown, ChartTransition> {
  return new Map(transitionsOf(root));
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

function transitionsOf(node: ChartedNode): readonly (readonly [ChartedTransition, ChartTransition])[] {
  const own = [...node.transitions.values(), node.always ?? []]
    .flat()
    .map((transition) => [transition, transitionOf(transition, node.id)] as const);
  return [...own, ...Object.values(node.states).flatMap(transitionsOf)];
}

function transitionOf(transition: ChartedTransition, from: string): ChartTransition {
  const to = transition.target?.[0]?.id;
  const on = eventName(transition.eventType, from);
  const guard = guardName(transition.guard);
  const condition = guard === undefined ? '' : ` [${guard}]`;
  return {
    name: `${from}: ${on === '' ? 'at once' : on}${condition} -> ${to ?? 'stays'}`,
    from,
    to: to ?? from,
    on,
    guard,
    crashes: transition.actions?.includes('crash') === true,
  };
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

/** As the library makes guards of others: a function that carries what it was made of. */
interface MadeGuard {
  readonly check?: { readonly name: string };
  readonly guards?: readonly unknown[];
  readonly stateValue?: unknown;
}

/** `noServer`, `restartsFor reset`, `in banner`, `in updateDnd or userDnd`. */
function guardName(guard: unknown): string | undefined {
  if (typeof guard === 'string') return guard;
  if (typeof guard === 'function') return madeGuardName(guard as MadeGuard);
  if (typeof guard !== 'object' || guard === null || !('type' in guard)) return undefined;
  if (typeof guard.type !== 'string') return undefined;
  const word = 'params' in guard && typeof guard.params === 'string' ? ` ${guard.params}` : '';
  return `${guard.type}${word}`;
}

function madeGuardName({ check, guards = [], stateValue }: MadeGuard): string | undefined {
  if (typeof stateValue === 'string') return `in ${stateValue.replace('#', '')}`;
  const names = guards.map((guard) => guardName(guard) ?? '?');
  switch (check?.name) {
    case 'checkNot':
      return `not (${names.join()})`;
    case 'checkOr':
      return names.join(' or ');
    case 'checkAnd':
      return names.join(' and ');
    default:
      return undefined;
  }
}
