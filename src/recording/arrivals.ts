import { MINUTE_MS, SECOND_MS } from '../clock/durations.ts';
import type { RecordedPhone } from './phones.ts';
import type { Visit } from './visit.ts';

/** What is done to phones at one moment, for them to ask when they asked. */
export interface Moment {
  readonly atMs: number;
  readonly turn: 'on' | 'off';
  /** Their names. */
  readonly phones: readonly string[];
}

/** After its last request a phone is done within this time, and may be switched off. */
const DONE_AFTER_MS = 5 * MINUTE_MS;
/** And not before this: logs tell whole seconds, and checks of one second come one after the other. */
const BETWEEN_MIN_MS = 2 * SECOND_MS;

/**
 * When which phones are switched on and off. One is on from the first request of a check to some minutes
 * after its last, so that it polls at no other moment than it did; a restart after an image is its own.
 */
export function momentsOf(phones: readonly RecordedPhone[]): readonly Moment[] {
  const turns = phones.flatMap(turnsOf).toSorted((a, b) => a.atMs - b.atMs || order(a) - order(b));
  const lastOnMs = turns.findLast(({ turn }) => turn === 'on')?.atMs ?? 0;
  const moments: Moment[] = [];
  for (const { atMs, turn, name } of turns) {
    // At the end of the story they may stay on.
    if (turn === 'off' && atMs > lastOnMs) continue;
    const before = moments.at(-1);
    if (before?.atMs === atMs && before.turn === turn) {
      moments[moments.length - 1] = { ...before, phones: [...before.phones, name] };
    } else moments.push({ atMs, turn, phones: [name] });
  }
  return moments;
}

interface Turn {
  readonly atMs: number;
  readonly turn: Moment['turn'];
  readonly name: string;
}

function turnsOf({ name, visits }: RecordedPhone): readonly Turn[] {
  const turns: Turn[] = [];
  let freeMs = Number.NEGATIVE_INFINITY;
  const spells = spellsOf(visits);
  for (const [index, { startMs, lastMs }] of spells.entries()) {
    const onMs = Math.max(startMs, freeMs);
    freeMs = Math.max(lastMs, onMs) + BETWEEN_MIN_MS;
    const nextMs = Math.max(spells[index + 1]?.startMs ?? Number.POSITIVE_INFINITY, freeMs);
    turns.push({ atMs: onMs, turn: 'on', name });
    turns.push({ atMs: Math.min(Math.max(lastMs, onMs) + DONE_AFTER_MS, nextMs), turn: 'off', name });
  }
  return turns;
}

/**
 * When a phone is switched on, in whole ms since 1970: whenever a check did not begin by itself. Each is
 * later than the one before, though a log has several in one second, and a capture in one millisecond.
 */
export function beginningsOf({ visits }: RecordedPhone): readonly number[] {
  const beginnings: number[] = [];
  for (const { startMs } of spellsOf(visits)) {
    beginnings.push(Math.max(Math.floor(startMs), (beginnings.at(-1) ?? Number.NEGATIVE_INFINITY) + 1));
  }
  return beginnings;
}

/** From a check that did not begin by itself to the last request before the next such. */
function spellsOf(
  visits: readonly Visit[],
): readonly { readonly startMs: number; readonly lastMs: number }[] {
  const spells: { startMs: number; lastMs: number }[] = [];
  for (const { why, requests } of visits) {
    const [startMs = 0, lastMs = startMs] = [requests[0]?.atMs, requests.at(-1)?.atMs];
    const open = spells.at(-1);
    if (open === undefined || why !== 'restart') spells.push({ startMs, lastMs });
    else open.lastMs = lastMs;
  }
  return spells;
}

/** A phone is switched off before it is switched on at the same moment. */
function order({ turn }: Turn): number {
  return turn === 'off' ? 0 : 1;
}
