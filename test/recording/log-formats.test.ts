import { expect, test } from 'vitest';
import type { LogFormat } from '../../src/recording/log-format.ts';
import type { LogOptions } from '../../src/recording/read-log.ts';
import type { Sighting } from '../../src/recording/sighting.ts';
import { syslog } from '../../src/recording/syslog.ts';
import { vsftpdLog } from '../../src/recording/vsftpd-log.ts';
import { xferlog } from '../../src/recording/xferlog.ts';
import { read, readLines } from './log-lines.ts';

type Told = Omit<Sighting, 'source'> | string;
const at = (iso: string) => ({ atMs: Date.parse(iso) });
const sent: Omit<Sighting, 'source'> = {
  ...at('2026-11-23T06:38:07Z'),
  ...{ address: '192.0.2.7', protocol: 'tftp', file: '/srv/1230SIP.cfg', result: 'ok' },
};
/** As `sent`, but for what is given. */
const but = (changes: Partial<Omit<Sighting, 'source'>>): Told => ({ ...sent, ...changes });
const dnsmasq = (time: string) => `${time} dnsmasq-tftp[7]: sent /srv/1230SIP.cfg to 192.0.2.7`;

const cases: [title: string, format: LogFormat, line: string, expected: Told, terms?: Partial<LogOptions>][] =
  [
    ['syslog of a host', syslog, dnsmasq('Nov 23 06:38:07 files'), sent],
    ['syslog of a host that is an address', syslog, dnsmasq('Nov 23 06:38:07 fe80::1'), sent],
    ['a log of its own, without a host', syslog, dnsmasq('Nov 23 06:38:07'), sent],
    ['a day of one digit', syslog, dnsmasq('Nov  3 06:38:07 files'), but({ ...at('2026-11-03T06:38:07Z') })],
    [
      'a day that is still to come is of last year',
      syslog,
      dnsmasq('Dec 24 06:38:07 files'),
      but({ ...at('2025-12-24T06:38:07Z') }),
    ],
    [
      'a clock ahead of ours is no year ago',
      syslog,
      dnsmasq('Nov 24 06:38:07 files'),
      but({ ...at('2026-11-24T06:38:07Z') }),
    ],
    [
      'a leap day is of the last leap year',
      syslog,
      dnsmasq('Feb 29 06:38:07 files'),
      but({ ...at('2024-02-29T06:38:07Z') }),
    ],
    [
      'a year that is given',
      syslog,
      dnsmasq('Dec 24 06:38:07 files'),
      but({ ...at('2031-12-24T06:38:07Z') }),
      { year: 2031 },
    ],
    [
      'a day that the given year has not',
      syslog,
      dnsmasq('Feb 29 06:38:07 files'),
      '"Feb 29 06:38:07" is no time; expected Nov 23 06:38:07',
      { year: 2026 },
    ],
    ['a zone that is given', syslog, dnsmasq('Nov 23 07:38:07 files'), sent, { zoneMinutes: 60 }],
    [
      'a time with its zone',
      syslog,
      dnsmasq('2026-11-23T07:38:07.250000+01:00 files'),
      but({ ...at('2026-11-23T06:38:07.250Z') }),
      { zoneMinutes: -300 },
    ],
    [
      'a time in no calendar',
      syslog,
      dnsmasq('2026-13-23T07:38:07Z files'),
      '"2026-13-23T07:38:07Z" is no time; expected Nov 23 06:38:07',
    ],
    [
      'a file that dnsmasq could not send to its end',
      syslog,
      'Nov 23 06:38:07 dnsmasq-tftp[7]: failed sending /srv/1230SIP.cfg to 192.0.2.7',
      but({ result: 'TRUNCATED' }),
    ],
    [
      'an older dnsmasq that does not say who asked',
      syslog,
      'Nov 23 06:38:07 dnsmasq-tftp[7]: file /srv/1230SIP.cfg not found',
      'it does not say which phone asked; dnsmasq 2.81 and later do',
    ],
    ['another program', syslog, 'Nov 23 06:38:07 files kernel: eth0: link up', 'about something else'],
    [
      'another message of a server',
      syslog,
      'Nov 23 06:38:07 dnsmasq-tftp[7]: TFTP root is /srv',
      'about something else',
    ],
    [
      'an IPv4 phone at an IPv6 socket',
      syslog,
      'Nov 23 06:38:07 files in.tftpd[9]: RRQ from ::ffff:192.0.2.7 filename 1230SIP.cfg',
      but({ file: '1230SIP.cfg', result: 'unknown' }),
    ],
    [
      'a name that tftpd-hpa mapped to another',
      syslog,
      'Nov 23 06:38:07 files in.tftpd[9]: RRQ from 192.0.2.7 filename 1230SIP.cfg remapped to /srv/1230SIP.cfg',
      but({ file: '1230SIP.cfg', result: 'unknown' }),
    ],
    [
      'a refusal of which the request is not there',
      syslog,
      'Nov 23 06:38:07 files in.tftpd[9]: sending NAK (1, File not found) to 192.0.2.7',
      'about something else',
    ],
    [
      'vsftpd in syslog',
      syslog,
      'Nov 23 06:38:07 files vsftpd[9]: [ftp] OK DOWNLOAD: Client "::ffff:192.0.2.7", "/srv/1230SIP.cfg", 401 bytes, 21.15Kbyte/sec',
      but({ protocol: 'ftp', bytes: 401, user: 'ftp' }),
    ],
    ['a syslog line that is cut off', syslog, 'Nov 23 06:38:', 'expected TIME HOST PROGRAM[PROCESS]: TEXT'],
    [
      'a file that pure-ftpd must not send',
      syslog,
      "Nov 23 06:38:07 files pure-ftpd: (phones@192.0.2.7) [ERROR] Can't open 1230SIP.cfg: Permission denied",
      but({ protocol: 'ftp', file: '1230SIP.cfg', result: 'ACCESS_DENIED', user: 'phones' }),
    ],
    [
      'a file that vsftpd did not send to its end',
      vsftpdLog,
      'Mon Nov 23 06:38:07 2026 [pid 2] [ftp] FAIL DOWNLOAD: Client "192.0.2.7", "/srv/1230SIP.cfg", 100 bytes, 0.02Kbyte/sec',
      but({ protocol: 'ftp', result: 'TRUNCATED', bytes: 100, user: 'ftp' }),
    ],
    [
      'local time of vsftpd',
      vsftpdLog,
      'Mon Nov 23 01:38:07 2026 [pid 2] [ftp] OK DOWNLOAD: Client "192.0.2.7", "/srv/1230SIP.cfg", 100 bytes, 0.02Kbyte/sec',
      but({ protocol: 'ftp', bytes: 100, user: 'ftp' }),
      { zoneMinutes: -300 },
    ],
    [
      'a login at vsftpd',
      vsftpdLog,
      'Mon Nov 23 06:38:07 2026 [pid 2] CONNECT: Client "192.0.2.7"',
      'about something else',
    ],
    ['a line that is none of vsftpd', vsftpdLog, 'what?', 'expected TIME [pid N] TEXT'],
    [
      'an upload in an xferlog',
      xferlog,
      'Mon Nov 23 06:38:07 2026 1 192.0.2.7 401 /srv/a.log b _ i a ? ftp 0 * c',
      'about something else',
    ],
    [
      'an incomplete file with bytes in an xferlog',
      xferlog,
      'Mon Nov 23 06:38:07 2026 1 192.0.2.7 401 /srv/1230SIP.cfg b _ o r phones ftp 0 * i',
      but({ protocol: 'ftp', result: 'TRUNCATED', bytes: 401, user: 'phones' }),
    ],
    [
      'a name with blanks in an xferlog',
      xferlog,
      'Mon Nov 23 06:38:07 2026 1 192.0.2.7 401 /srv/My b _ o Own.lng b _ o a ? ftp 0 * c',
      but({ protocol: 'ftp', file: '/srv/My b _ o Own.lng', bytes: 401 }),
    ],
    [
      'a line that is none of an xferlog',
      xferlog,
      'what?',
      'expected TIME SECONDS HOST BYTES FILE TYPE ACTION DIRECTION MODE USER SERVICE ...',
    ],
  ];
