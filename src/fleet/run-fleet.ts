import { availableParallelism } from 'node:os';
import type { Clock } from '../clock/clock.ts';
import type { JournalEntry } from '../events/journal.ts';
import type { FleetFigures } from '../report/fleet/figures.ts';
import { addGlances } from '../report/fleet/glance.ts';
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
import { Schedule, scheduleServerEvents } from './fleet-events.ts';
import type { FleetPlan, Shard } from './fleet-plan.ts';
import type { GeneratorHealth } from './generator.ts';
import { provisioned } from './provision.ts';
import type { ShareProgress } from './share-run.ts';

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
  readonly onProgress: (progress: ShareProgress) => void;
  readonly onFact: (entry: JournalEntry) => void;
}

/** A fleet on its way. */
export interface RunningFleet {
  /** Resolves when every phone has left. */
  readonly done: Promise<FleetDone>;
  /** No phone begins any more; those under way come to their end. */
  drain(): void;
  /** Every phone leaves as it stands. */
  halt(): void;
}

export interface FleetDone {
  readonly figures: FleetFigures;
  readonly health: GeneratorHealth;
  /** Why it was ended before its time: phones were to poll, and one never will. */
  readonly noPoll?: string;
}

/** So long after the last worker is ready the run starts: its orders are on their way. */
const START_AFTER_MS = 50;

/** Runs a shard of a fleet in so many workers. */
export function runFleet(options: FleetOptions): RunningFleet {
  const team = options.workers === 1 ? oneHere() : severalThreads(options.workers);
  const start = new CommonStart(options);
  const done = run(options, team, start).finally(() => team.stop());
  const stop = (kind: 'drain' | 'halt') => {
    team.order({ kind });
    start.waitNoLonger();
  };
  return { done, drain: () => stop('drain'), halt: () => stop('halt') };
}

async function run(options: FleetOptions, team: Team, start: CommonStart): Promise<FleetDone> {
  const { shard, workers, trace, clock } = options;
  const plan = await provisioned(options.plan);
  const servers = workers > 1 ? await openServers(plan) : undefined;
  const costs = new Costs(clock);
  const progress = new ProgressOfAll(workers, options.onProgress);
  let readyWorkers = 0;
  let noPoll: string | undefined;
  const begin = () => {
    const atHostMs = options.startAtMs ?? clock.now() + (workers > 1 ? START_AFTER_MS : 0);
    costs.begin();
    servers?.begin(atHostMs);
    team.order({ kind: 'begin', atHostMs });
  };
  const hear = (worker: number) => (report: ShareReport) => {
    switch (report.kind) {
      case 'ready':
        if (++readyWorkers === workers) start.wait(begin);
        return;
      case 'progress':
        progress.take(worker, report.progress);
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
      return team.do({ ...task, ...(servers && { servers: servers.place }) }, hear(index));
    });
    const done = await Promise.all(shares);
    return {
      figures: mergeFigures(done.map(({ figures }) => figures)),
      health: { workers: done.map(({ health }) => health), cores: availableParallelism(), ...costs.read() },
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

function severalThreads(count: number): Team {
  return startCrew(new URL('./share-worker.js', import.meta.url), count);
}

/** One worker needs no thread. */
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

interface OwnServers {
  readonly place: ServersElsewhere;
  /** What happens to them happens from then on. */
  begin(atHostMs: number): void;
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
  return {
    place: { address, ports },
    begin: (atHostMs) => {
      schedule = new Schedule(world.clock, atHostMs);
      scheduleServerEvents(plan, schedule, { world, tree });
    },
    close: async () => {
      schedule?.clear();
      await world.close();
    },
  };
}

/** The progress of all workers as one. */
class ProgressOfAll {
  readonly #last: (ShareProgress | undefined)[];
  readonly #tell: (progress: ShareProgress) => void;

  constructor(workers: number, tell: (progress: ShareProgress) => void) {
    this.#last = new Array(workers).fill(undefined);
    this.#tell = tell;
  }

  take(worker: number, progress: ShareProgress): void {
    this.#last[worker] = progress;
    const all = this.#last.filter((one) => one !== undefined);
    // The first sums would be of a part of the fleet.
    if (all.length < this.#last.length) return;
    const sum = (of: (one: ShareProgress) => number) => all.reduce((total, one) => total + of(one), 0);
    this.#tell({
      phones: sum(({ phones }) => phones),
      begun: sum(({ begun }) => begun),
      left: sum(({ left }) => left),
      glance: addGlances(all.map(({ glance }) => glance)),
      atMs: Math.max(...all.map(({ atMs }) => atMs)),
    });
  }
}

/** What a run costs this process. */
class Costs {
  readonly #clock: Clock;
  #beganMs = 0;
  #cpu = process.cpuUsage();
  #rssMaxBytes = 0;
  #stopLooking: () => void = () => {};

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  begin(): void {
    this.#beganMs = this.#clock.now();
    this.#cpu = process.cpuUsage();
    const look = () => {
      this.#rssMaxBytes = Math.max(this.#rssMaxBytes, process.memoryUsage.rss());
      timer = this.#clock.setTimeout(look, LOOK_EVERY_MS);
    };
    let timer: unknown;
    look();
    this.#stopLooking = () => this.#clock.clearTimeout(timer);
  }

  end(): void {
    this.#stopLooking();
  }

  read(): Pick<GeneratorHealth, 'tookMs' | 'cpuMs' | 'rssMaxBytes'> {
    const { user, system } = process.cpuUsage(this.#cpu);
    return {
      tookMs: this.#clock.now() - this.#beganMs,
      cpuMs: (user + system) / 1000,
      rssMaxBytes: Math.max(this.#rssMaxBytes, process.memoryUsage.rss()),
    };
  }
}

const LOOK_EVERY_MS = 1000;
