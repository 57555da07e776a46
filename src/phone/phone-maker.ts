import { type Actor, createActor } from 'xstate';
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
   * given up, or off, with no question on the screen.
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
    const actor = createActor(phoneMachine, { input: unit, clock: actorClock });
    return startPhone(unit.mac, actor);
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
    return snapshot.hasTag('rest') && !snapshot.hasTag('asking');
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
