import { expect, test } from 'vitest';
import { accessLog } from '../../src/recording/access-log.ts';
import type { Sighting } from '../../src/recording/sighting.ts';
import { read } from './log-lines.ts';

const at = (iso: string) => ({ atMs: Date.parse(iso) });
const time = '[23/Nov/2026:06:38:07 +0000]';
const asked = {
  ...at('2026-11-23T06:38:07Z'),
  address: '192.0.2.7',
  protocol: 'http',
  file: '/1230SIP.cfg',
  result: 'ok',
  bytes: 412,
} as const;

const cases: [title: string, line: string, expected: Omit<Sighting, 'source'> | string][] = [
  ['the common format', `192.0.2.7 - - ${time} "GET /1230SIP.cfg HTTP/1.1" 200 412`, asked],
  [
    'the combined format of nginx, with the byte phones put into their User-Agent',
    `192.0.2.7 - - ${time} "GET /1230SIP.cfg HTTP/1.1" 200 412 "-" "AVAYA/SIP12x0\\x17/04.00.04.00"`,
    { ...asked, userAgent: 'AVAYA/SIP12x0\x17/04.00.04.00' },
  ],
  [
    'a byte that was written as it came',
    `192.0.2.7 - - ${time} "GET /1230SIP.cfg HTTP/1.1" 200 412 "-" "AVAYA/SIP12x0\xff/04.01.13.00"`,
    { ...asked, userAgent: 'AVAYA/SIP12x0\xff/04.01.13.00' },
  ],
  [
    'quotes as Apache escapes them',
    `192.0.2.7 - - ${time} "GET /1230SIP.cfg HTTP/1.1" 200 412 "-" "a \\"phone\\" \\\\o/"`,
    { ...asked, userAgent: 'a "phone" \\o/' },
  ],
  [
    'a request time behind it, bare',
    `192.0.2.7 - - ${time} "GET /1230SIP.cfg HTTP/1.1" 200 412 "-" "-" 1.204`,
    { ...asked, ms: 1204 },
  ],
  [
    'a request time behind the usual words',
    `192.0.2.7 - - ${time} "GET /1230SIP.cfg HTTP/1.1" 200 412 "-" "-" "10.0.0.1" rt=0.003 uct="0.000"`,
    { ...asked, ms: 3 },
  ],
  [
    'an offset from UTC',
    '192.0.2.7 - - [23/Nov/2026:07:38:07 +0100] "GET /1230SIP.cfg HTTP/1.1" 200 412',
    asked,
  ],
  [
    'an IPv6 address',
    `2001:db8::7 - - ${time} "GET /1230SIP.cfg HTTP/1.1" 200 412`,
    { ...asked, address: '2001:db8::7' },
  ],
  [
    'a virtual host before it',
    `phones.example:80 192.0.2.7 - - ${time} "GET /1230SIP.cfg HTTP/1.1" 200 412`,
    { ...asked, host: 'phones.example:80' },
  ],
  [
    'a host name instead of the address, as HostnameLookups has it',
    `phone7.example - - ${time} "GET /1230SIP.cfg HTTP/1.1" 200 412`,
    { ...asked, address: 'phone7.example' },
  ],
  [
    'a user with a blank in the name',
    `192.0.2.7 - the phones ${time} "GET /1230SIP.cfg HTTP/1.1" 200 412`,
    { ...asked, user: 'the phones' },
  ],
  [
    'percent signs, UTF-8 and a query in the path',
    `192.0.2.7 - - ${time} "GET /Fran%C3%A7ais%20(CA).lng?x=1 HTTP/1.1" 200 412`,
    { ...asked, file: '/Français (CA).lng' },
  ],
  [
    'bytes that are no UTF-8 in the path',
    `192.0.2.7 - - ${time} "GET /Fran%e7ais.lng HTTP/1.1" 200 412`,
    { ...asked, file: '/Fran\xe7ais.lng' },
  ],
  [
    'a proxy request with the whole URL',
    `192.0.2.7 - - ${time} "GET http://phones.example:8080/1230SIP.cfg HTTP/1.0" 200 412`,
    asked,
  ],
  [
    'a file that is not there, and no bytes',
    `192.0.2.7 - - ${time} "GET /1230SIP.cfg HTTP/1.1" 404 -`,
    {
      ...at('2026-11-23T06:38:07Z'),
      address: '192.0.2.7',
      protocol: 'http',
      file: '/1230SIP.cfg',
      result: 'NOT_FOUND',
    },
  ],
  [
    'a file that is forbidden',
    `192.0.2.7 - - ${time} "GET /1230SIP.cfg HTTP/1.1" 403 412`,
    { ...asked, result: 'ACCESS_DENIED' },
  ],
  [
    'a server that is busy',
    `192.0.2.7 - - ${time} "GET /1230SIP.cfg HTTP/1.1" 503 412`,
    { ...asked, result: 'BUSY' },
  ],
  [
    'a control byte that Apache refuses',
    `192.0.2.7 - - ${time} "GET /1230SIP.cfg HTTP/1.1" 400 412`,
    { ...asked, result: 'PROTOCOL' },
  ],
  [
    'a phone that hung up on nginx',
    `192.0.2.7 - - ${time} "GET /1230SIP.cfg HTTP/1.1" 499 0`,
    { ...asked, result: 'TIMEOUT', bytes: 0 },
  ],
  [
    "proftpd's ExtendedLog",
    `192.0.2.7 UNKNOWN anonymous ${time} "RETR 1230SIP.cfg" 226 412`,
    { ...asked, protocol: 'ftp', file: '1230SIP.cfg', user: 'anonymous' },
  ],
  [
    "proftpd's ExtendedLog of a file that is not there",
    `192.0.2.7 UNKNOWN anonymous ${time} "RETR languages/My Own.lng" 550 -`,
    {
      ...at('2026-11-23T06:38:07Z'),
      ...{ address: '192.0.2.7', user: 'anonymous', protocol: 'ftp' },
      ...{ file: 'languages/My Own.lng', result: 'NOT_FOUND' },
    },
  ],
  [
    "pure-ftpd's clf, where RETR is a GET without a version",
    `192.0.2.7 - anonymous ${time} "GET /srv/ftp/1230SIP.cfg" 200 412`,
    { ...asked, protocol: 'ftp', file: '/srv/ftp/1230SIP.cfg', user: 'anonymous' },
  ],
  ['another method', `192.0.2.7 - - ${time} "POST /upload HTTP/1.1" 201 4`, 'about something else'],
  [
    'another command of FTP',
    `192.0.2.7 UNKNOWN anonymous ${time} "PASS (hidden)" 230 -`,
    'about something else',
  ],
  ['what is no request', `192.0.2.7 - - ${time} "\\x16\\x03\\x01" 400 150 "-" "-"`, 'about something else'],
  ['a connection without one', `192.0.2.7 - - ${time} "-" 408 0`, 'about something else'],
  [
    'a day in no calendar',
    '192.0.2.7 - - [31/Nov/2026:06:38:07 +0000] "GET / HTTP/1.1" 200 1',
    '[31/Nov/2026:06:38:07 +0000] is no time; expected [23/Nov/2026:06:38:07 +0000]',
  ],
  [
    'a line that is cut off',
    `192.0.2.7 - - ${time} "GET /1230SI`,
    'expected ADDRESS IDENT USER [TIME] "REQUEST" STATUS BYTES',
  ],
  [
    'a line without identity and user',
    `192.0.2.7 ${time} "GET / HTTP/1.1" 200 1`,
    '"192.0.2.7" before the time; expected an address, an identity and a user',
  ],
  [
    'a line of another program',
    'Nov 23 06:38:07 host kernel: eth0: link up',
    'expected ADDRESS IDENT USER [TIME] "REQUEST" STATUS BYTES',
  ],
];
test.for(cases)('%s', ([, line, expected]) => {
  expect(read(line, accessLog)).toEqual(expected);
});
