import { availableParallelism } from 'node:os';
import type { Clock } from '../clock/clock.ts';
import type { JournalEntry } from '../events/journal.ts';
import type { FleetFigures } from '../report/fleet/figures.ts';
import { mergeFigures } from '../report/fleet/tally.ts';
import { runPlan } from '../scenario/open-case.ts';
import { PublishedTree } from '../scenario/published-tree.ts';
import { openWorld } from '../scenario/world.ts';
import { type Crew, startCrew } from '../workers/crew.ts';
import {
  doShare,
  type ServersElsewhere,
  type ShareDone,
  type ShareOrder,
  type ShareReport,
  type ShareTask,
  withHttps,
} from './do-share.ts';
import { Blackouts, Schedule, scheduleServerEvents } from './fleet-events.ts';
import type { FleetPlan, Shard } from './fleet-plan.ts';
import type { GeneratorHealth } from './generator.ts';
import { boundGarbage, FleetMemoryError, isOutOfMemory, wantThread } from './memory.ts';
import { indexesOf } from './population.ts';
import { provisioned } from './provision.ts';
import { Costs } from './run-costs.ts';
import { type Standing, type Steered, type Steering, SteeringLog } from './steering.ts';
import { FiguresOfAll, type FleetProgress, ProgressOfAll } from './workers-as-one.ts';

export interface FleetOptions {
  readonly plan: FleetPlan;
  readonly shard: Shard;
  readonly workers: number;
  /** Phones whose facts are wanted, by index. */
  readonly trace: readonly number[];
  /** Of the host. */
  readonly clock: Clock;
  /** Not before that time of the host, and counted from it however late it is; absent: at once. */
  readonly startAtMs?: number;
  readonly onProgress: (progress: FleetProgress) => void;
  /** What was asked for by `figures`. */
  readonly onFigures?: (figures: FleetFigures) => void;
  readonly onFact: (entry: JournalEntry) => void;
}

/** A fleet on its way. */
export interface RunningFleet {
  /** Resolves when every phone has left. */
  readonly done: Promise<FleetDone>;
  /** Gives an order, which the result then has; a sentence if it cannot be followed. */
  steer(order: Steering): string | undefined;
  /** Asks for the figures so far. */
  figures(): void;
  /** Every phone leaves as it stands. */
  halt(): void;
}

export interface FleetDone {
  readonly figures: FleetFigures;
  readonly health: GeneratorHealth;
  /** Orders on the way; with any, it is no run that can be repeated. */
  readonly steered: readonly Steered[];
  /** Why it was ended before its time: phones were to poll, and one never will. */
  readonly noPoll?: string;
}

/** So long after the last worker is ready the run starts: its orders are on their way. */
const START_AFTER_MS = 50;

/** Runs a shard of a fleet in so many workers. `done` rejects with `FleetMemoryError` for want of memory. */
export function runFleet(options: FleetOptions): RunningFleet {
  const { workers, shard, plan, trace } = options;
  const phones = indexesOf({ first: plan.firstIndex, count: plan.count }, shard).length;
  boundGarbage(phones);
  // Facts of a worker here need not be copied.
  const isHere = workers === 1 && (trace.length > 0 || !wantThread(phones));
  const team = isHere ? oneHere() : threads(workers);
  const start = new CommonStart(options);
  const wheel = new Wheel(plan, team);
  const done = run(options, { team, wheel, start })
    .catch((error: unknown) => {
      throw isOutOfMemory(error) ? new FleetMemoryError({ phones, workers }, { cause: error }) : error;
    })
    .finally(() => team.stop());
  return {
    done,
    steer: (order) => {
      const refusal = wheel.steer(order);
      if (refusal === undefined && order.kind === 'drain') start.waitNoLonger();
      return refusal;
    },
    figures: () => team.order({ kind: 'figures' }),
    halt: () => {
      team.order({ kind: 'halt' });
      start.waitNoLonger();
    },
  };
}

/** What a run is led by. */
interface Leading {
  readonly team: Team;
  readonly wheel: Wheel;
  readonly start: CommonStart;
}

async function run(options: FleetOptions, { team, wheel, start }: Leading): Promise<FleetDone> {
  const { shard, workers, trace, clock } = options;
  const plan = await provisioned(options.plan);
  const servers = workers > 1 ? await openServers(plan) : undefined;
  const costs = new Costs(clock);
  const progress = new ProgressOfAll(workers, (all) => {
    wheel.standing = all;
    options.onProgress(all);
  });
  const figures = new FiguresOfAll(workers, options.onFigures);
  wheel.servers = servers;
  let readyWorkers = 0;
  let noPoll: string | undefined;
  const begin = () => {
    const atHostMs = options.startAtMs ?? clock.now() + (workers > 1 ? START_AFTER_MS : 0);
    costs.begin();
    wheel.standing = { atMs: 0, phones: plan.count, begun: 0 };
    servers?.begin(atHostMs);
    team.order({ kind: 'begin', atHostMs });
  };
  const hear = (worker: number) => (report: ShareReport) => {
    switch (report.kind) {
      case 'ready':
        if (++readyWorkers === workers) start.wait(begin);
        return;
      case 'progress':
        progress.take(worker, report);
        return;
      case 'figures':
        figures.take(worker, report.figures);
        return;
      case 'fact':
        options.onFact(report.entry);
        return;
      case 'no-poll':
        noPoll ??= report.sentence;
        team.order({ kind: 'halt' });
    }
  };
  try {
    const shares = Array.from({ length: workers }, (_, index) => {
      const task = { plan, shard, worker: { index, of: workers }, trace };
      const done = team.do({ ...task, ...(servers && { servers: servers.place }) }, hear(index));
      return done.then((one) => {
        figures.last(index, one.figures);
        return one;
      });
    });
    const all = Promise.all(shares);
    const done = await (servers === undefined ? all : Promise.race([all, servers.failure]));
    return {
      figures: mergeFigures(done.map(({ figures }) => figures)),
      health: { workers: done.map(({ health }) => health), cores: availableParallelism(), ...costs.read() },
      steered: wheel.given,
      ...(noPoll !== undefined && { noPoll }),
    };
  } finally {
    costs.end();
    await servers?.close();
  }
}

