import type { ActorLogic, Snapshot } from 'xstate';

/** How work ends; `xstate.stop` is the library's word for nobody waiting any longer. */
type Ending<T> =
  | { readonly type: 'work.done'; readonly output: T }
  | { readonly type: 'work.failed'; readonly error: unknown }
  | { readonly type: 'xstate.stop' };

/** `begin`: what is still to be begun. */
type Work<T> = Snapshot<T> & { readonly begin?: () => Promise<T> };

/** Something to be invoked that ends of its own accord. */
export interface WorkLogic<T, I> extends ActorLogic<Work<T>, Ending<T>, I> {}

/**
 * `fromPromise` of xstate, for less: without the abort signal it makes for each promise. What works on when
 * nobody waits for it any longer is ended by other means, as a check is by its door.
 */
export function fromWork<T, I>(work: (input: I) => Promise<T>): WorkLogic<T, I> {
  return {
    getInitialSnapshot: (_scope, input) => ({
      status: 'active',
      output: undefined,
      error: undefined,
      begin: () => work(input),
    }),
    getPersistedSnapshot: (snapshot) => snapshot,
    start: ({ begin }, { self }) => {
      const end = (ending: Ending<T>) => {
        // Whoever waited may have been stopped; xstate would print what nobody hears.
        if (self.getSnapshot().status === 'active') self.send(ending);
      };
      begin?.().then(
        (output) => end({ type: 'work.done', output }),
        (error: unknown) => end({ type: 'work.failed', error }),
      );
    },
    transition: (_snapshot, ending) => {
      switch (ending.type) {
        case 'work.done':
          return { status: 'done', output: ending.output, error: undefined };
        case 'work.failed':
          return { status: 'error', output: undefined, error: ending.error };
        case 'xstate.stop':
          return { status: 'stopped', output: undefined, error: undefined };
      }
    },
  };
}
