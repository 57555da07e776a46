import { type LogFormat, unreadable } from './log-format.ts';
import { ctimeTime } from './log-time.ts';
import { readVsftpdMessage } from './vsftpd-messages.ts';

/** What vsftpd(8) writes to vsftpd_log_file: local time, or GMT as vsftpd.conf(5) has it (use_localtime). */
export const vsftpdLog: LogFormat = {
  name: 'vsftpd',
  says: 'vsftpd.log',
  recognises: (line) => LINE.test(line),
  open: (terms) => {
    const lacked = { year: false, zone: true };
    return {
      lacked,
      read: (line, source) => {
        const [, time = '', text] = LINE.exec(line) ?? [];
        if (text === undefined) return unreadable('expected TIME [pid N] TEXT');
        const atMs = ctimeTime(time, terms);
        if (atMs === undefined) return unreadable(`"${time}" is no time; expected Mon Nov 23 06:38:07 2026`);
        return readVsftpdMessage({ atMs, text }, source);
      },
    };
  },
};

const LINE = /^(\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}) \[pid \d+\] (.*)$/;
