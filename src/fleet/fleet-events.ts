import type { Clock, Timer } from '../clock/clock.ts';
import { SECOND_MS } from '../clock/durations.ts';
import type { PublishedTree } from '../scenario/published-tree.ts';
import type { RunningWorld } from '../scenario/world.ts';
import { type FleetEvent, type FleetPlan, isServerEvent } from './fleet-plan.ts';
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

/** While a server is gone a phone's socket may have drawn its port: tried again so often, so far apart. */
const COMEBACKS_MAX = 60;
const COMEBACK_MS = SECOND_MS;

/** Times in which a server that is in our hands is gone; they may overlap. */
export class Blackouts {
  readonly #world: Pick<RunningWorld, 'breakServer' | 'mendServer'>;
  readonly #schedule: Schedule;
  readonly #onFailure: (error: unknown) => void;
  #untilMs = Number.NEGATIVE_INFINITY;

  /** `onFailure`: the server cannot be stopped, or does not come back. */
  constructor(
    world: Pick<RunningWorld, 'breakServer' | 'mendServer'>,
    schedule: Schedule,
    onFailure: (error: unknown) => void,
  ) {
    this.#world = world;
    this.#schedule = schedule;
    this.#onFailure = onFailure;
  }

  /** From now on it is gone for `ms`; `atMs`: now, from the start of the run. */
  begin({ ms, atMs }: { readonly ms: number; readonly atMs: number }): void {
    const endMs = atMs + ms;
    this.#untilMs = Math.max(this.#untilMs, endMs);
    this.#world.breakServer('down').catch(this.#onFailure);
    this.#endAt(endMs, COMEBACKS_MAX);
  }

  #endAt(endMs: number, tries: number): void {
    this.#schedule.at(endMs, () => {
      if (endMs < this.#untilMs) return;
      this.#world.mendServer().catch((error: unknown) => {
        if (tries === 1) this.#onFailure(error);
        else this.#endAt(endMs + COMEBACK_MS, tries - 1);
      });
    });
  }
}

/** What happens to a server that is in our hands. */
export function scheduleServerEvents(
  { events }: FleetPlan,
  schedule: Schedule,
  { blackouts, tree }: { readonly blackouts: Blackouts; readonly tree: PublishedTree },
): void {
  for (const event of events.filter(isServerEvent)) {
    schedule.at(event.atMs, () => {
      if (event.kind === 'publish') tree.publish(event.layers);
      else blackouts.begin(event);
    });
  }
}

/** Whom NOTIFYs of a fleet come from. */
const NOTIFIER = '127.0.0.1';

type Share = Extract<FleetEvent, { readonly share: number }>;

interface Phones {
  readonly population: Population;
  /** Those who have begun by now. */
  lives(): Iterable<PhoneLife>;
}

/** What happens to phones that have begun by then: to whom follows from their index. */
export function schedulePhoneEvents({ events }: FleetPlan, schedule: Schedule, phones: Phones): void {
  for (const [number, event] of events.entries()) {
    if (isServerEvent(event)) continue;
    schedule.at(event.atMs, () => {
      for (const life of [...phones.lives()]) befall(life, event, { number, schedule, phones });
    });
  }
}

/** A phone that begins later loses its power too. */
export function cutPowerOfNewcomer(
  life: PhoneLife,
  { events }: FleetPlan,
  { population, nowMs }: { readonly population: Population; readonly nowMs: number },
): void {
  for (const [number, event] of events.entries()) {
    if (event.kind !== 'cut-power' || event.atMs > nowMs) continue;
    if (placeOf(life, number, population) < event.share) life.cutPowerAtFirmware(event);
  }
}

function befall(
  life: PhoneLife,
  event: Share,
  { number, schedule, phones }: { number: number; schedule: Schedule; phones: Phones },
): void {
  const place = placeOf(life, number, phones.population);
  if (place >= event.share) return;
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

/** Where a phone stands among those that the event draws. */
function placeOf({ member }: PhoneLife, number: number, population: Population): number {
  return population.placeIn(`event ${number}`, member.index);
}
