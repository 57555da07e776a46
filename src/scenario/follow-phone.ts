import { sleep } from '../clock/clock.ts';
import { DAY_MS } from '../clock/durations.ts';
import { VirtualClock } from '../clock/virtual-clock.ts';
import type { PhoneCommand } from '../phone/command.ts';
import type { Handset } from '../phone/handset.ts';
import type { Phone } from '../phone/phone-maker.ts';
import { type Answering, answerQuestions } from './answer-questions.ts';
import { type KeyPress, type KeyWithoutEffect, pressKey } from './press-key.ts';
import type { RunningWorld } from './world.ts';

/** What is done with a phone after its start, one after the other, each once it is at rest. */
export type Step = 'check' | 'poll' | 'notify' | 'reset' | 'off' | 'on';

/** A key is pressed once its screen is there, whether or not the phone is at rest. */
export interface KeyStep {
  readonly press: string;
}

export interface Story {
  /** `power-on`: a cold boot; `resume`: already up, its user logged in. */
  readonly start: 'power-on' | 'resume';
  readonly steps: readonly (Step | KeyStep)[];
  /** What the keys are pressed on; made before the phone's first fact. */
  readonly handset?: Handset;
  readonly onKeyWait?: KeyPress['onWait'];
  /** Questions answered without keys; absent: none. */
  readonly answering?: Answering;
  /** After the last step it goes on with one `notify` after the other, until its limit or an interruption. */
  readonly staysUp?: boolean;
  /** Of phone time, for the whole story; the wait for a poll does not count. */
  readonly timeoutMs: number;
  /** Interrupts the story. */
  readonly signal: AbortSignal;
}

/** How a story ended. */
export type StoryEnd = 'at-rest' | 'timeout' | 'not-notified' | 'interrupted' | NoPoll | KeyWithoutEffect;

/** It waits for a poll of a phone that does not poll. */
export interface NoPoll {
  /** As `poll.not-scheduled` has it. */
  readonly noPollBecause: string;
}

const commands: Readonly<Record<Exclude<Step, 'poll' | 'notify'>, PhoneCommand>> = {
  check: { type: 'updates.check' },
  reset: { type: 'phone.reset' },
  off: { type: 'power.off' },
  on: { type: 'power.on' },
};

/** Sends a phone through its story. Rejects only when the emulator itself failed. */
export async function followPhone(run: RunningWorld, phone: Phone, story: Story): Promise<StoryEnd> {
  const { clock } = run;
  const polls = watchPolls(run);
  const checksAsked = watchCheckSyncs(run);
  const stopAnswering = answerQuestions(run, phone, story.answering ?? { answers: {} });
  let deadline = clock.now() + story.timeoutMs;
  const rest = () =>
    waitFor(phone, clock, { holds: phone.atRest, limitMs: deadline - clock.now(), signal: story.signal });
  const notified = async (): Promise<StoryEnd> => {
    // Nobody knows when a NOTIFY comes; until one does time may not leap.
    const release = clock.hold();
    checksAsked.onAccepted(release);
    const wait = { holds: checksAsked.nextBegun(), limitMs: deadline - clock.now(), signal: story.signal };
    const end = await waitFor(phone, clock, wait).finally(release);
    if (end === 'timeout') return 'not-notified';
    return end === 'at-rest' ? rest() : end;
  };
  try {
    phone.send({ type: story.start === 'resume' ? 'phone.resume' : 'power.on' });
    let end = await rest();
    for (const [index, step] of story.steps.entries()) {
      if (end !== 'at-rest') return end;
      if (isKey(step)) {
        const pressed = await pressKey(run, phone, keyPressOf(step, story, deadline));
        if (pressed !== 'pressed') return pressed;
        // The next key may belong to a screen that is gone when the phone is at rest.
        if (!isKey(story.steps[index + 1])) end = await rest();
      } else if (step === 'poll') {
        const noPollBecause = polls.missingBecause();
        if (noPollBecause !== undefined) return { noPollBecause };
        const before = clock.now();
        end = await waitFor(phone, clock, {
          holds: polls.nextBegun(),
          limitMs: POLL_WAIT_MAX_MS,
          signal: story.signal,
        });
        deadline += clock.now() - before;
        if (end === 'at-rest') end = await rest();
      } else if (step === 'notify') {
        end = await notified();
      } else {
        phone.send(commands[step]);
        end = await rest();
      }
    }
    while (story.staysUp && end === 'at-rest') end = await notified();
    return end;
  } finally {
    polls.stop();
    checksAsked.stop();
    stopAnswering();
  }
}

