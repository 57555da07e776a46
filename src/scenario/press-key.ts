import { sleep } from '../clock/clock.ts';
import { VirtualClock } from '../clock/virtual-clock.ts';
import type { Handset } from '../phone/handset.ts';
import type { Phone } from '../phone/phone-maker.ts';
import { nearestName } from '../provisioning/nearest-name.ts';
import { shownKeys } from '../report/secrets.ts';
import type { RunningWorld } from './world.ts';

/** A key that no screen took until the limit came, and what could have been pressed on the last one. */
export interface KeyWithoutEffect {
  readonly key: string;
  readonly screen: string;
  readonly keys: readonly string[];
}

export interface KeyPress {
  readonly key: string;
  readonly handset: Handset;
  /** When waiting for its screen ends, by the clock of the run. */
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
  /** Called once when the key has no effect at first. */
  readonly onWait?: (refused: KeyWithoutEffect) => void;
}

/**
 * Presses a key on the screen it applies to: at once, or after the first fact that brings that screen.
 * Rejects only when the emulator itself failed.
 */
export async function pressKey(
  world: RunningWorld,
  phone: Phone,
  press: KeyPress,
): Promise<'pressed' | 'interrupted' | KeyWithoutEffect> {
  const { key, handset, signal, deadlineMs } = press;
  if (handset.press(key) === 'understood') return 'pressed';
  press.onWait?.(refusalOf(press));
  while (!phone.failed() && !signal.aborted) {
    const next = await nextFact(world, phone, press);
    if (signal.aborted) return 'interrupted';
    if (handset.press(key) === 'understood') return 'pressed';
    if (next === 'none' || world.clock.now() >= deadlineMs) return refusalOf(press);
  }
  if (signal.aborted) return 'interrupted';
  await phone.when(phone.atRest);
  return refusalOf(press);
}

/** The key as one sentence for its user. */
export function sayWithoutEffect({ key, screen, keys }: KeyWithoutEffect): string {
  const has = keys.length === 0 ? 'no keys' : keys.join(', ');
  const meant = nearestName(key, keys);
  const suggestion = meant === undefined ? '' : `; did you mean ${meant}?`;
  const shown = shownKey({ key, keys });
  return `key "${shown}" has no effect on the screen "${screen}", which has ${has}${suggestion}`;
}

/** A key without effect as it may be shown: it may be a letter or more of a password. */
export function shownKey({ key, keys }: Pick<KeyWithoutEffect, 'key' | 'keys'>): string {
  // A misspelt label is no password, nor is a word that might be one of another screen.
  const isLabel = nearestName(key, keys) !== undefined || /^[A-Za-z. ]+$/.test(key);
  return isLabel ? key : shownKeys([key]).join('');
}

function refusalOf({ key, handset }: KeyPress): KeyWithoutEffect {
  const { screen } = handset.lcd();
  const name = screen.name === 'menu' ? screen.menu : screen.name;
  return { key, screen: name, keys: handset.keys() };
}

/** Waits for a fact; `none`: the limit came first, or nothing is left that could tell one. */
async function nextFact(
  { clock, journal }: RunningWorld,
  phone: Phone,
  { deadlineMs, signal }: KeyPress,
): Promise<'told' | 'none'> {
  let told: 'told' | 'none' = 'none';
  const waiting = new AbortController();
  const fact = new Promise<void>((resolve) => {
    const forget = journal.listen(() => {
      told = 'told';
      forget();
      resolve();
    });
    waiting.signal.addEventListener('abort', forget, { once: true });
  });
  const leftMs = Math.max(0, deadlineMs - clock.now());
  if (clock instanceof VirtualClock) {
    await clock.runWhile(() => told === 'none' && !phone.failed() && !signal.aborted, leftMs);
  } else {
    const limit = sleep(clock, leftMs, AbortSignal.any([waiting.signal, signal]));
    // An interruption ends the wait as the limit does; whoever waits looks at the signal.
    await Promise.race([fact, limit.catch(() => {})]);
  }
  waiting.abort();
  return told;
}