/** The instant at which shards on other machines begin too; none: at once. */
class CommonStart {
  readonly #clock: Clock;
  readonly #atMs: number;
  #timer: unknown;
  #begin: (() => void) | undefined;
  #isAwaited = true;

  constructor({ clock, startAtMs = 0 }: FleetOptions) {
    this.#clock = clock;
    this.#atMs = startAtMs - START_AFTER_MS;
  }

  /** Orders are sent a little earlier, and name the instant. */
  wait(begin: () => void): void {
    const waitMs = this.#atMs - this.#clock.now();
    if (waitMs <= 0 || !this.#isAwaited) {
      begin();
      return;
    }
    this.#begin = begin;
    this.#timer = this.#clock.setTimeout(() => this.waitNoLonger(), waitMs);
  }

  waitNoLonger(): void {
    this.#isAwaited = false;
    this.#clock.clearTimeout(this.#timer);
    const begin = this.#begin;
    this.#begin = undefined;
    begin?.();
  }
}

type Team = Pick<Crew<ShareTask, ShareDone, ShareOrder, ShareReport>, 'do' | 'order' | 'stop'>;

function threads(count: number): Team {
  return startCrew(new URL('./share-worker.js', import.meta.url), count);
}

/** One worker of few phones needs no thread. */
function oneHere(): Team {
  const kept: ShareOrder[] = [];
  let tell: (order: ShareOrder) => void = (order) => kept.push(order);
  return {
    do: (task, hear = () => {}) =>
      doShare(task, {
        report: hear,
        heed: (listener) => {
          tell = listener;
          for (const order of kept.splice(0)) listener(order);
        },
      }),
    order: (order) => tell(order),
    stop: async () => {},
  };
}

/** Orders to a fleet under way. */
class Wheel {
  readonly #log: SteeringLog;
  readonly #team: Team;
  /** How far the fleet is. */
  standing: Standing = { atMs: 0, phones: 0, begun: undefined };
  /** Our own, for all workers. */
  servers: OwnServers | undefined;

  constructor(plan: FleetPlan, team: Team) {
    this.#log = new SteeringLog(plan);
    this.#team = team;
  }

  get given(): readonly Steered[] {
    return this.#log.given;
  }

  steer(order: Steering): string | undefined {
    const refusal = this.#log.take(order, this.standing);
    if (refusal !== undefined) return refusal;
    if (order.kind === 'blackout') this.servers?.blackout(order.ms);
    this.#team.order(order);
    return undefined;
  }
}

interface OwnServers {
  readonly place: ServersElsewhere;
  /** What happens to them happens from then on. */
  begin(atHostMs: number): void;
  /** They are gone for so long. */
  blackout(ms: number): void;
  /** Rejects when they cannot be had. */
  readonly failure: Promise<never>;
  close(): Promise<void>;
}

/** Our own servers for all workers; undefined: they are somebody else's, or in the memory of each worker. */
async function openServers(plan: FleetPlan): Promise<OwnServers | undefined> {
  if (plan.server.kind !== 'embedded' || plan.time === 'virtual') return undefined;
  const tree = new PublishedTree(plan.server.layers);
  const world = await openWorld(runPlan(withHttps({ ...plan, time: 'real' }), tree));
  const { server: address, ports } = world;
  if (address === null) throw new Error('Our own server has no address');
  let schedule: Schedule | undefined;
  let blackouts: Blackouts | undefined;
  let startMs = 0;
  let fail: (error: unknown) => void = () => {};
  const failure = new Promise<never>((_, reject) => {
    fail = reject;
  });
  // Whoever has closed them by then does not care.
  failure.catch(() => {});
  return {
    failure,
    place: { address, ports },
    begin: (atHostMs) => {
      startMs = atHostMs;
      schedule = new Schedule(world.clock, startMs);
      blackouts = new Blackouts(world, schedule, fail);
      scheduleServerEvents(plan, schedule, { blackouts, tree });
    },
    blackout: (ms) => blackouts?.begin({ ms, atMs: world.clock.now() - startMs }),
    close: async () => {
      schedule?.clear();
      await world.close();
    },
  };
}
