import { formatDuration, SECOND_MS } from '../clock/durations.ts';
import { printable } from '../display/wrap.ts';
import type { JournalEntry } from '../events/journal.ts';
import { formatBytes, formatShare } from './sizes.ts';
import { whence } from './whence.ts';

/** The transfer under way. */
export interface Progress {
  readonly request: number;
  readonly file: string;
  readonly url: string;
  /** When it was asked for, and when bytes were last told; ms since the run's start. */
  readonly askedAt: number;
  readonly toldAt: number;
  /** When the server began to send. */
  readonly openedAt: number | undefined;
  readonly bytes: number;
  readonly sizeBytes: number | null;
}

/** The transfer after a fact; undefined while nothing is asked for. A phone asks for one file at a time. */
export function foldProgress(
  progress: Progress | undefined,
  { event, at }: JournalEntry,
): Progress | undefined {
  if (event.type === 'file.requested') {
    const { request, file, url } = event;
    return { request, file, url, askedAt: at, toldAt: at, openedAt: undefined, bytes: 0, sizeBytes: null };
  }
  if (event.type === 'power.off' || event.type === 'phone.restarted') return undefined;
  if (progress === undefined || !('request' in event) || event.request !== progress.request) return progress;
  switch (event.type) {
    case 'file.opened':
      return { ...progress, toldAt: at, openedAt: at, sizeBytes: event.sizeBytes };
    case 'file.progressed': {
      const { bytes, sizeBytes } = event;
      return { ...progress, toldAt: at, openedAt: progress.openedAt ?? progress.askedAt, bytes, sizeBytes };
    }
    case 'file.received':
    case 'file.failed':
      return undefined;
    default:
      return progress;
  }
}

const BAR_COLUMNS_MAX = 24;

/**
 * The transfer as one line of at most `columns`: `[#######.....] 58 %  2.4 of 4.1 MB  1.9 MB/s  0.9s left`.
 * Without a size from the server there is no bar; before its answer, how long the phone has been waiting at
 * `now`.
 */
export function progressLine(progress: Progress, { columns, now }: { columns: number; now: number }): string {
  const line = progress.openedAt === undefined ? waitingLine(progress, now) : movingLine(progress, columns);
  return [...line].slice(0, columns).join('');
}

function waitingLine({ file, askedAt, url }: Progress, now: number): string {
  const waited = formatDuration(Math.max(0, now - askedAt));
  return printable(`${file}: no answer for ${waited} from ${whence(url, file)}`);
}

function movingLine({ bytes, sizeBytes, toldAt, openedAt = toldAt }: Progress, columns: number): string {
  const perMs = toldAt > openedAt ? bytes / (toldAt - openedAt) : 0;
  const speed = perMs === 0 ? [] : [`${formatBytes(perMs * SECOND_MS)}/s`];
  if (sizeBytes === null || sizeBytes === 0) return [formatBytes(bytes), ...speed].join('  ');
  const share = Math.min(1, bytes / sizeBytes);
  const left = perMs === 0 ? [] : [`${formatDuration(Math.max(0, sizeBytes - bytes) / perMs)} left`];
  const percent = `${String(Math.floor(share * 100)).padStart(3)} %`;
  const words = [percent, formatShare(bytes, sizeBytes), ...speed, ...left].join('  ');
  const barColumns = Math.min(BAR_COLUMNS_MAX, columns - words.length - 3);
  return barColumns < 4 ? words.trimStart() : `${bar(share, barColumns)} ${words}`;
}

function bar(share: number, columns: number): string {
  const done = Math.floor(share * columns);
  return `[${'#'.repeat(done)}${'.'.repeat(columns - done)}]`;
}
