import { type LineReading, type LogFormat, type LogTerms, other, unreadable } from './log-format.ts';
import { decoded, plainAddress } from './log-text.ts';
import { ctimeTime } from './log-time.ts';
import type { Sighting, Source } from './sighting.ts';

/** xferlog(5), wu-ftpd's: proftpd's TransferLog, vsftpd with xferlog_std_format. */
export const xferlog: LogFormat = {
  name: 'xferlog',
  says: 'proftpd (TransferLog), vsftpd (xferlog_std_format)',
  recognises: (line) => LINE.test(line),
  open: (terms) => {
    const lacked = { year: false, zone: true, omitsMissing: true };
    return {
      lacked,
      read: (line, source) => {
        const reading = readLine(line, source, terms);
        if (reading.kind === 'request' && reading.sighting.result === 'NOT_FOUND')
          lacked.omitsMissing = false;
        return reading;
      },
    };
  },
};

/** The name of a file may have blanks in it, and a user none at all. */
const LINE =
  /^(\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}) \d+ (\S+) (\d+) (.+) [ab] \S+ ([oid]) [agr] (.*) \S+ [01] \S+ ([ci])$/;

function readLine(line: string, source: Source, terms: LogTerms): LineReading {
  const [, time = '', address, bytes, file, direction, user = '', status] = LINE.exec(line) ?? [];
  if (address === undefined || file === undefined) {
    return unreadable('expected TIME SECONDS HOST BYTES FILE TYPE ACTION DIRECTION MODE USER SERVICE ...');
  }
  if (direction !== 'o') return other;
  const atMs = ctimeTime(time, terms);
  if (atMs === undefined) return unreadable(`"${time}" is no time; expected Mon Nov 23 06:38:07 2026`);
  const sighting: Sighting = {
    ...{ atMs, address: plainAddress(address), protocol: 'ftp', file: decoded(file) },
    result: status === 'c' ? 'ok' : resultOfIncomplete(Number(bytes)),
    bytes: Number(bytes),
    ...(user !== '' && user !== '?' && { user: decoded(user) }),
    source,
  };
  return { kind: 'request', sighting };
}

/**
 * Observed: vsftpd 3.0.3 writes a file that it does not have as an incomplete one of 0 bytes; proftpd writes
 * nothing.
 */
function resultOfIncomplete(bytes: number): Sighting['result'] {
  return bytes === 0 ? 'NOT_FOUND' : 'TRUNCATED';
}
