import { assign as assignOfLibrary } from 'xstate';

/** As much of a snapshot as changes when a machine remembers something. */
interface Remembering {
  readonly context: object;
}

/**
 * `assign` of xstate, for less. The library works out anew which states a machine is in whenever its context
 * changes, which costs a phone more than all its files do. Here only the context is another. The library asks
 * an action of its own for its next snapshot by `resolve`; `test/phone/assign.test.ts` holds ours to that.
 */
export const assign: typeof assignOfLibrary = (assignment) => {
  const changes = typeof assignment === 'function' ? assignment : eachProperty(assignment);
  return Object.assign(assignOfLibrary(assignment), {
    resolve: (_scope: unknown, snapshot: Remembering, args: never, params: never) => {
      const context = { ...snapshot.context, ...changes(args, params) };
      return [{ ...snapshot, context }, undefined, undefined];
    },
  });
};

function eachProperty(assignment: object): (args: never, params: never) => object {
  const properties: readonly [name: string, value: unknown][] = Object.entries(assignment);
  return (args, params) => {
    const changes: Record<string, unknown> = {};
    for (const [name, value] of properties) {
      changes[name] = typeof value === 'function' ? value(args, params) : value;
    }
    return changes;
  };
}
