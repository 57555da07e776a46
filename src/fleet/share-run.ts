import type { Clock } from '../clock/clock.ts';
import type { PhoneEvent } from '../events/phone-event.ts';
import { type Phone, phoneMaker } from '../phone/phone-maker.ts';
import type { PhoneFlash } from '../phone/world.ts';
import type { FleetFigures, PhoneEnd } from '../report/fleet/figures.ts';
import type { FleetGlance } from '../report/fleet/glance.ts';
import type { LiveFigures } from '../report/fleet/live-figures.ts';
import { FleetTally } from '../report/fleet/tally.ts';
import { sayNoPoll } from '../report/reasons.ts';
import { phoneSetup } from '../scenario/open-case.ts';
import type { PublishedTree } from '../scenario/published-tree.ts';
import type { RunningWorld } from '../scenario/world.ts';
import { type Arrival, ArrivalQueue } from './arrival-queue.ts';
import {
  Blackouts,
  cutPowerOfNewcomer,
  Schedule,
  schedulePhoneEvents,
  scheduleServerEvents,
} from './fleet-events.ts';
import type { FleetPlan, Shard } from './fleet-plan.ts';
import { PhoneLife } from './phone-life.ts';
import { type Member, type NewMember, Population } from './population.ts';
import { serverFor } from './server-for.ts';
import { tallyPlan } from './tally-plan.ts';

/** The phones of one worker: which of the fleet they are, and what is around them. */
export interface ShareOptions {
  readonly plan: FleetPlan;
  readonly shard: Shard;
  readonly worker: Shard;
  readonly world: RunningWorld;
  /** Of a server that is in this worker's hands: what happens to it happens here. */
  readonly tree?: PublishedTree | undefined;
  /** When the run starts, by the clock of the world. */
  readonly startMs: number;
  readonly onFact?: (member: Member, atMs: number, event: PhoneEvent) => void;
  /** Phones that are to poll, and of which one never will: the run makes no sense. */
  readonly onNoPoll?: (sentence: string) => void;
  /** A phone began, so much later than it was due. */
  readonly onBegun?: (lateMs: number) => void;
}

/** How far the phones of a share are. */
export interface ShareProgress {
  readonly phones: number;
  readonly begun: number;
  readonly left: number;
  readonly glance: FleetGlance;
  /** From the start of the run. */
  readonly atMs: number;
}

/** Those phones of a fleet that one worker has, from the first power to the end of the last. */
export class ShareRun {
  /** Resolves when every phone has left; rejects when the emulator failed. */
  readonly over: Promise<void>;
  readonly #options: ShareOptions;
  readonly #clock: Clock;
  readonly #population: Population;
  readonly #tally: FleetTally;
  readonly #schedule: Schedule;
  readonly #blackouts: Blackouts;
  readonly #phones: number;
  /** Of a closed fleet: those whose turn comes when the one before in their chain has left. */
  readonly #chained = new Set<number>();
  readonly #queue: ArrivalQueue;
  readonly #lives = new Map<string, PhoneLife>();
  readonly #make: (member: NewMember, flash: PhoneFlash) => Phone;
  #begun = 0;
  #left = 0;
  #end: () => void = () => {};
  #fail: (error: unknown) => void = () => {};

  constructor(options: ShareOptions) {
    const { plan, shard, worker, world, startMs } = options;
    this.#options = options;
    this.#clock = world.clock;
    this.#population = new Population(plan);
    this.#tally = new FleetTally(tallyPlan(plan));
    this.#schedule = new Schedule(world.clock, startMs);
    this.#blackouts = new Blackouts(world, this.#schedule, (error) => this.#fail(error));
    this.over = new Promise((resolve, reject) => {
      this.#end = resolve;
      this.#fail = reject;
    });
    const make = phoneMaker({
      ...world.world,
      tellsConnections: true,
      record: (mac, event) => this.#take(mac, event),
    });
    this.#make = (member, flash) =>
      make({ ...phoneSetup(member.phone, flash, world), server: serverFor(world, member.protocol) });
    const members = this.#population.indexes(shard, worker);
    this.#phones = members.length;
    this.#queue = new ArrivalQueue(world.clock, this.#arrivals(members), (arrival) => this.#begin(arrival));
  }

  /** From now on phones begin when they are due, and things happen to them. */
  begin(): void {
    const { plan, tree } = this.#options;
    if (tree !== undefined) {
      scheduleServerEvents(plan, this.#schedule, { blackouts: this.#blackouts, tree });
    }
    schedulePhoneEvents(plan, this.#schedule, {
      population: this.#population,
      lives: () => this.#lives.values(),
    });
    if (plan.life.kind === 'duration') this.#schedule.at(plan.life.ms, () => this.drain());
    this.#queue.open();
    this.#endIfOver();
  }

