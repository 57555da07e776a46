import { expect, test } from 'vitest';
import { checkMachine } from '../../src/phone/check.machine.ts';
import { leaseMachine } from '../../src/phone/lease.machine.ts';
import { phoneMachine } from '../../src/phone/phone.machine.ts';

// Two mistakes that compile: a misspelt delay fires at once, and a failed invocation without onError ends the
// phone.

interface Node {
  readonly id: string;
  readonly states: Readonly<Record<string, Node>>;
  readonly config: {
    readonly after?: Readonly<Record<string, unknown>>;
    readonly invoke?: unknown;
  };
}

interface Machine {
  readonly root: Node;
  readonly implementations: { readonly delays: object };
}

/** Our own machines, invoked as actors: a bug in one should end the phone, so they have no onError. */
const ownMachines = ['check'];

function nodesOf(node: Node): Node[] {
  return [node, ...Object.values(node.states).flatMap(nodesOf)];
}

function misspeltDelays({ root, implementations }: Machine): string[] {
  const known = Object.keys(implementations.delays);
  return nodesOf(root).flatMap((node) =>
    Object.keys(node.config.after ?? {})
      .filter((delay) => !known.includes(delay) && !/^\d+$/.test(delay))
      .map((delay) => `${node.id}: after "${delay}"`),
  );
}

function unguardedInvocations({ root }: Machine): string[] {
  return nodesOf(root).flatMap((node) =>
    [node.config.invoke ?? []]
      .flat()
      .filter((invocation): invocation is { src: string; onError?: unknown } => invocation !== null)
      .filter(({ src, onError }) => ownMachines.includes(src) === (onError !== undefined))
      .map(({ src }) => `${node.id}: invokes ${src}`),
  );
}

const machines: [string, Machine][] = [
  ['phone', phoneMachine as unknown as Machine],
  ['check', checkMachine as unknown as Machine],
  ['dhcp', leaseMachine as unknown as Machine],
];

test.for(machines)('%s: every delay is a number or known by name', ([, machine]) => {
  expect(misspeltDelays(machine)).toEqual([]);
});

test.for(machines)(
  '%s: every invocation of I/O has onError, every one of our machines has none',
  ([, machine]) => {
    expect(unguardedInvocations(machine)).toEqual([]);
  },
);

test('a misspelt delay and an invocation without onError are found', () => {
  const state = (id: string, config: Node['config']): Node => ({ id, config, states: {} });
  const planted: Machine = {
    implementations: { delays: { restart: 1 } },
    root: {
      id: 'planted',
      config: {},
      states: {
        a: state('planted.a', { after: { restat: {}, 500: {}, restart: {} } }),
        b: state('planted.b', { invoke: { src: 'download' } }),
        c: state('planted.c', { invoke: { src: 'check', onError: {} } }),
      },
    },
  };
  expect(misspeltDelays(planted)).toEqual(['planted.a: after "restat"']);
  expect(unguardedInvocations(planted)).toEqual(['planted.b: invokes download', 'planted.c: invokes check']);
});
