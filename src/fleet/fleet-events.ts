import type { Clock, Timer } from '../clock/clock.ts';
import type { PublishedTree } from '../scenario/published-tree.ts';
import type { RunningWorld } from '../scenario/world.ts';
import { type FleetEvent, type FleetPlan, isServerEvent, type ServerEvent } from './fleet-plan.ts';
import type { PhoneLife } from './phone-life.ts';
import type { Population } from './population.ts';

/** Timers that can be called off together. */
export class Schedule {
  readonly #clock: Clock;
  readonly #startMs: number;
  readonly #timers = new Set<Timer>();

  /** `startMs`: what times count from, by the clock. */
  constructor(clock: Clock, startMs: number) {
    this.#clock = clock;
    this.#startMs = startMs;
  }

  at(atMs: number, run: () => void): void {
    const timer = this.#clock.setTimeout(
      () => {
        this.#timers.delete(timer);
        run();
      },
      this.#startMs + atMs - this.#clock.now(),
    );
    this.#timers.add(timer);
  }

  clear(): void {
    for (const timer of this.#timers) this.#clock.clearTimeout(timer);
    this.#timers.clear();
  }
}

/** What happens to a server that is in our hands. */
export function scheduleServerEvents(
  { events }: FleetPlan,
  schedule: Schedule,
  {
    world,
    tree,
  }: { readonly world: Pick<RunningWorld, 'breakServer' | 'mendServer'>; readonly tree: PublishedTree },
): void {
  for (const event of events.filter(isServerEvent)) {
    schedule.at(event.atMs, () => {
      if (event.kind === 'publish') tree.publish(event.layers);
      else void world.breakServer('down');
    });
    if (event.kind === 'blackout') schedule.at(event.atMs + event.ms, () => void world.mendServer());
  }
}

type PhoneEventOfFleet = Exclude<FleetEvent, ServerEvent>;

/** Whom NOTIFYs of a fleet come from; its phones take them from anyone. */
const NOTIFIER = '127.0.0.1';

/** What happens to phones: each follows from its index. `lives`: those who have begun by then. */
export function schedulePhoneEvents(
  { events }: FleetPlan,
  schedule: Schedule,
  { population, lives }: { readonly population: Population; readonly lives: () => Iterable<PhoneLife> },
): void {
  for (const [number, event] of events.entries()) {
    if (isServerEvent(event)) continue;
    schedule.at(event.atMs, () => {
      for (const life of [...lives()]) {
        const place = population.placeIn(`event ${number}`, life.member.index);
        if (place < event.share) befall(life, event, { place, schedule });
      }
    });
  }
}

function befall(
  life: PhoneLife,
  event: PhoneEventOfFleet,
  { place, schedule }: { readonly place: number; readonly schedule: Schedule },
): void {
  if (event.kind === 'cut-power') {
    life.cutPowerAtFirmware(event);
    return;
  }
  const afterMs = Math.floor((place / event.share) * event.overMs);
  schedule.at(event.atMs + afterMs, () => {
    if (event.kind === 'restart') life.send({ type: 'phone.reset' });
    else life.send({ type: 'notify.receive', from: NOTIFIER, event: 'check-sync' });
  });
}
