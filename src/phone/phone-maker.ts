import { type Actor, type AnyMachineSnapshot, createActor, type InspectionEvent } from 'xstate';
import type { PhoneCommand } from './command.ts';
import { phoneMachine } from './phone.machine.ts';
import { makeUnit } from './phone-unit.ts';
import type { PhoneSetup, World } from './world.ts';

/** A phone that lives: it takes commands and tells facts. */
export interface Phone {
  readonly mac: string;
  send(command: PhoneCommand): void;
  /**
   * Whether nothing more happens by itself: idle, login screen, banner, recovery
   * given up, or off, with no question on the screen and none to a time server under way.
   */
  atRest(): boolean;
  /** Whether the emulator itself failed; `when` then rejects with the reason. */
  failed(): boolean;
  /**
   * Resolves as soon as `holds` does, at once if it does now; asked after each of the phone's steps. Rejects
   * when the emulator itself failed.
   */
  when(holds: () => boolean): Promise<void>;
  /** Ends it where it is; a running transfer is told as ABORTED. */
  stop(): void;
}

/** Binds clock, doors and journal once; each call then makes one phone, switched off. */
export function phoneMaker(world: World): (setup: PhoneSetup) => Phone {
  const { clock } = world;
  const actorClock = {
    setTimeout: (run: () => void, ms: number) => clock.setTimeout(run, ms),
    clearTimeout: (timer: unknown) => clock.clearTimeout(timer),
  };
  return (setup) => {
    const unit = makeUnit(world, setup);
    const actor = createActor(phoneMachine, {
      input: unit,
      clock: actorClock,
      ...(world.onTransition && { inspect: watch(world.onTransition) }),
    });
    return startPhone(unit.mac, actor);
  };
}

/** Tells the steps of all machines of a phone, its checks included. */
function watch(tell: NonNullable<World['onTransition']>) {
  return (event: InspectionEvent) => {
    if (event.type !== '@xstate.microstep') return;
    const { snapshot, _transitions: transitions } = event;
    const nodes = '_nodes' in snapshot ? (snapshot as AnyMachineSnapshot)._nodes : [];
    tell({ transitions, states: nodes.map(({ id }) => id) });
  };
}

interface Waiting {
  readonly holds: () => boolean;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

function startPhone(mac: string, actor: Actor<typeof phoneMachine>): Phone {
  let failure: { readonly error: unknown } | undefined;
  const waiting = new Set<Waiting>();
  const atRest = () => {
    const snapshot = actor.getSnapshot();
    return snapshot.hasTag('rest') && !snapshot.hasTag('asking') && !snapshot.hasTag('underway');
  };
  actor.subscribe({
    next: () => {
      for (const one of waiting) {
        if (!one.holds()) continue;
        waiting.delete(one);
        one.resolve();
      }
    },
    error: (error) => {
      failure = { error };
      for (const { reject } of waiting) reject(error);
      waiting.clear();
    },
  });
  actor.start();
  return {
    mac,
    send: (command) => actor.send(command),
    atRest,
    failed: () => failure !== undefined,
    when: (holds) =>
      new Promise((resolve, reject) => {
        if (failure !== undefined) reject(failure.error);
        else if (holds()) resolve();
        else waiting.add({ holds, resolve, reject });
      }),
    stop: () => {
      const { door } = actor.getSnapshot().context;
      actor.stop();
      door?.shut();
    },
  };
}
