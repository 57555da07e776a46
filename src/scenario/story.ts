import type { JournalEntry } from '../events/journal.ts';
import { memoryFlash } from '../flash/memory-flash.ts';
import { handsetFor } from '../phone/handset.ts';
import { phoneMaker } from '../phone/phone-maker.ts';
import type { World } from '../phone/world.ts';
import type { Judged } from './case-run.ts';
import { live } from './habits.ts';
import { PhoneRecord } from './phone-record.ts';
import { PublishedTree } from './published-tree.ts';
import type { ScenarioCase } from './scenario-case.ts';
import type { Stage, StagePhone } from './stage.ts';
import { openWorld, type RunPlan } from './world.ts';

export interface RunOptions {
  readonly signal: AbortSignal;
  readonly onFact?: (entry: JournalEntry) => void;
  /** For coverage; off unless asked for. */
  readonly onTransition?: NonNullable<World['onTransition']>;
}

/** A scenario while it goes on. */
export interface Story {
  readonly stage: Stage;
  readonly judged: Judged[];
  /** By the clock of the run. */
  readonly startedMs: number;
  close(): Promise<void>;
}

/** Opens its world and makes its phones, switched off. */
export async function openStory(
  scenario: ScenarioCase,
  { signal, onFact, onTransition }: RunOptions,
): Promise<Story> {
  const { server } = scenario;
  const tree = server.kind === 'embedded' ? new PublishedTree(server.layers) : undefined;
  const world = await openWorld({ ...planOf(scenario, tree), ...(onTransition && { onTransition }) });
  const startedMs = world.clock.now();
  if (onFact !== undefined) world.journal.listen(onFact);
  const make = phoneMaker(world.world);
  const start = scenario.steps.some(({ word }) => word === 'resume') ? 'resume' : 'power-on';
  const phones = scenario.phones.map((one): StagePhone => {
    const flash = memoryFlash(one.flash);
    const record = new PhoneRecord(start);
    const dhcp = world.openDhcp(one.flash.mac);
    const phone = make({
      model: one.model,
      flash,
      server: world.server,
      serverOwner: world.serverOwner,
      ports: world.ports,
      ca: [],
      tlsVerify: scenario.server.kind === 'embedded' ? 'accept-any' : 'verify',
      authenticity: one.authenticity,
      ...(dhcp && { dhcp }),
      ...(one.notifyFrom !== undefined && { notifyFrom: one.notifyFrom }),
      ...(one.localAddress !== undefined && { localAddress: one.localAddress }),
      ...(one.userAgentByte !== undefined && { userAgentByte: one.userAgentByte }),
    });
    world.journal.listen((entry) => {
      if (entry.phone === phone.mac) record.add(entry);
    });
    return { case: one, phone, handset: handsetFor(phone, world.journal), flash, record, waitFrom: 0 };
  });
  const habits = phones.map((phone) => live(world, phone));
  return {
    stage: { world, phones, tree, signal },
    judged: [],
    startedMs,
    close: async () => {
      for (const stop of habits) stop();
      for (const { phone } of phones) phone.stop();
      await world.close();
    },
  };
}

function planOf(scenario: ScenarioCase, tree: PublishedTree | undefined): RunPlan {
  const { time, startsAtMs, seed, timings, quirks, ports, dhcp, timeServer } = scenario;
  return {
    time,
    startsAtMs,
    seed,
    timings,
    quirks,
    ports,
    ...(dhcp && { dhcp }),
    ...(time === 'virtual' && timeServer && { timeServer }),
    ...serverPlan(scenario.server, tree),
  };
}

function serverPlan(
  server: ScenarioCase['server'],
  tree: PublishedTree | undefined,
): Pick<RunPlan, 'server' | 'faults'> {
  if (server.kind !== 'embedded' || tree === undefined) {
    return { server: server.kind === 'external' ? server : { kind: 'none' } };
  }
  const { protocol, faults, rttMs, bandwidth, users } = server;
  return {
    faults,
    server: {
      kind: 'embedded',
      store: tree,
      protocol,
      ...(rttMs !== undefined && { rttMs }),
      ...(bandwidth && { bandwidth }),
      ...(users && { users: new Map(Object.entries(users)) }),
    },
  };
}
