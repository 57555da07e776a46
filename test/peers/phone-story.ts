import type { FlashContents } from '../../src/device/flash-contents.ts';
import { factoryFlash } from '../../src/device/flash-contents.ts';
import { memoryFlash } from '../../src/flash/memory-flash.ts';
import { phoneMaker } from '../../src/phone/phone-maker.ts';
import { defaultQuirks } from '../../src/provisioning/quirks.ts';
import { type Outcome, OutcomeFold } from '../../src/report/outcome.ts';
import type { Answers } from '../../src/scenario/answer-questions.ts';
import { followPhone, type Step } from '../../src/scenario/follow-phone.ts';
import { openWorld, type RunPlan } from '../../src/scenario/world.ts';

/** What became of a phone, told and kept: two ways to know. */
export interface Ending {
  readonly outcome: Outcome;
  readonly flash: FlashContents;
}

export const MAC = '001B4F123001';
const LIMIT_MS = 60_000;

interface StoryOptions {
  readonly ca?: readonly string[];
  readonly answers?: Answers;
  readonly userAgentByte?: number | 'seen';
}

/**
 * A factory-fresh 1230 is powered up against a real server and goes through the steps, as `deskphone boot
 * --then` does it.
 */
export async function phoneStory(
  server: RunPlan['server'],
  steps: readonly Step[] = [],
  ports: RunPlan['ports'] = {},
  { ca = [], answers = {}, userAgentByte }: StoryOptions = {},
): Promise<Ending> {
  const run = await openWorld({
    time: 'real',
    seed: 'peers',
    timings: 'none',
    quirks: defaultQuirks,
    ports,
    server,
  });
  const fold = new OutcomeFold();
  run.journal.listen((entry) => fold.add(entry));
  const flash = memoryFlash(factoryFlash({ mac: MAC }));
  const phone = phoneMaker(run.world)({
    model: '1230',
    flash,
    server: run.server,
    serverOwner: run.serverOwner,
    ports: run.ports,
    ca,
    tlsVerify: 'verify',
    ...(userAgentByte !== undefined && { userAgentByte }),
  });
  try {
    const story = {
      start: 'power-on',
      steps,
      answering: { answers },
      timeoutMs: LIMIT_MS,
      signal: new AbortController().signal,
    } as const;
    await followPhone(run, phone, story);
    return { outcome: fold.outcome({ failOn: 'error', allow: [] }), flash: flash.read() };
  } finally {
    phone.stop();
    await run.close();
  }
}
