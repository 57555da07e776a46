import { expect, test, vi } from 'vitest';
import { createActor, fromPromise, setup } from 'xstate';
import { fromWork } from '../../src/phone/work.ts';

/** A machine that has something done, and what it remembers of how that ended. */
function machineOf(work: ReturnType<typeof fromWork<number, number>>) {
  return setup({
    types: { context: {} as { ended: unknown[] }, events: {} as { type: 'leave' } },
    actors: { work },
    actions: { note: ({ context }, how: unknown) => context.ended.push(how) },
  }).createMachine({
    context: { ended: [] },
    initial: 'working',
    states: {
      working: {
        invoke: {
          src: 'work',
          input: 20,
          onDone: {
            target: 'over',
            actions: { type: 'note', params: ({ event }: { event: { output: number } }) => event.output },
          },
          onError: {
            target: 'over',
            actions: { type: 'note', params: ({ event }: { event: { error: unknown } }) => event.error },
          },
        },
        on: { leave: 'over' },
      },
      over: {},
    },
  });
}

async function ended(
  how: (input: number) => Promise<number>,
  meanwhile: 'waits' | 'leaves',
): Promise<unknown> {
  const actor = createActor(machineOf(fromWork(how))).start();
  if (meanwhile === 'leaves') actor.send({ type: 'leave' });
  await new Promise((resolve) => setImmediate(resolve));
  expect(actor.getSnapshot().children).toEqual({});
  return [actor.getSnapshot().value, ...actor.getSnapshot().context.ended];
}

const fails = new Error('no');

test('ends with what came of it, with its error, or with nothing once nobody waits', async () => {
  const warned = vi.spyOn(console, 'warn');
  expect(await ended(async (input) => input + 1, 'waits')).toEqual(['over', 21]);
  expect(await ended(() => Promise.reject(fails), 'waits')).toEqual(['over', fails]);
  expect(await ended(async (input) => input + 1, 'leaves')).toEqual(['over']);
  expect(await ended(() => Promise.reject(fails), 'leaves')).toEqual(['over']);
  // The library warns of events to whom nobody waits for any longer.
  expect(warned).not.toHaveBeenCalled();
});

test('is seen from outside as the promise of xstate is', async () => {
  const seen = async (
    logic: ReturnType<typeof fromPromise<number, number>> | ReturnType<typeof fromWork<number, number>>,
  ) => {
    const actor = createActor(logic, { input: 1 }).start();
    await new Promise((resolve) => setImmediate(resolve));
    const { status, output, error } = actor.getSnapshot();
    return { status, output, error };
  };
  const work = async (input: number) => input * 2;
  expect(await seen(fromWork(work))).toEqual(await seen(fromPromise(({ input }) => work(input))));
});
