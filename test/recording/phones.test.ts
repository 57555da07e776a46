import { expect, test } from 'vitest';
import { phonesOf } from '../../src/recording/phones.ts';
import { sightingsOf } from './sightings.ts';

const A = 'SIP001B4F1230AA.cfg';
const B = 'SIP001B4F1230BB.cfg';

/** `NAME MODEL MAC: WHY FILES | WHY FILES`, a phone a line. */
function told(lines: readonly string[]): string[] {
  return phonesOf(sightingsOf(lines)).phones.map(({ name, model, mac, visits }) => {
    const checks = visits.map(
      ({ why, requests }) =>
        `${why} ${requests.map(({ file, tries }) => (tries === 1 ? file : `${file} x${tries}`)).join(' ')}`,
    );
    return `${name} ${model ?? '-'} ${mac ?? '-'}: ${checks.join(' | ')}`;
  });
}

const cases: [title: string, lines: readonly string[], expected: readonly string[]][] = [
  [
    'a phone is an address that asks for a provisioning file, which begins a check',
    ['0 10.0.0.1 tftp 1230SIP.cfg ok', '1 10.0.0.1 tftp a.cfg ok', '9999 10.0.0.1 tftp 1230SIP.cfg ok'],
    ['10.0.0.1 1230 -: first 1230SIP.cfg a.cfg | again 1230SIP.cfg'],
  ],
  [
    'its own file tells the MAC of all its checks',
    ['0 10.0.0.1 tftp 1210SIP.cfg ok', `9 10.0.0.1 tftp ${A} NOT_FOUND`, '99 10.0.0.1 tftp 1210SIP.cfg ok'],
    [`10.0.0.1 1210 001B4F1230AA: first 1210SIP.cfg ${A} | again 1210SIP.cfg`],
  ],
  [
    'phones behind one address are told apart by MAC and model',
    [
      ...['0 10.0.0.1 http /1230SIP.cfg ok', `1 10.0.0.1 http /${A} ok`],
      ...['9 10.0.0.1 http /1220SIP.cfg ok', `10 10.0.0.1 http /${B} ok`],
      ...['99 10.0.0.1 http /1230SIP.cfg ok', '200 10.0.0.1 http /1220SIP.cfg ok'],
    ],
    [
      `10.0.0.1 001B4F1230AA 1230 001B4F1230AA: first 1230SIP.cfg ${A} | again 1230SIP.cfg`,
      `10.0.0.1 001B4F1230BB 1220 001B4F1230BB: first 1220SIP.cfg ${B} | again 1220SIP.cfg`,
    ],
  ],
  [
    'a phone that has another address later stays one',
    [
      ...['0 10.0.0.1 tftp 1230SIP.cfg ok', `1 10.0.0.1 tftp ${A} ok`],
      ...['50 10.0.0.2 tftp 1230SIP.cfg ok', `51 10.0.0.2 tftp ${A} ok`],
    ],
    [`10.0.0.1 1230 001B4F1230AA: first 1230SIP.cfg ${A} | again 1230SIP.cfg ${A}`],
  ],
  [
    'after an image it restarts by itself, if it comes back in time',
    [
      ...['0 10.0.0.1 tftp 1230SIP.cfg ok', '1 10.0.0.1 tftp fw/SIP12x004.04.09.00.bin ok'],
      ...['120 10.0.0.1 tftp 1230SIP.cfg ok', '121 10.0.0.1 tftp fw/SIP12x004.04.10.00.bin ok'],
      '1200 10.0.0.1 tftp 1230SIP.cfg ok',
    ],
    [
      '10.0.0.1 1230 -: first 1230SIP.cfg fw/SIP12x004.04.09.00.bin | restart 1230SIP.cfg fw/SIP12x004.04.10.00.bin | again 1230SIP.cfg',
    ],
  ],
  [
    'an image that did not arrive restarts nothing',
    [
      ...['0 10.0.0.1 tftp 1230SIP.cfg ok', '1 10.0.0.1 tftp SIP12x004.04.09.00.bin NOT_FOUND'],
      '60 10.0.0.1 tftp 1230SIP.cfg ok',
    ],
    ['10.0.0.1 1230 -: first 1230SIP.cfg SIP12x004.04.09.00.bin | again 1230SIP.cfg'],
  ],
  [
    'tries of one file are one request',
    [
      ...[
        '0 10.0.0.1 http /1230SIP.cfg BUSY',
        '1 10.0.0.1 http /1230SIP.cfg BUSY',
        '2 10.0.0.1 http /1230SIP.cfg ok',
      ],
      ...['3 10.0.0.1 http /a.cfg ACCESS_DENIED', '3 10.0.0.1 http /a.cfg ok'],
      ...['4 10.0.0.1 tftp b.cfg unknown', '6 10.0.0.1 tftp b.cfg unknown'],
      ...['7 10.0.0.1 ftp c.cfg NOT_FOUND', '7 10.0.0.1 ftp c.cfg NOT_FOUND'],
    ],
    ['10.0.0.1 1230 -: first 1230SIP.cfg x3 a.cfg x2 b.cfg x2 c.cfg c.cfg'],
  ],
  [
    'names count from the folder of the provisioning file, protocol by protocol',
    [
      ...['0 10.0.0.1 http /phones/1230SIP.cfg ok', '1 10.0.0.1 http /phones/lang/x.lng ok'],
      ...[
        '2 10.0.0.1 http /elsewhere/y.lng ok',
        `3 10.0.0.1 ftp /srv/ftp/${A} ok`,
        '4 10.0.0.1 ftp /srv/ftp/z.wav ok',
      ],
    ],
    [`10.0.0.1 1230 001B4F1230AA: first 1230SIP.cfg lang/x.lng elsewhere/y.lng ${A} z.wav`],
  ],
  [
    'without its provisioning file a check ends where nothing is asked for ten minutes',
    [`0 10.0.0.1 ftp ${A} ok`, '500 10.0.0.1 ftp a.wav ok', `1200 10.0.0.1 ftp ${A} ok`],
    [`10.0.0.1 - 001B4F1230AA: first ${A} a.wav | again ${A}`],
  ],
  [
    'a phone of UNIStim, and one whose boot loader asks',
    ['0 10.0.0.1 tftp 1220.cfg ok', '0 10.0.0.2 tftp 1230Boot.cfg ok'],
    ['10.0.0.1 1220 -: first 1220.cfg', '10.0.0.2 1230 -: first 1230Boot.cfg'],
  ],
];
test.for(cases)('%s', ([, lines, expected]) => {
  expect(told(lines)).toEqual(expected);
});

