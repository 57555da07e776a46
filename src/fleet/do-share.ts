import { SECOND_MS } from '../clock/durations.ts';
import { SystemClock } from '../clock/system-clock.ts';
import { watchThread } from '../clock/thread-health.ts';
import { VirtualClock } from '../clock/virtual-clock.ts';
import type { JournalEntry } from '../events/journal.ts';
import type { ServerAddress } from '../provisioning/server-address.ts';
import type { FleetFigures } from '../report/fleet/figures.ts';
import type { LiveFigures } from '../report/fleet/live-figures.ts';
import { runPlan } from '../scenario/open-case.ts';
import { PublishedTree } from '../scenario/published-tree.ts';
import { openWorld, type RunningWorld } from '../scenario/world.ts';
import type { Lead } from '../workers/work-as.ts';
import type { FleetPlan, Shard } from './fleet-plan.ts';
import { LatenessFold, type WorkerHealth } from './generator.ts';
import { HealthTimeline } from './health-timeline.ts';
import { type ShareProgress, ShareRun } from './share-run.ts';
import type { Steering } from './steering.ts';

/** What a worker is given: its part of a fleet. */
export interface ShareTask {
  readonly plan: FleetPlan;
  readonly shard: Shard;
  readonly worker: Shard;
  /** Our own servers, when they run elsewhere in this process. */
  readonly servers?: ServersElsewhere;
  /** Phones whose facts are wanted, by index. */
  readonly trace: readonly number[];
}

export interface ServersElsewhere {
  readonly address: ServerAddress;
  readonly ports: RunningWorld['ports'];
}

/** What the lead tells its workers. `begin`: at that time of the host. */
export type ShareOrder =
  | { readonly kind: 'begin'; readonly atHostMs: number }
  | Steering
  | { readonly kind: 'halt' }
  /** Asks for the figures so far. */
  | { readonly kind: 'figures' };

export type ShareReport =
  | { readonly kind: 'ready' }
  | ({ readonly kind: 'progress' } & WorkerProgress)
  | { readonly kind: 'figures'; readonly figures: FleetFigures }
  | { readonly kind: 'no-poll'; readonly sentence: string }
  | { readonly kind: 'fact'; readonly entry: JournalEntry };

/** How far one worker is, what its phones met, and how it fares itself. */
export interface WorkerProgress {
  readonly progress: ShareProgress;
  readonly live: LiveFigures;
  readonly health: WorkerHealth;
}

export interface ShareDone {
  readonly figures: FleetFigures;
  readonly health: WorkerHealth;
}

/** How often a worker says how far it is, and looks at its sockets. */
const REPORT_EVERY_MS = SECOND_MS;

const host = new SystemClock();

/** Does one share of a fleet, from `ready` to its figures. */
export async function doShare(task: ShareTask, lead: Lead<ShareOrder, ShareReport>): Promise<ShareDone> {
  const orders = new OrdersForShare(lead);
  const tree = treeOf(task);
  const world = await openShareWorld(task, tree);
  lead.report({ kind: 'ready' });
  const atHostMs = await orders.begin;
  const health = watchThread();
  const starts = new LatenessFold();
  const run = new ShareRun({
    ...task,
    world,
    tree,
    startMs: startIn(world, atHostMs),
    onBegun: (lateMs) => starts.add(lateMs),
    onNoPoll: (sentence) => lead.report({ kind: 'no-poll', sentence }),
    ...(task.trace.length > 0 && { onFact: tracer(task.trace, lead) }),
  });
  const sockets = new SocketWatch();
  const timeline = new HealthTimeline();
  const beganMs = host.now();
  const lookAtHealth = () =>
    timeline.add(host.now() - beganMs, { ...health.lately(), latestStartMs: starts.latelyMs() });
  const healthSoFar = () => ({ ...health.read(), starts: starts.lateness(), socketsMax: sockets.most });
  const tellProgress = () =>
    lead.report({ kind: 'progress', progress: run.progress(), live: run.live(), health: healthSoFar() });
  const stopReporting = every(REPORT_EVERY_MS, () => {
    sockets.look();
    lookAtHealth();
    tellProgress();
  });
  try {
    run.begin();
    orders.heed((order) => obey(order, run, lead));
    await goThrough(run, world);
    tellProgress();
    lookAtHealth();
    return { figures: run.figures(), health: { ...healthSoFar(), overTime: timeline.overTime() } };
  } finally {
    stopReporting();
    health.stop();
    await world.close();
  }
}

