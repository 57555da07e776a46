import { accessLog } from './access-log.ts';
import type { LogFormat } from './log-format.ts';
import { syslog } from './syslog.ts';
import { vsftpdLog } from './vsftpd-log.ts';
import { xferlog } from './xferlog.ts';

/** Every log format there is. */
export const logFormats: readonly LogFormat[] = [accessLog, vsftpdLog, xferlog, syslog];

/** Lines that are looked at; a log may begin with lines of a server that started. */
const LINES_LOOKED_AT = 200;

/** The format of which the first lines of a log are; undefined: of none. */
export function recognise(lines: Iterable<string>): LogFormat | undefined {
  const head: string[] = [];
  for (const line of lines) {
    head.push(line);
    if (head.length === LINES_LOOKED_AT) break;
  }
  const counts = logFormats.map((format) => head.filter(format.recognises).length);
  const most = Math.max(...counts);
  return most === 0 ? undefined : logFormats[counts.indexOf(most)];
}