test('browsers, scripts and whoever asks for other files are no phones', () => {
  const { phones, strangers } = phonesOf(
    sightingsOf([
      '0 10.0.0.1 http /1230SIP.cfg ok AVAYA/SIP12x0/04.01.13.00',
      '1 10.0.0.2 http /1230SIP.cfg ok curl/7.88.1',
      '2 10.0.0.3 http /favicon.ico NOT_FOUND',
      '3 10.0.0.3 http /robots.txt NOT_FOUND',
      '4 10.0.0.4 http /1230SIP.cfg ok AVAYA/SIP12x0/4.4',
      '5 10.0.0.5 http /1230SIP.cfg ok AVAYA/SIP12x0\x17\x17/04.00.04.00',
    ]),
  );
  expect(phones.map(({ name }) => name)).toEqual(['10.0.0.1']);
  expect(strangers).toEqual({ requests: 5, addresses: 4 });
});

test('the first User-Agent tells load and junk byte', () => {
  const [phone] = phonesOf(
    sightingsOf([
      '0 10.0.0.1 http /1230SIP.cfg ok AVAYA/SIP12x0\x17/04.00.04.00',
      '60 10.0.0.1 http /1230SIP.cfg ok AVAYA/SIP12x0\x17/04.04.09.00',
    ]),
  ).phones;
  expect({ software: phone?.software, byte: phone?.userAgentByte }).toEqual({
    software: 'SIP12x004.00.04.00',
    byte: '17',
  });
});

test('blanks that a log wrote as underscores are found in the names of sections', () => {
  const { phones } = phonesOf(
    sightingsOf([
      '0 10.0.0.1 ftp /1230SIP.cfg ok',
      '0 10.0.0.1 ftp /My_Own.lng ok',
      '0 10.0.0.1 ftp /x_y.lng ok',
    ]),
    ['My Own.lng'],
  );
  expect(phones[0]?.visits[0]?.requests.map(({ file }) => file)).toEqual([
    '1230SIP.cfg',
    'My Own.lng',
    'x_y.lng',
  ]);
});

test('logs may be given in any order; of one second the provisioning file comes first', () => {
  const newer = sightingsOf(['60 10.0.0.1 tftp a.cfg ok', '70 10.0.0.1 tftp b.cfg ok']);
  const older = sightingsOf(['0 10.0.0.1 http /1230SIP.cfg ok', '60 10.0.0.1 http /1230SIP.cfg ok']);
  const fromTftp = newer.map((one) => ({ ...one, source: { ...one.source, file: 'b.log' } }));
  const [phone] = phonesOf([...fromTftp, ...older]).phones;
  expect(phone?.visits.map(({ requests }) => requests.map(({ file }) => file))).toEqual([
    ['1230SIP.cfg'],
    ['1230SIP.cfg', 'a.cfg', 'b.cfg'],
  ]);
});

const shared: [title: string, seconds: readonly [number, number, number, number], entangled: string[]][] = [
  ['one after the other', [0, 1, 2, 3], []],
  ['at the same moment', [0, 2, 1, 3], ['10.0.0.1']],
];
test.for(shared)('phones that share an address %s', ([, [first, own, second, other], entangled]) => {
  const lines = [`${first} 1230SIP.cfg`, `${own} ${A}`, `${second} 1230SIP.cfg`, `${other} ${B}`];
  const sightings = sightingsOf(lines.map((line) => `${line.replace(' ', ' 10.0.0.1 tftp ')} ok`));
  expect(phonesOf(sightings).entangled).toEqual(entangled);
});
