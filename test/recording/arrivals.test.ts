import { expect, test } from 'vitest';
import { momentsOf } from '../../src/recording/arrivals.ts';
import { phonesOf } from '../../src/recording/phones.ts';
import { START_MS, sightingsOf } from './sightings.ts';

/** `SECONDS on|off NAMES`, a moment a line. */
function told(lines: readonly string[]): string[] {
  return momentsOf(phonesOf(sightingsOf(lines)).phones).map(
    ({ atMs, turn, phones }) => `${(atMs - START_MS) / 1_000} ${turn} ${phones.join(' ')}`,
  );
}

const cases: [title: string, lines: readonly string[], expected: readonly string[]][] = [
  [
    'phones that come at one moment are switched on together',
    ['0 10.0.0.1 tftp 1230SIP.cfg ok', '0 10.0.0.2 tftp 1230SIP.cfg ok', '7 10.0.0.3 tftp 1220SIP.cfg ok'],
    ['0 on 10.0.0.1 10.0.0.2', '7 on 10.0.0.3'],
  ],
  [
    'one that asks again is switched off five minutes after its last request, before the next',
    ['0 10.0.0.1 tftp 1230SIP.cfg ok', '40 10.0.0.1 tftp a.cfg ok', '3600 10.0.0.1 tftp 1230SIP.cfg ok'],
    ['0 on 10.0.0.1', '340 off 10.0.0.1', '3600 on 10.0.0.1'],
  ],
  [
    'one that asks again at once is switched off and on',
    ['0 10.0.0.1 tftp 1230SIP.cfg ok', '60 10.0.0.1 tftp 1230SIP.cfg ok'],
    ['0 on 10.0.0.1', '60 off 10.0.0.1', '60 on 10.0.0.1'],
  ],
  [
    'a restart after an image is left to the phone',
    [
      ...['0 10.0.0.1 tftp 1230SIP.cfg ok', '9 10.0.0.1 tftp SIP12x004.04.09.00.bin ok'],
      ...['100 10.0.0.1 tftp 1230SIP.cfg ok', '5000 10.0.0.1 tftp 1230SIP.cfg ok'],
    ],
    ['0 on 10.0.0.1', '400 off 10.0.0.1', '5000 on 10.0.0.1'],
  ],
  [
    'phones that are done while others still come do not poll meanwhile',
    ['0 10.0.0.1 tftp 1230SIP.cfg ok', '90000 10.0.0.2 tftp 1230SIP.cfg ok'],
    ['0 on 10.0.0.1', '300 off 10.0.0.1', '90000 on 10.0.0.2'],
  ],
  [
    'checks of one second come one after the other',
    [
      ...['0 10.0.0.1 tftp 1230SIP.cfg ok', '0 10.0.0.1 tftp a.cfg ok', '0 10.0.0.1 tftp 1230SIP.cfg ok'],
      ...['1 10.0.0.1 tftp 1230SIP.cfg ok', '100 10.0.0.1 tftp 1230SIP.cfg ok'],
    ],
    ['0 on', '2 off', '2 on', '4 off', '4 on', '100 off', '100 on'].map((turn) => `${turn} 10.0.0.1`),
  ],
  ['no phones, no moments', [], []],
];
test.for(cases)('%s', ([, lines, expected]) => {
  expect(told(lines)).toEqual(expected);
});