test.for(cases)('%s', ([, format, line, expected, terms]) => {
  expect(read(line, format, terms)).toEqual(expected);
});

const atftpd = (tag: string, text: string) => `Nov 23 06:38:07 files atftpd[${tag}]: ${text}`;

test('an end that atftpd tells while two files are on the way is nobody’s', () => {
  const { sightings } = readLines([
    atftpd('9', 'Serving a.cfg to 192.0.2.7:1024'),
    atftpd('9', 'Serving b.cfg to 192.0.2.8:1024'),
    atftpd('9', 'End of transfer'),
  ]);
  expect(sightings.map(({ file, result }) => `${file} ${result}`)).toEqual([
    'a.cfg unknown',
    'b.cfg unknown',
  ]);
});

test('a log of which some lines are of another server keeps to what most of them are', () => {
  const line = '192.0.2.7 - - [23/Nov/2026:06:38:07 +0000] "GET /1230SIP.cfg HTTP/1.1" 200 412';
  const { format, sightings, unread, unreadCount } = readLines([
    line,
    dnsmasq('Nov 23 06:38:07 files'),
    line,
  ]);
  expect({ format, requests: sightings.length, unreadCount, unread }).toEqual({
    format: 'access',
    requests: 2,
    unreadCount: 1,
    unread: [
      {
        source: { file: 'a.log', line: 2 },
        why: 'expected ADDRESS IDENT USER [TIME] "REQUEST" STATUS BYTES',
      },
    ],
  });
});

test('a line of a hundred kilobytes is told, not kept', () => {
  const { sightings, unread } = readLines([dnsmasq('Nov 23 06:38:07 files'), 'x'.repeat(100_000)]);
  expect({ requests: sightings.length, unread }).toEqual({
    requests: 1,
    unread: [
      { source: { file: 'a.log', line: 2 }, why: 'it is longer than 65536 bytes; expected a line of a log' },
    ],
  });
});

test('of many lines that cannot be read the first twenty are told, and all are counted', () => {
  const { unread, unreadCount, lines } = readLines([
    dnsmasq('Nov 23 06:38:07 files'),
    ...Array<string>(50).fill('what?'),
    '',
  ]);
  expect({ told: unread.length, last: unread.at(-1)?.source.line, unreadCount, lines }).toEqual({
    told: 20,
    last: 21,
    unreadCount: 50,
    lines: 52,
  });
});

test('what was taken for granted is said, unless it was given', () => {
  const lines = [dnsmasq('Nov 23 06:38:07 files')];
  expect(readLines(lines).assumed).toEqual([
    'its times name no year: the latest that is past was taken (--year YYYY says another)',
    'its times name no zone: UTC was taken (--zone says another)',
  ]);
  expect(readLines(lines, { year: 2026, zoneMinutes: 0 }).assumed).toEqual([]);
});
