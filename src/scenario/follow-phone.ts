import { sleep } from '../clock/clock.ts';
import { VirtualClock } from '../clock/virtual-clock.ts';
import type { PhoneCommand } from '../phone/command.ts';
import type { Phone } from '../phone/phone-maker.ts';
import type { RunningWorld } from './world.ts';

/** What is done with a phone after its start, one after the other, each once it is at rest. */
export type Step = 'check' | 'reset' | 'off' | 'on';

export interface Story {
  /** `power-on`: a cold boot; `resume`: already up, its user logged in. */
  readonly start: 'power-on' | 'resume';
  readonly steps: readonly Step[];
  /** Of phone time, for the whole story. */
  readonly timeoutMs: number;
  /** Interrupts the story. */
  readonly signal: AbortSignal;
}

/** How a story ended. */
export type StoryEnd = 'at-rest' | 'timeout' | 'interrupted';

const commands: Readonly<Record<Step, PhoneCommand>> = {
  check: { type: 'updates.check' },
  reset: { type: 'phone.reset' },
  off: { type: 'power.off' },
  on: { type: 'power.on' },
};

/** Sends a phone through its story. Rejects only when the emulator itself failed. */
export async function followPhone({ clock }: RunningWorld, phone: Phone, story: Story): Promise<StoryEnd> {
  const deadline = clock.now() + story.timeoutMs;
  const first: PhoneCommand = { type: story.start === 'resume' ? 'phone.resume' : 'power.on' };
  for (const command of [first, ...story.steps.map((step) => commands[step])]) {
    phone.send(command);
    const end = await restOf(phone, clock, deadline - clock.now(), story.signal);
    if (end !== 'at-rest') return end;
  }
  return 'at-rest';
}

async function restOf(
  phone: Phone,
  clock: RunningWorld['clock'],
  limitMs: number,
  signal: AbortSignal,
): Promise<StoryEnd> {
  return clock instanceof VirtualClock
    ? restInVirtualTime(phone, clock, limitMs, signal)
    : restInRealTime(phone, clock, limitMs, signal);
}

async function restInVirtualTime(
  phone: Phone,
  clock: VirtualClock,
  limitMs: number,
  signal: AbortSignal,
): Promise<StoryEnd> {
  const end = await clock.runWhile(() => !phone.atRest() && !phone.failed() && !signal.aborted, limitMs);
  if (signal.aborted) return 'interrupted';
  if (end === 'limit') return 'timeout';
  if (end === 'idle' && !phone.atRest() && !phone.failed()) throw new Error('the phone waits for nothing');
  await phone.rest();
  return 'at-rest';
}

async function restInRealTime(
  phone: Phone,
  clock: RunningWorld['clock'],
  limitMs: number,
  signal: AbortSignal,
): Promise<StoryEnd> {
  const waiting = new AbortController();
  const limit = sleep(clock, Math.max(0, limitMs), waiting.signal).then((): StoryEnd => 'timeout');
  const interrupted = new Promise<StoryEnd>((resolve) => {
    const onAbort = () => resolve('interrupted');
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { signal: waiting.signal, once: true });
  });
  // The wait that lost the race is called off; its rejection is nobody's business.
  limit.catch(() => {});
  try {
    return await Promise.race([phone.rest().then((): StoryEnd => 'at-rest'), limit, interrupted]);
  } finally {
    waiting.abort();
  }
}
