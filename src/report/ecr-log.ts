import type { JournalEntry } from '../events/journal.ts';
import type { Fact, PhoneEvent } from '../events/phone-event.ts';
import type { ErrorSeverity } from '../provisioning/words.ts';
import { LogClock } from './log-clock.ts';
import { refusedUpdateReasons, restartReasons } from './reasons.ts';

type EcrSeverity = 'CRITICAL' | 'MAJOR' | 'MINOR' | 'INFO';

const ecrSeverities: Readonly<Record<ErrorSeverity, EcrSeverity>> = {
  critical: 'CRITICAL',
  major: 'MAJOR',
  minor: 'MINOR',
  info: 'INFO',
};

interface EcrRecord {
  readonly severity: EcrSeverity;
  /** Stands for the error number: no list of numbers is known. */
  readonly error: string;
  readonly description: string;
}

/**
 * The phone's ECR log, a record at a time:
 *
 *     === Record #001 === MAJOR SET Logged 01/07/2002 00:34:35 Firmware: SIP12x004.01.13.00
 *     Source: file.failed:12 Error: NOT_FOUND
 *     Description: 1230SIP.cfg: HTTP 404
 *
 * Documented: M43 p353, errors and events such as restarts; the first line and the word Description as they
 * stand here, and that source and error number belong to a record. Assumed: the line these two stand in,
 * month before day, and every description: the texts are ours. The source is the fact and its number in the
 * journal.
 */
export class EcrLog {
  readonly #clock: LogClock;
  readonly #requested = new Map<number, string>();
  /** Codes of failures recorded in this check: a problem with such a code says nothing new. */
  readonly #recorded = new Set<string>();
  #count = 0;

  /** @param startedAtMs when the run began, ms since 1970. */
  constructor(startedAtMs: number) {
    this.#clock = new LogClock(startedAtMs);
  }

  /** What a fact adds to the log; empty for most. */
  add(entry: JournalEntry): string {
    const { event } = entry;
    this.#clock.add(entry);
    if (event.type === 'update.started') this.#recorded.clear();
    if (event.type === 'file.requested') this.#requested.set(event.request, event.file);
    const record = this.#recordOf(event);
    if (record === undefined || (event.type === 'problem.told' && this.#recorded.has(record.error)))
      return '';
    if (event.type !== 'problem.told') this.#recorded.add(record.error);
    return this.#layOut(record, entry);
  }

  #recordOf(event: PhoneEvent): EcrRecord | undefined {
    if (event.type === 'file.failed') return fileFailed(event, this.#requested.get(event.request) ?? 'file');
    return recordOf(event);
  }

  #layOut({ severity, error, description }: EcrRecord, { at, n, event }: JournalEntry): string {
    const { year, month, day, time } = this.#clock.localTime(at);
    const number = String(++this.#count).padStart(3, '0');
    return [
      `=== Record #${number} === ${severity} SET Logged ${month}/${day}/${year} ${time} Firmware: ${this.#clock.software}`,
      `Source: ${event.type}:${n} Error: ${error}`,
      `Description: ${oneLine(description)}`,
      '',
      '',
    ].join('\n');
  }
}

/** A file that power or the end of the run took was nobody's error, and nobody was left to write it down. */
function fileFailed({ code, detail }: Fact<'file.failed'>, file: string): EcrRecord | undefined {
  if (code === 'ABORTED') return undefined;
  return { severity: 'MAJOR', error: code, description: `${file}: ${detail}` };
}

function recordOf(event: PhoneEvent): EcrRecord | undefined {
  switch (event.type) {
    case 'software.started':
      return { severity: 'INFO', error: 'STARTED', description: `${event.software} started` };
    case 'phone.restarting':
      return { severity: 'INFO', error: 'RESTART', description: `Restart: ${restartReasons[event.why]}` };
    case 'memory.failed':
      return { severity: ecrSeverities[event.severity], error: 'MEMORY', description: 'Memory error' };
    case 'firmware.written':
      return { severity: 'INFO', error: 'FIRMWARE', description: `${event.software} written` };
    case 'recovery.started':
      return {
        severity: 'CRITICAL',
        error: 'IMAGE',
        description: `Image half written, try ${event.attempt} of ${event.attemptsMax}`,
      };
    case 'flash.failed':
      return { severity: 'CRITICAL', error: 'FLASH', description: event.message };
    case 'provisioning-file.refused':
    case 'file.refused':
      return { severity: 'MAJOR', error: event.code, description: `${event.file}: ${event.message}` };
    case 'update.refused':
      return { severity: 'MINOR', error: 'CHECK_REFUSED', description: refusedUpdateReasons[event.why] };
    case 'login.refused':
      return { severity: 'MINOR', error: 'LOGIN', description: `${event.user}: ${event.why}` };
    case 'call.dropped':
      return { severity: 'MINOR', error: 'CALL_DROPPED', description: 'A call was lost' };
    case 'problem.told':
      return problemRecord(event);
    default:
      return undefined;
  }
}

function problemRecord(event: Fact<'problem.told'>): EcrRecord | undefined {
  const { severity, code, file, line, message } = event;
  if (severity === 'note') return undefined;
  const place = file === undefined ? '' : line === undefined ? `${file}: ` : `${file}:${line}: `;
  return {
    severity: severity === 'error' ? 'MAJOR' : 'MINOR',
    error: code,
    description: `${place}${message}`,
  };
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
