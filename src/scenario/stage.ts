import { sleep } from '../clock/clock.ts';
import { VirtualClock } from '../clock/virtual-clock.ts';
import type { Journal } from '../events/journal.ts';
import type { Flash } from '../flash/flash.ts';
import type { Handset } from '../phone/handset.ts';
import type { Phone } from '../phone/phone-maker.ts';
import type { PhoneRecord } from './phone-record.ts';
import type { PublishedTree } from './published-tree.ts';
import type { PhoneCase } from './scenario-case.ts';
import type { RunningWorld } from './world.ts';

/** One phone of a running scenario. */
export interface StagePhone {
  readonly case: PhoneCase;
  readonly phone: Phone;
  readonly handset: Handset;
  readonly flash: Flash;
  readonly record: PhoneRecord;
  /** Where waiting for a fact begins: its place among the facts of this phone. */
  waitFrom: number;
}

/** All that steps work on. */
export interface Stage {
  readonly world: RunningWorld;
  readonly phones: readonly StagePhone[];
  /** Of our own server; undefined: it is somebody else's, or there is none. */
  readonly tree: PublishedTree | undefined;
  /** Interrupts the scenario. */
  readonly signal: AbortSignal;
}

/** How a wait ended. `idle`: under virtual time nothing is left that could happen. */
export type WaitEnd = 'held' | 'limit' | 'idle' | 'interrupted';

/** Lets so much time go by. Rejects when a phone failed. */
export async function passTime(stage: Stage, ms: number): Promise<WaitEnd> {
  const { clock } = stage.world;
  const end = await waitUntil(stage, () => false, ms);
  // Time with nothing in it goes by all the same.
  if (end === 'idle' && clock instanceof VirtualClock) await clock.runFor(ms);
  return end;
}

/** Waits until something holds of the phones. Rejects when a phone failed. */
export async function waitUntil(stage: Stage, holds: () => boolean, limitMs: number): Promise<WaitEnd> {
  const end = await waiting(stage, holds, Math.max(0, limitMs));
  // The failure of a phone is that of the scenario.
  await Promise.all(
    stage.phones.filter(({ phone }) => phone.failed()).map(({ phone }) => phone.when(() => true)),
  );
  return end;
}

function waiting(stage: Stage, holds: () => boolean, limitMs: number): Promise<WaitEnd> {
  const { clock } = stage.world;
  return clock instanceof VirtualClock
    ? waitInVirtualTime(stage, clock, { holds, limitMs })
    : waitInRealTime(stage, { holds, limitMs });
}

interface Wait {
  readonly holds: () => boolean;
  readonly limitMs: number;
}

async function waitInVirtualTime(
  { phones, signal }: Stage,
  clock: VirtualClock,
  { holds, limitMs }: Wait,
): Promise<WaitEnd> {
  const goesOn = () => !holds() && !signal.aborted && !phones.some(({ phone }) => phone.failed());
  const end = await clock.runWhile(goesOn, limitMs);
  if (signal.aborted) return 'interrupted';
  if (holds()) return 'held';
  return end === 'idle' ? 'idle' : 'limit';
}

async function waitInRealTime({ world, phones, signal }: Stage, { holds, limitMs }: Wait): Promise<WaitEnd> {
  const over = new AbortController();
  const stopped = AbortSignal.any([over.signal, signal]);
  const limit = sleep(world.clock, limitMs, stopped).then((): WaitEnd => 'limit');
  // What lost the race is called off.
  limit.catch(() => {});
  const held = phones.map(({ phone }) =>
    phone.when(() => over.signal.aborted || holds()).then((): WaitEnd => 'held'),
  );
  try {
    if (signal.aborted) return 'interrupted';
    return await Promise.race([...held, heldOnceTold(world.journal, holds, over.signal), limit]);
  } catch (error) {
    if (signal.aborted) return 'interrupted';
    throw error;
  } finally {
    over.abort();
  }
}

/** Looks after each fact: between two steps of a phone its check tells many. */
function heldOnceTold(journal: Journal, holds: () => boolean, over: AbortSignal): Promise<WaitEnd> {
  return new Promise((resolve) => {
    const forget = journal.listen(() => {
      // Behind the step that tells it: until then the phone stands where it stood.
      queueMicrotask(() => {
        if (!over.aborted && holds()) resolve('held');
      });
    });
    over.addEventListener('abort', forget, { once: true });
  });
}
