import { printable } from '../display/wrap.ts';
import type { JournalEntry } from '../events/journal.ts';
import type { PhoneEvent } from '../events/phone-event.ts';
import { LogClock } from './log-clock.ts';

interface SecurityLine {
  /** Four hex digits. */
  readonly code: string;
  readonly severity: 'Information' | 'Minor' | 'Major';
  readonly text: string;
}

const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

/**
 * The phone's security log, a line at a time:
 *
 *     0020[Information][WED OCT 26 03:02:54 2011][270][file.c:line] - text
 *
 * Documented: S43 p259, the line's shape; M44 p278 and S43 p259, codes 0007 (certificate of the service
 * provider imported) and 0021 (CTL not imported); severities Information and Minor. Assumed: Major; the
 * number in the fourth bracket is seconds since power came on; the source is the fact and its number in the
 * journal; codes from F001 on and all texts are ours.
 */
export class SecurityLog {
  readonly #clock: LogClock;

  /** @param startedAtMs when the run began, ms since 1970. */
  constructor(startedAtMs: number) {
    this.#clock = new LogClock(startedAtMs);
  }

  /** The line a fact adds to the log; empty for most. */
  add(entry: JournalEntry): string {
    this.#clock.add(entry);
    const line = lineOf(entry.event);
    if (line === undefined) return '';
    const { year, month, day, weekday, time } = this.#clock.localTime(entry.at);
    const date = `${weekdays[weekday]} ${months[Number(month) - 1]} ${day} ${time} ${year}`;
    const source = `${entry.event.type}:${entry.n}`;
    const uptime = this.#clock.upSeconds(entry.at);
    return `${line.code}[${line.severity}][${date}][${uptime}][${source}] - ${printable(line.text)}\n`;
  }
}

/** Sections whose files are keys, certificates and what is allowed with them. */
const securitySections: ReadonlySet<string> = new Set(['USER_KEYS', 'DEV_CERT', 'CTL', 'CRL', 'SEC_POLICY']);

function lineOf(event: PhoneEvent): SecurityLine | undefined {
  switch (event.type) {
    case 'section.finished':
      if (event.result !== 'stored' || !securitySections.has(event.section)) return undefined;
      return imported(event.section);
    case 'file.refused':
      return refused(event);
    case 'provisioning-file.refused':
      return { code: 'F002', severity: 'Major', text: `${event.file}: ${event.message}` };
    case 'file.failed':
      return event.code === 'TLS' ? { code: 'F004', severity: 'Major', text: event.detail } : undefined;
    case 'login.refused':
      return { code: 'F005', severity: 'Minor', text: `Login of ${event.user} refused` };
    case 'login.succeeded':
      return { code: 'F006', severity: 'Information', text: `${event.user} logged in` };
    case 'logout.done':
      return { code: 'F007', severity: 'Information', text: `${event.user} logged out` };
    case 'menu.opened':
      return event.menu === 'wrong-password'
        ? { code: 'F008', severity: 'Minor', text: 'Wrong administrator password' }
        : undefined;
    default:
      return undefined;
  }
}

function imported(section: string): SecurityLine {
  return section === 'USER_KEYS'
    ? { code: '0007', severity: 'Information', text: 'Service provider certificate imported' }
    : { code: 'F001', severity: 'Information', text: `[${section}] imported` };
}

function refused(event: Extract<PhoneEvent, { type: 'file.refused' }>): SecurityLine | undefined {
  const text = `${event.file}: ${event.message}`;
  if (event.section === 'CTL')
    return { code: '0021', severity: 'Major', text: `Error Importing CTL. ${text}` };
  if (event.code === 'AUTHENTICATION_FAILED') return { code: 'F002', severity: 'Major', text };
  if (!securitySections.has(event.section)) return undefined;
  return { code: 'F003', severity: 'Major', text };
}
