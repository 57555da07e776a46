import { MINUTE_MS } from '../clock/durations.ts';
import type { RecordedPhone } from './phones.ts';

/** What is done to phones at one moment, for them to ask when they asked. */
export interface Moment {
  readonly atMs: number;
  readonly turn: 'on' | 'off';
  /** Their names. */
  readonly phones: readonly string[];
}

/** After its last request a phone is done within this time, and may be switched off. */
const DONE_AFTER_MS = 5 * MINUTE_MS;

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
  const starts = visits.filter(({ why }) => why !== 'restart');
  return starts.flatMap((visit): Turn[] => {
    const next = starts[starts.indexOf(visit) + 1]?.requests[0]?.atMs;
    const chain = visits.slice(visits.indexOf(visit)).filter((one) => one === visit || one.why === 'restart');
    const until =
      next === undefined ? chain : chain.filter(({ requests }) => (requests[0]?.atMs ?? 0) < next);
    const lastMs = until.at(-1)?.requests.at(-1)?.atMs ?? 0;
    const [{ atMs } = { atMs: 0 }] = visit.requests;
    return [
      { atMs, turn: 'on', name },
      { atMs: Math.min(lastMs + DONE_AFTER_MS, next ?? Number.POSITIVE_INFINITY), turn: 'off', name },
    ];
  });
}

/** A phone is switched off before it is switched on at the same moment. */
function order({ turn }: Turn): number {
  return turn === 'off' ? 0 : 1;
}
