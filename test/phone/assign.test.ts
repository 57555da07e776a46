import { expect, test } from 'vitest';
import { assign as assignOfLibrary, createActor, setup } from 'xstate';
import { assign } from '../../src/phone/assign.ts';

interface Counting {
  readonly count: number;
  readonly said: string;
}

/** A machine that remembers on entry, on exit, in a transition, by parameters, and in all regions at once. */
function counter(remember: typeof assignOfLibrary) {
  return setup({
    types: { context: {} as Counting, events: {} as { type: 'go'; by: number } | { type: 'say' } },
    actions: {
      add: remember(({ context }, by: number) => ({ count: context.count + by })),
      double: remember({ count: ({ context }) => context.count * 2 }),
      say: remember({ said: ({ context }) => `${context.said} ${context.count}` }),
      greet: remember({ said: 'hello' }),
    },
  }).createMachine({
    type: 'parallel',
    context: { count: 1, said: '' },
    states: {
      left: {
        initial: 'here',
        states: {
          here: {
            tags: 'home',
            entry: 'greet',
            exit: 'double',
            on: {
              go: { target: 'there', actions: [{ type: 'add', params: ({ event }) => event.by }, 'say'] },
            },
          },
          there: { entry: 'say', after: { 1000: 'here' }, on: { say: { actions: 'say' } } },
        },
      },
      right: {
        initial: 'still',
        states: { still: { on: { go: { target: 'still', reenter: true, actions: 'double' } } } },
      },
    },
  });
}

/** What is seen of the machine after each of some events. */
function steps(remember: typeof assignOfLibrary) {
  const timers: (() => void)[] = [];
  const clock = { setTimeout: (run: () => void) => timers.push(run), clearTimeout: () => {} };
  const actor = createActor(counter(remember), { clock });
  const seen: unknown[] = [];
  actor.subscribe(({ context, value, tags, status }) =>
    seen.push({ context, value, tags: [...tags], status }),
  );
  actor.start();
  actor.send({ type: 'go', by: 5 });
  actor.send({ type: 'say' });
  for (const run of timers) run();
  actor.send({ type: 'go', by: 1 });
  actor.stop();
  return seen;
}

test('remembers as the assign of xstate does, state for state', () => {
  const ours = steps(assign);

  expect(ours).toEqual(steps(assignOfLibrary));
  expect(ours).toHaveLength(5);
  expect(ours.at(1)).toEqual({
    context: { count: 14, said: 'hello 7 14' },
    value: { left: 'there', right: 'still' },
    tags: [],
    status: 'active',
  });
});
