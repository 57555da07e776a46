import { atftpdMessages } from './atftpd-messages.ts';
import { dnsmasqMessages } from './dnsmasq-messages.ts';
import { type LogFormat, type LogReader, type LogTerms, other, unreadable } from './log-format.ts';
import { isoTime, syslogTime } from './log-time.ts';
import { pureFtpdMessages } from './pure-ftpd-messages.ts';
import type { MessageReader } from './syslog-message.ts';
import { tftpdHpaMessages } from './tftpd-hpa-messages.ts';
import { vsftpdMessages } from './vsftpd-messages.ts';

const readers: readonly MessageReader[] = [
  dnsmasqMessages,
  tftpdHpaMessages,
  atftpdMessages,
  pureFtpdMessages,
  vsftpdMessages,
];

/** Syslog in files and of journalctl, and logs of servers that write the same by themselves. */
export const syslog: LogFormat = {
  name: 'syslog',
  says: 'dnsmasq, tftpd-hpa, atftpd, pure-ftpd, vsftpd, among whatever else is in it',
  recognises: (line) => LINE.test(line),
  open: (terms) => new SyslogReader(terms),
};

/** RFC 3164, 4.1, as files have it: the host is missing where a server writes its file itself. */
const LINE =
  /^((\w{3} [ \d]\d \d\d:\d\d:\d\d)|(\d{4}-\d\d-\d\dT\S+)) (?:[^\s[\]]*[^\s[\]:] )?(([^\s:[\]]+)(?:\[[^\]]*\])?): ?(.*)$/;

class SyslogReader implements LogReader {
  readonly lacked = { year: false, zone: false, asSent: false };
  readonly #terms: LogTerms;
  readonly #open = new Map(
    readers.flatMap(({ programs, asSent = false, open }) => {
      const reader = { read: open(), asSent };
      return programs.map((program) => [program, reader] as const);
    }),
  );

  constructor(terms: LogTerms) {
    this.#terms = terms;
  }

  read(line: string, source: Parameters<LogReader['read']>[1]) {
    const [, time, plain, iso = '', process = '', program = '', text = ''] = LINE.exec(line) ?? [];
    if (time === undefined) return unreadable('expected TIME HOST PROGRAM[PROCESS]: TEXT');
    const reader = this.#open.get(program);
    if (reader === undefined) return other;
    const atMs = plain === undefined ? isoTime(iso) : syslogTime(plain, this.#terms);
    if (atMs === undefined) return unreadable(`"${time}" is no time; expected Nov 23 06:38:07`);
    const reading = reader.read({ atMs, program, process, text }, source);
    if (reading.kind === 'request') {
      if (plain !== undefined) Object.assign(this.lacked, { year: true, zone: true });
      if (reader.asSent) this.lacked.asSent = true;
    }
    return reading;
  }
}
