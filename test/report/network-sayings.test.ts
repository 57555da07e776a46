import { expect, test } from 'vitest';
import type { Fact, PhoneEvent } from '../../src/events/phone-event.ts';
import { INFINITE_S } from '../../src/provisioning/lease.ts';
import { leaseAfter } from '../../src/report/lease-outcome.ts';
import { networkSayingsOf } from '../../src/report/network-sayings.ts';
import { withoutSecrets } from '../../src/report/secrets.ts';
import { aLease, flashRead } from './journals.ts';

const kept: Fact<'dhcp.cached'>['lease'] = {
  ...{ address: '10.0.0.5', mask: '255.255.255.0', router: null, dns: [], domain: null },
  provisioningServer: 'ftp://me:secret@10.0.0.9',
};
const secret = { ...aLease, provisioningServer: 'ftp://me:secret@10.0.0.9' };
const maskedServer = { provisioningServer: 'ftp://me:***@10.0.0.9' };

const sayings: [event: PhoneEvent, said: string][] = [
  [{ type: 'dhcp.started', series: 1, seriesMax: 10 }, 'asks for an address'],
  [{ type: 'dhcp.started', series: 2, seriesMax: 10 }, 'asks again, series 2 of 10'],
  [{ type: 'dhcp.started', series: 2, seriesMax: null }, 'asks again, series 2'],
  [{ type: 'dhcp.sent', message: 'DISCOVER', waitMs: 4_200 }, 'DISCOVER sent, waits 4.2s'],
  [
    { type: 'dhcp.offered', server: '10.0.0.1', address: '10.0.0.5', leaseS: INFINITE_S },
    '10.0.0.1 offers 10.0.0.5 for ever',
  ],
  [
    { type: 'dhcp.offered', server: '0.0.0.0', address: '10.0.0.5', leaseS: INFINITE_S },
    'a server without an address offers 10.0.0.5 for ever',
  ],
  [{ type: 'dhcp.refused', server: '10.0.0.1', message: '' }, '10.0.0.1 refused'],
  [{ type: 'dhcp.refused', server: '10.0.0.1', message: 'in use' }, '10.0.0.1 refused: in use'],
  [
    { type: 'dhcp.failed', code: 'NO_OFFER', message: 'no offer', follows: 'series' },
    'no offer (NO_OFFER): asked again soon',
  ],
  [
    { type: 'dhcp.failed', code: 'NO_ACK', message: 'silence', follows: 'renewal' },
    'silence (NO_ACK): the lease goes on, asked again later',
  ],
  [
    { type: 'dhcp.failed', code: 'NO_OFFER', message: 'no offer', follows: 'nothing' },
    'no offer (NO_OFFER): given up, the phone has no address',
  ],
  [
    { type: 'dhcp.leased', lease: secret, sourceAddress: null },
    '10.0.0.5 mask 255.255.255.0, leased by 10.0.0.1 for 1h; option 66 ftp://me:***@10.0.0.9',
  ],
  [
    { type: 'dhcp.leased', lease: { ...aLease, provisioningServer: null }, sourceAddress: null },
    '10.0.0.5 mask 255.255.255.0, leased by 10.0.0.1 for 1h; names no provisioning server',
  ],
  [{ type: 'dhcp.cached', lease: kept }, 'no server answers: the last address, 10.0.0.5, is used'],
  [{ type: 'dhcp.renewed', lease: aLease }, '10.0.0.1 renewed 10.0.0.5 for 1h'],
  [{ type: 'dhcp.rebound', lease: aLease }, '10.0.0.1, asked among all, renewed 10.0.0.5 for 1h'],
  [
    { type: 'dhcp.lost', address: '10.0.0.5', why: 'expired' },
    'the lease of 10.0.0.5 is over, and nobody renewed it',
  ],
  [
    { type: 'dhcp.lost', address: '10.0.0.5', why: 'refused' },
    'the lease of 10.0.0.5 was refused as it was to be renewed',
  ],
];
test.for(sayings)('%o', ([event, said]) => {
  expect(networkSayingsOf(event).map(({ subject, text }) => `${subject}: ${text}`)).toEqual([
    `DHCP: ${said}`,
  ]);
});

const told: [title: string, event: PhoneEvent, shown: PhoneEvent][] = [
  [
    'a new lease',
    { type: 'dhcp.leased', lease: secret, sourceAddress: null },
    { type: 'dhcp.leased', lease: { ...secret, ...maskedServer }, sourceAddress: null },
  ],
  [
    'the last address',
    { type: 'dhcp.cached', lease: kept },
    { type: 'dhcp.cached', lease: { ...kept, ...maskedServer } },
  ],
  ['flash', flashRead({ lease: kept }), flashRead({ lease: { ...kept, ...maskedServer } })],
  [
    'what is written to flash',
    { type: 'flash.written', changes: [{ change: 'lease', lease: kept }] },
    { type: 'flash.written', changes: [{ change: 'lease', lease: { ...kept, ...maskedServer } }] },
  ],
];
test.for(told)('no password of option 66 leaves the program in %s', ([, event, shown]) => {
  expect(withoutSecrets(event)).toEqual(shown);
});

const { broadcast: _, ...shownLease } = aLease;
const leased: PhoneEvent = { type: 'dhcp.leased', lease: aLease, sourceAddress: null };
const outcomes: [title: string, events: readonly PhoneEvent[], lease: ReturnType<typeof leaseAfter>][] = [
  ['none before there is one', [], null],
  ['the one in force', [leased], { how: 'leased', ...shownLease }],
  [
    'as it was renewed last',
    [leased, { type: 'dhcp.renewed', lease: { ...aLease, leaseS: 60 } }],
    { how: 'leased', ...shownLease, leaseS: 60 },
  ],
  ['none once it is lost', [leased, { type: 'dhcp.lost', address: '10.0.0.5', why: 'expired' }], null],
  ['none without power', [leased, { type: 'power.off' }], null],
  [
    'the last address',
    [{ type: 'dhcp.cached', lease: kept }],
    {
      ...{ how: 'last-address', ...kept, ...maskedServer },
      ...{ server: null, leaseS: null, t1S: null, t2S: null, infoBlock: [] },
    },
  ],
];
test.for(outcomes)('the lease of the outcome: %s', ([, events, lease]) => {
  expect(events.reduce(leaseAfter, null)).toEqual(lease);
});
