import { isIP } from 'node:net';
import { codeOfReply } from '../transport/ftp-failure.ts';
import { codeOfStatus } from '../transport/http-file.ts';
import { type LineReading, type LogFormat, other, unreadable } from './log-format.ts';
import { decoded, pathOfUrl, plainAddress, QUOTED, unescaped } from './log-text.ts';
import { accessTime } from './log-time.ts';
import type { Sighting, Source } from './sighting.ts';

/**
 * The common log format and what is built on it. Documented: Apache's mod_log_config ("common", "combined",
 * "vhost_combined"), nginx's ngx_http_log_module ("combined"), proftpd's ExtendedLog without a LogFormat, and
 * pure-ftpd's `--altlog clf:FILE`, which writes RETR as GET. Whatever follows is read for a `$request_time`.
 */
export const accessLog: LogFormat = {
  name: 'access',
  says: 'nginx, Apache (common, combined), proftpd (ExtendedLog), pure-ftpd (clf)',
  recognises: (line) => LINE.test(line),
  open: () => {
    const lacked = { year: false, zone: false, omitsMissing: false };
    return {
      lacked,
      read: (line, source) => {
        const reading = readLine(line, source);
        if (reading.kind === 'request' && PURE_FTPD.test(line)) lacked.omitsMissing = true;
        return reading;
      },
    };
  },
};

const LINE = new RegExp(String.raw`^(\S.*?) \[([^\]]{26})\] ${QUOTED} (\d{3}|-) (\d+|-)(?: (.*))?$`);
const HEADERS = new RegExp(`^${QUOTED} ${QUOTED}(?: (.*))?$`);

/** A GET without a version. Observed: pure-ftpd 1.0.50 writes down what it sent, not what was missing. */
const PURE_FTPD = /\] "GET [^"]*(?<! HTTP\/1\.[01])" /;

/** nginx writes $request_time with milliseconds, bare or behind a word of its user. */
const REQUEST_TIME = /(?:^|[\s="])(\d{1,6}\.\d{3})(?=$|[\s",])/;

function readLine(line: string, source: Source): LineReading {
  const [, head = '', time = '', request = '', status = '', bytes = '', rest = ''] = LINE.exec(line) ?? [];
  if (head === '') return unreadable('expected ADDRESS IDENT USER [TIME] "REQUEST" STATUS BYTES');
  const atMs = accessTime(time);
  if (atMs === undefined) return unreadable(`[${time}] is no time; expected [23/Nov/2026:06:38:07 +0000]`);
  const who = whoIn(head);
  if (who === undefined)
    return unreadable(`"${head}" before the time; expected an address, an identity and a user`);
  const asked = requestIn(unescaped(request));
  if (asked === undefined) return other;
  const [, , agent, behind = rest] = HEADERS.exec(rest) ?? [];
  const [, seconds] = REQUEST_TIME.exec(behind) ?? [];
  const userAgent = agent === undefined || agent === '-' ? undefined : unescaped(agent);
  const sighting: Sighting = {
    atMs,
    ...who,
    ...asked,
    result: resultOf(asked.protocol, status),
    ...(bytes !== '-' && { bytes: Number(bytes) }),
    ...(userAgent !== undefined && { userAgent }),
    ...(seconds !== undefined && { ms: Math.round(Number(seconds) * 1_000) }),
    source,
  };
  return { kind: 'request', sighting };
}

/** `192.0.2.7 - 1001`, behind the name of a virtual host or not; a user may have blanks in it. */
function whoIn(head: string): Pick<Sighting, 'address' | 'user' | 'host'> | undefined {
  const words = head.split(' ');
  const [first = '', second = ''] = words;
  const hasHost = isIP(first) === 0 && isIP(second) !== 0;
  const [address = '', identity, ...user] = hasHost ? words.slice(1) : words;
  if (identity === undefined || user.length === 0) return undefined;
  const name = decoded(unescaped(user.join(' ')));
  return {
    address: plainAddress(address),
    ...(name !== '-' && { user: name }),
    ...(hasHost && { host: first }),
  };
}

/** What was asked for; undefined: no request for a file. */
function requestIn(request: string): Pick<Sighting, 'protocol' | 'file'> | undefined {
  const [, url, version] = /^GET (\S+)( HTTP\/\d(?:\.\d)?)?$/.exec(request) ?? [];
  if (url !== undefined && version !== undefined) return { protocol: 'http', file: pathOfUrl(url) };
  const [, path] = /^(?:RETR|GET) (.+)$/.exec(request) ?? [];
  return path === undefined ? undefined : { protocol: 'ftp', file: decoded(path) };
}

function resultOf(protocol: Sighting['protocol'], status: string): Sighting['result'] {
  if (status === '-') return 'unknown';
  const code = Number(status);
  // pure-ftpd writes 200 for a file that was sent.
  if (protocol === 'ftp') return code >= 200 && code < 300 ? 'ok' : codeOfReply(code);
  if (code === 200 || code === 206) return 'ok';
  // nginx: the client closed the connection before it had its answer.
  return code === 499 ? 'TIMEOUT' : codeOfStatus(code);
}
