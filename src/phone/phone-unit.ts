import type { Random } from '../clock/random.ts';
import type { PhoneEvent } from '../events/phone-event.ts';
import type { Timings } from '../provisioning/timings.ts';
import type { PhoneSetup, World } from './world.ts';

/**
 * How long this phone takes for what only it decides, in ms: one draw each from the run's timings, for its
 * whole life.
 */
export type PhoneDurations = { readonly [N in keyof Timings]: number };

/**
 * One set on a desk: its identity, its doors, and the serial numbers of what it does. Not a state; machines
 * carry it along.
 */
export interface PhoneUnit {
  readonly mac: string;
  readonly setup: PhoneSetup;
  readonly world: World;
  readonly durations: PhoneDurations;
  record(event: PhoneEvent): void;
  nextRequestNumber(): number;
}

export function makeUnit(world: World, setup: PhoneSetup): PhoneUnit {
  const { mac } = setup.flash.read();
  let requests = 0;
  return {
    mac,
    setup,
    world,
    durations: drawDurations(world.timings, world.random.fork(mac)),
    record: (event) => world.record(mac, event),
    nextRequestNumber: () => ++requests,
  };
}

function drawDurations(timings: Timings, random: Random): PhoneDurations {
  const drawn = Object.entries(timings).map(([name, [low, high]]) => [
    name,
    low === high ? low : random.fork(name).between(low, high),
  ]);
  return Object.fromEntries(drawn) as { [N in keyof Timings]: number };
}
