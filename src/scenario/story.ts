import type { JournalEntry } from '../events/journal.ts';
import { memoryFlash } from '../flash/memory-flash.ts';
import { handsetFor } from '../phone/handset.ts';
import { phoneMaker } from '../phone/phone-maker.ts';
import type { World } from '../phone/world.ts';
import type { Judged } from './case-run.ts';
import { live } from './habits.ts';
import { phoneSetup, runPlan } from './open-case.ts';
import { PhoneRecord } from './phone-record.ts';
import { PublishedTree } from './published-tree.ts';
import type { ScenarioCase } from './scenario-case.ts';
import type { Stage, StagePhone } from './stage.ts';
import { openWorld } from './world.ts';

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
  const world = await openWorld({ ...runPlan(scenario, tree), ...(onTransition && { onTransition }) });
  const startedMs = world.clock.now();
  if (onFact !== undefined) world.journal.listen(onFact);
  const make = phoneMaker(world.world);
  const start = scenario.steps.some(({ word }) => word === 'resume') ? 'resume' : 'power-on';
  const phones = scenario.phones.map((one): StagePhone => {
    const flash = memoryFlash(one.flash);
    const record = new PhoneRecord(start);
    const phone = make(phoneSetup(one, flash, world));
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
