import type { JournalEntry } from '../events/journal.ts';
import { memoryFlash } from '../flash/memory-flash.ts';
import { handsetFor } from '../phone/handset.ts';
import { phoneMaker } from '../phone/phone-maker.ts';
import type { World } from '../phone/world.ts';
import { assertFlashAsTold } from './assert-flash.ts';
import { type CaseRun, caseRun, type Judged } from './case-run.ts';
import { live } from './habits.ts';
import { judge } from './judge.ts';
import { PhoneRecord } from './phone-record.ts';
import { PublishedTree } from './published-tree.ts';
import type { ExpectationCase, ScenarioCase, StepCase } from './scenario-case.ts';
import type { Stage, StagePhone } from './stage.ts';
import type { StepFailure } from './step-end.ts';
import { takeStep } from './take-step.ts';
import { openWorld, type RunPlan } from './world.ts';

export interface RunOptions {
  readonly signal: AbortSignal;
  readonly onFact?: (entry: JournalEntry) => void;
  /** For coverage; off unless asked for. */
  readonly onTransition?: NonNullable<World['onTransition']>;
}

/**
 * Runs one scenario from its first step to its verdict. An error of this machine or of the emulator is a
 * verdict too: `error`. Undefined when it was interrupted.
 */
export async function runScenario(scenario: ScenarioCase, options: RunOptions): Promise<CaseRun | undefined> {
  let story: Story | undefined;
  try {
    story = await open(scenario, options);
    const end = await play(story, scenario);
    if (end === 'interrupted') return undefined;
    for (const { flash, record } of story.stage.phones) assertFlashAsTold(flash.read(), record.flash());
    return caseRun(scenario, story);
  } catch (error) {
    if (options.signal.aborted) return undefined;
    return caseRun(scenario, story, error);
  } finally {
    await story?.close();
  }
}

/** A scenario while it goes on. */
interface Story {
  readonly stage: Stage;
  readonly judged: Judged[];
  /** By the clock of the run. */
  readonly startedMs: number;
  close(): Promise<void>;
}

async function open(scenario: ScenarioCase, { signal, onFact, onTransition }: RunOptions): Promise<Story> {
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

/** Goes through the steps, and judges what must hold at the end. */
async function play(story: Story, scenario: ScenarioCase): Promise<'done' | 'interrupted'> {
  const { stage, judged } = story;
  for (const step of scenario.steps) {
    if (step.word === 'expect') {
      judged.push(...step.value.flatMap((expectation) => judgeAll(story, scenario, expectation)));
      continue;
    }
    const end = await takeStep(stage, step);
    if (end === 'interrupted' || stage.signal.aborted) return 'interrupted';
    if (end !== 'done') {
      judged.push({ result: failedStep(story, step, end) });
      return 'done';
    }
  }
  judged.push(...scenario.expect.flatMap((expectation) => judgeAll(story, scenario, expectation)));
  return 'done';
}

/** An expectation is one for each of its phones. */
function judgeAll(story: Story, { zoneMinutes }: ScenarioCase, expectation: ExpectationCase): Judged[] {
  const { word, place, path } = expectation;
  const at = timeIn(story);
  const findings = expectation.phones.flatMap((index) => {
    const phone = story.stage.phones[index];
    return phone === undefined
      ? []
      : [{ phone, ...judge(expectation, { record: phone.record, zoneMinutes }) }];
  });
  // Another value would not do where it holds of another phone.
  const noneHolds = findings.every(({ holds }) => !holds);
  return findings.map(({ phone, holds, expected, found, near, instead }) => {
    const facts = holds ? [] : [...phone.record.linesAround(near?.at ?? at)];
    const result = { word, phone: phone.phone.mac, holds, expected, found, where: place, at, facts };
    const mended = instead === undefined ? undefined : { path, file: place.file, value: instead };
    return { result, ...(noneHolds && mended && { instead: mended }) };
  });
}

function failedStep(story: Story, step: StepCase, { expected, found, phone }: StepFailure): Judged['result'] {
  const { word, place: where } = step;
  const at = timeIn(story);
  const record = story.stage.phones.find((one) => one.phone.mac === phone)?.record;
  const facts = [...(record?.linesAround(at) ?? [])];
  return { word, phone: phone ?? null, holds: false, expected, found, where, at, facts };
}

/** Ms since its start. */
function timeIn({ stage, startedMs }: Story): number {
  return stage.world.clock.now() - startedMs;
}