function treeOf({ plan, servers }: ShareTask): PublishedTree | undefined {
  const { server } = plan;
  return server.kind === 'embedded' && servers === undefined ? new PublishedTree(server.layers) : undefined;
}

async function openShareWorld(
  { plan, servers }: ShareTask,
  tree: PublishedTree | undefined,
): Promise<RunningWorld> {
  if (servers === undefined) return openWorld(runPlan(withHttps(plan), tree));
  const { address, ports } = servers;
  const world = await openWorld(
    runPlan({ ...plan, server: { kind: 'external', address }, ports }, undefined),
  );
  return { ...world, serverOwner: 'embedded' };
}

/** Our own server speaks https only if it is asked to. */
export function withHttps(plan: FleetPlan): FleetPlan {
  const wanted =
    plan.time !== 'virtual' && plan.server.kind === 'embedded' && plan.protocols.includes('https');
  return wanted ? { ...plan, ports: { https: 0, ...plan.ports } } : plan;
}

/** Virtual and leaping clocks have their own time. */
function startIn({ clock }: RunningWorld, atHostMs: number): number {
  return clock instanceof SystemClock ? atHostMs : clock.now();
}

async function goThrough(run: ShareRun, { clock }: RunningWorld): Promise<void> {
  if (!(clock instanceof VirtualClock)) return run.over;
  let isOver: boolean = false;
  const over = run.over.finally(() => {
    isOver = true;
  });
  // Waited for below; until then its rejection is not unheard.
  over.catch(() => {});
  await clock.runWhile(() => !isOver, Number.POSITIVE_INFINITY);
  // Nothing is left that could happen, so whoever is still there stays for ever.
  if (!isOver) run.halt();
  await over;
}

function tracer(trace: readonly number[], lead: Lead<ShareOrder, ShareReport>) {
  const counts = new Map<number, number>(trace.map((index) => [index, 0]));
  return ({ index, mac }: { index: number; mac: string }, at: number, event: JournalEntry['event']) => {
    const before = counts.get(index);
    if (before === undefined) return;
    counts.set(index, before + 1);
    lead.report({ kind: 'fact', entry: { at, phone: mac, n: before + 1, event } });
  };
}

type OrderOnTheWay = Exclude<ShareOrder, { kind: 'begin' }>;

function obey(order: OrderOnTheWay, run: ShareRun, lead: Lead<ShareOrder, ShareReport>): void {
  switch (order.kind) {
    case 'drain':
      run.drain();
      return;
    case 'halt':
      run.halt();
      return;
    case 'pace':
      run.pace(order.factor);
      return;
    case 'blackout':
      run.blackout(order.ms);
      return;
    case 'figures':
      lead.report({ kind: 'figures', figures: run.figures() });
  }
}

/** Orders, whether they come before the run has begun or after. */
class OrdersForShare {
  readonly begin: Promise<number>;
  readonly #kept: OrderOnTheWay[] = [];
  #obey: (order: OrderOnTheWay) => void = (order) => this.#kept.push(order);

  constructor(lead: Lead<ShareOrder, ShareReport>) {
    this.begin = new Promise((resolve) => {
      lead.heed((order) => {
        if (order.kind === 'begin') resolve(order.atHostMs);
        else this.#obey(order);
      });
    });
  }

  heed(obey: (order: OrderOnTheWay) => void): void {
    this.#obey = obey;
    for (const order of this.#kept.splice(0)) obey(order);
  }
}

class SocketWatch {
  most = 0;

  look(): void {
    const sockets = process.getActiveResourcesInfo().filter((name) => /^(?:TCPSocket|UDP)Wrap$/.test(name));
    this.most = Math.max(this.most, sockets.length);
  }
}

function every(ms: number, run: () => void): () => void {
  const again = () => {
    timer = host.setTimeout(again, ms);
    run();
  };
  let timer = host.setTimeout(again, ms);
  return () => host.clearTimeout(timer);
}