  /** No phone begins any more; those that did come to their end. */
  drain(): void {
    for (const { index, dueMs } of this.#queue.close()) this.#leaveOut(index, dueMs);
    for (const index of this.#chained) this.#leaveOut(index, this.#clock.now());
    this.#chained.clear();
    for (const life of [...this.#lives.values()]) life.finish();
    this.#endIfOver();
  }

  /** Every phone leaves as it stands. */
  halt(): void {
    this.drain();
    for (const life of [...this.#lives.values()]) life.halt();
  }

  /** Those who have not begun come so many times as fast. */
  pace(factor: number): void {
    this.#queue.pace(factor);
  }

  /** A server that is in this worker's hands is gone for so long. */
  blackout(ms: number): void {
    if (this.#options.tree === undefined) return;
    this.#blackouts.begin({ ms, atMs: this.#fromStart(this.#clock.now()) });
  }

  progress(): ShareProgress {
    return {
      phones: this.#phones,
      begun: this.#begun,
      left: this.#left,
      glance: this.#tally.glance(),
      // Workers are ready before the instant at which all begin.
      atMs: Math.max(0, this.#fromStart(this.#clock.now())),
    };
  }

  live(): LiveFigures {
    return this.#tally.live();
  }

  figures(): FleetFigures {
    return this.#tally.figures();
  }

  #arrivals(members: readonly number[]): readonly Arrival[] {
    const { plan, startMs } = this.#options;
    const { arrivals, firstIndex } = plan;
    if (arrivals.kind === 'closed') {
      for (const index of members) if (index - firstIndex >= arrivals.atOnce) this.#chained.add(index);
    }
    return members
      .filter((index) => !this.#chained.has(index))
      .map((index) => ({ index, dueMs: startMs + this.#population.arrivalMs(index) }));
  }

  #begin({ index, dueMs }: Arrival): void {
    this.#begun++;
    this.#options.onBegun?.(this.#clock.now() - dueMs);
    const life = new PhoneLife(this.#population.member(index), {
      clock: this.#clock,
      life: this.#options.plan.life,
      limitMs: this.#options.plan.limitMs,
      make: this.#make,
      due: (member, atMs, boot) => {
        if (boot === 'again') this.#tally.dueAgain(member.index, this.#fromStart(atMs));
        else this.#tally.scheduled(member.index, this.#fromStart(atMs), member.protocol);
      },
      staysForNothing: (member, because) => this.#complainOfNoPoll(member, because),
      left: (member, end) => this.#hasLeft(member, end),
      failed: (error) => this.#fail(error),
    });
    this.#lives.set(life.member.mac, life);
    cutPowerOfNewcomer(life, this.#options.plan, {
      population: this.#population,
      nowMs: this.#fromStart(this.#clock.now()),
    });
    life.begin(dueMs);
  }

  #take(mac: string, event: PhoneEvent): void {
    const life = this.#lives.get(mac);
    // What a phone tells while it is stopped is no part of the run.
    if (life === undefined) return;
    const atMs = this.#fromStart(this.#clock.now());
    this.#tally.take(life.member.index, atMs, event);
    this.#options.onFact?.(life.member, atMs, event);
    life.hear(event);
  }

  /** Phones that something else happens to need not poll. */
  #complainOfNoPoll({ index, mac }: Member, because: string): void {
    if (this.#options.plan.events.length > 0) return;
    this.#options.onNoPoll?.(
      `phone ${index} (${mac}) stays up for polls, and has none ahead: ${sayNoPoll(because)}`,
    );
  }

  #hasLeft({ index, mac }: Member, end: PhoneEnd): void {
    this.#lives.delete(mac);
    this.#tally.left(index, this.#fromStart(this.#clock.now()), end);
    this.#left++;
    this.#beginNextOfChain(index);
    this.#endIfOver();
  }

  #beginNextOfChain(index: number): void {
    const { arrivals } = this.#options.plan;
    if (arrivals.kind !== 'closed') return;
    const next = index + arrivals.atOnce;
    if (this.#chained.delete(next)) this.#begin({ index: next, dueMs: this.#clock.now() });
  }

  /** A phone that never had power. */
  #leaveOut(index: number, dueMs: number): void {
    const { protocol } = this.#population.member(index);
    this.#tally.scheduled(index, this.#fromStart(dueMs), protocol);
    this.#tally.left(index, this.#fromStart(this.#clock.now()), 'not-begun');
    this.#left++;
  }

  #endIfOver(): void {
    if (this.#left < this.#phones) return;
    this.#schedule.clear();
    this.#end();
  }

  #fromStart(atMs: number): number {
    return atMs - this.#options.startMs;
  }
}
