import { formatDuration } from '../../clock/durations.ts';
import { phases } from '../phase.ts';
import { formatBytes } from '../sizes.ts';
import { countedText, countText, durationText, shareText } from './figure-text.ts';
import type { FleetGlance } from './glance.ts';

/** How far a fleet is, and when that was, from the start of the run. */
export interface LiveMoment {
  readonly atMs: number;
  readonly glance: FleetGlance;
}

/** What is shown of a run on its way. */
export interface LiveRun {
  readonly now: LiveMoment;
  /** Rates are of the time since, a second at least; absent: since the start. */
  readonly before?: LiveMoment;
  /** Of the fleet: of phones that nobody scheduled yet the figures know nothing. */
  readonly phones: number;
  /** Absent: nobody knows. */
  readonly outlook?: Outlook;
}

/** How long a run will still take, by its plan or as phones have left so far; or it ends as they leave. */
export type Outlook =
  | { readonly kind: 'planned' | 'guessed'; readonly leftMs: number; readonly time: 'real' | 'leaping' }
  | { readonly kind: 'draining' };

const MS_A_SECOND = 1_000;

/** Since when rates are to be told next: of a moment of virtual time there is none. */
export function rateSince(before: LiveMoment | undefined, now: LiveMoment): LiveMoment | undefined {
  return now.atMs - (before?.atMs ?? 0) < MS_A_SECOND ? before : now;
}

/**
 * A run in three lines: where its phones are, how fast it goes, how it fares. Whoever shows them cuts them to
 * the room there is, or puts them in one.
 */
export function liveLines(run: LiveRun): readonly [where: string, pace: string, fare: string] {
  return [whereLine(run), paceLine(run), fareLine(run.now.glance)];
}

function whereLine({ now: { atMs, glance }, phones, outlook }: LiveRun): string {
  const waiting = phones - glance.begun;
  const counts: readonly (readonly [state: string, count: number])[] = [
    ['waiting', waiting],
    ...phases.map((phase) => [phase, glance.states[phase] ?? 0] as const),
  ];
  const told = counts
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${countText(count)} ${state}`);
  return `${formatDuration(atMs)}${outlook === undefined ? '' : `, ${sayOutlook(outlook)}`}: ${told.join(', ')}`;
}

function sayOutlook(outlook: Outlook): string {
  if (outlook.kind === 'draining') return 'draining';
  // What the watch says meanwhile follows from how much the phones have to do.
  const whose = outlook.time === 'real' ? '' : " of the phones' time";
  const left = `${formatDuration(outlook.leftMs)}${whose} left`;
  return outlook.kind === 'planned' ? left : `about ${left}`;
}

function paceLine({ now, before }: LiveRun): string {
  const spanS = Math.max(MS_A_SECOND, now.atMs - (before?.atMs ?? 0)) / MS_A_SECOND;
  const rate = (of: (glance: FleetGlance) => number) =>
    (of(now.glance) - (before === undefined ? 0 : of(before.glance))) / spanS;
  const requests = rate((glance) => glance.requests);
  const bytes = formatBytes(rate((glance) => glance.bytes));
  return `${countedText(now.glance.requests, 'request')}, ${countText(tenths(requests))}/s, ${bytes}/s`;
}

function fareLine({ asked, errors, bootsDone, bootsFailed, bootLatency }: FleetGlance): string {
  const share = errors === 0 ? '' : ` (${shareText(errors / Math.max(1, asked))})`;
  const p95 = bootLatency.count === 0 ? '' : `, p95 ${durationText(bootLatency.p95Us)}`;
  return `boots: ${countText(bootsDone)} done, ${countText(bootsFailed)} failed${p95}; ${countText(errors)} errors${share}`;
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