function isKey(step: Step | KeyStep | undefined): step is KeyStep {
  return typeof step === 'object';
}

function keyPressOf({ press }: KeyStep, { handset, signal, onKeyWait }: Story, deadlineMs: number): KeyPress {
  if (handset === undefined) throw new Error('a key needs a handset');
  return { key: press, handset, deadlineMs, signal, ...(onKeyWait && { onWait: onKeyWait }) };
}

/** A poll comes within a day and its stagger, or never. */
const POLL_WAIT_MAX_MS = 3 * DAY_MS;

/** What the facts say of polls: whether one is coming, and when the check of the next one has begun. */
function watchPolls({ journal }: RunningWorld) {
  let missingBecause: string | undefined = 'not-up';
  let begun = 0;
  const stop = journal.listen(({ event }) => {
    if (event.type === 'poll.scheduled') missingBecause = undefined;
    if (event.type === 'poll.not-scheduled') missingBecause = event.because;
    if (event.type === 'power.off') missingBecause = 'not-up';
    if (event.type === 'update.started' && event.trigger === 'poll') begun += 1;
  });
  return { stop, missingBecause: () => missingBecause, nextBegun: () => moreThan(() => begun) };
}

/** What the facts say of check-syncs: when one was accepted, when the check of the next one has begun. */
function watchCheckSyncs({ journal }: RunningWorld) {
  let begun = 0;
  let accepted = () => {};
  const stop = journal.listen(({ event }) => {
    if (event.type === 'notify.received' && event.outcome === 'check') accepted();
    if (event.type === 'update.started' && event.trigger === 'check-sync') begun += 1;
  });
  return {
    stop,
    onAccepted: (then: () => void) => {
      accepted = then;
    },
    nextBegun: () => moreThan(() => begun),
  };
}

/** Whether a count is higher than it is now. */
function moreThan(count: () => number): () => boolean {
  const before = count();
  return () => count() > before;
}

interface Wait {
  readonly holds: () => boolean;
  readonly limitMs: number;
  readonly signal: AbortSignal;
}

function waitFor(phone: Phone, clock: RunningWorld['clock'], wait: Wait): Promise<StoryEnd> {
  return clock instanceof VirtualClock
    ? waitInVirtualTime(phone, clock, wait)
    : waitInRealTime(phone, clock, wait);
}

async function waitInVirtualTime(phone: Phone, clock: VirtualClock, wait: Wait): Promise<StoryEnd> {
  const { holds, limitMs, signal } = wait;
  const end = await clock.runWhile(() => !holds() && !phone.failed() && !signal.aborted, limitMs);
  if (signal.aborted) return 'interrupted';
  if (end === 'limit') return 'timeout';
  if (end === 'idle' && !holds() && !phone.failed()) throw new Error('the phone waits for nothing');
  await phone.when(holds);
  return 'at-rest';
}

async function waitInRealTime(phone: Phone, clock: RunningWorld['clock'], wait: Wait): Promise<StoryEnd> {
  const { holds, limitMs, signal } = wait;
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
    return await Promise.race([phone.when(holds).then((): StoryEnd => 'at-rest'), limit, interrupted]);
  } finally {
    waiting.abort();
  }
}
