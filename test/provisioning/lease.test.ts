import { expect, test } from 'vitest';
import { INFINITE_S, type Lease, type LeaseTerms, leaseFromData } from '../../src/provisioning/lease.ts';
import { type LeasePhase, leasePhaseAt } from '../../src/provisioning/lease-renewal.ts';

const plain: Lease = {
  ...{ address: '10.77.0.50', mask: '255.255.255.0', dns: [], broadcast: '10.77.0.255', server: '0.0.0.0' },
  ...{ leaseS: 86_400, t1S: 43_200, t2S: 75_600, echoesClass: false },
};
const mask = '255.255.255.0';

const leases: [title: string, terms: LeaseTerms, differs: Partial<Lease>, doubts?: string[]][] = [
  ['an address and a mask are enough', { address: '10.77.0.50', mask }, {}],
  [
    'the router is the server unless one is named',
    { address: '10.77.0.50', mask, router: '10.77.0.1', server: '10.77.0.9' },
    { router: '10.77.0.1', server: '10.77.0.9' },
  ],
  [
    'two DNS servers are used',
    { address: '10.77.0.50', mask, dns: ['10.0.0.1', '10.0.0.2', '10.0.0.3'] },
    { dns: ['10.0.0.1', '10.0.0.2'] },
  ],
  [
    'the broadcast address is worked out by the mask',
    { address: '10.77.5.50', mask: '255.255.252.0' },
    { address: '10.77.5.50', mask: '255.255.252.0', broadcast: '10.77.7.255' },
  ],
  ['it may be given', { address: '10.77.0.50', mask, broadcast: '10.77.0.0' }, { broadcast: '10.77.0.0' }],
  [
    'a host has no network to broadcast to',
    { address: '10.77.0.50', mask: '255.255.255.255' },
    { mask: '255.255.255.255', broadcast: '10.77.0.50' },
  ],
  [
    'without a mask that of class A',
    { address: '10.77.0.50' },
    { mask: '255.0.0.0', broadcast: '10.255.255.255' },
    ['there is no network mask; 255.0.0.0, that of the class of 10.77.0.50, is used'],
  ],
  [
    'of class B',
    { address: '172.16.3.4' },
    { address: '172.16.3.4', mask: '255.255.0.0', broadcast: '172.16.255.255' },
    ['there is no network mask; 255.255.0.0, that of the class of 172.16.3.4, is used'],
  ],
  [
    'of class C, and for a mask that is none',
    { address: '192.0.2.4', mask: '255.0.255.0' },
    { address: '192.0.2.4', mask: '255.255.255.0', broadcast: '192.0.2.255' },
    ['the network mask is 255.0.255.0; 255.255.255.0, that of the class of 192.0.2.4, is used'],
  ],
  ['T1 and T2 may be given', { address: '10.77.0.50', mask, t1S: 1, t2S: 86_400 }, { t1S: 1, t2S: 86_400 }],
  ['a late T1 takes T2 along', { address: '10.77.0.50', mask, t1S: 80_000 }, { t1S: 80_000, t2S: 80_000 }],
  ['an early T2 takes T1 along', { address: '10.77.0.50', mask, t2S: 60 }, { t1S: 60, t2S: 60 }],
  [
    'T1 after T2 counts for nothing',
    { address: '10.77.0.50', mask, t1S: 61, t2S: 60 },
    {},
    ['T1 is 61 s and T2 60 s of a lease of 86400 s; 43200 and 75600 are used'],
  ],
  [
    'T1 at once counts for nothing',
    { address: '10.77.0.50', mask, t1S: 0 },
    {},
    ['T1 is 0 s and T2 75600 s of a lease of 86400 s; 43200 and 75600 are used'],
  ],
  [
    'T2 after the end counts for nothing',
    { address: '10.77.0.50', mask, t2S: 86_401 },
    {},
    ['T1 is 43200 s and T2 86401 s of a lease of 86400 s; 43200 and 75600 are used'],
  ],
  ['the shortest lease', { address: '10.77.0.50', mask, leaseS: 1 }, { leaseS: 1, t1S: 1, t2S: 1 }],
  [
    'a lease for ever is never renewed',
    { address: '10.77.0.50', mask, leaseS: INFINITE_S, t1S: 60 },
    { leaseS: INFINITE_S, t1S: INFINITE_S, t2S: INFINITE_S },
  ],
  [
    'the rest is kept as it is',
    {
      address: '10.77.0.50',
      mask,
      router: '10.77.0.1',
      domain: 'a.b',
      provisioningServer: 'http://c/d',
      echoesClass: true,
    },
    {
      router: '10.77.0.1',
      server: '10.77.0.1',
      domain: 'a.b',
      provisioningServer: 'http://c/d',
      echoesClass: true,
    },
  ],
  [
    'an info block is read',
    { address: '10.77.0.50', mask, infoBlock: 'Nortel-SIP-Phone-B,a=1;' },
    { infoBlock: { entries: [{ name: 'a', value: '1' }], unread: [] } },
  ],
  ['a text that is no info block is none', { address: '10.77.0.50', mask, infoBlock: 'x' }, {}],
];
test.for(leases)('%s', ([, { infoBlock, ...terms }, differs, doubts = []]) => {
  const given = infoBlock === undefined ? terms : { ...terms, infoBlock };
  expect(leaseFromData(given)).toEqual({ ok: true, lease: { ...plain, ...differs }, doubts });
});

const refused: [title: string, terms: LeaseTerms, message: string][] = [
  ['no address', { address: '' }, 'the address is ; expected dotted IPv4'],
  ['a name', { address: 'phone' }, 'the address is phone; expected dotted IPv4'],
  ['a group beyond 255', { address: '10.0.0.256' }, 'the address is 10.0.0.256; expected dotted IPv4'],
  ['no time', { address: '10.0.0.1', leaseS: 0 }, 'the lease is for 0 s; expected 1 to 4294967295'],
  ['half a second', { address: '10.0.0.1', leaseS: 0.5 }, 'the lease is for 0.5 s; expected 1 to 4294967295'],
  [
    'more than for ever',
    { address: '10.0.0.1', leaseS: 2 ** 32 },
    'the lease is for 4294967296 s; expected 1 to 4294967295',
  ],
];
test.for(refused)('there is no lease with %s', ([, terms, message]) => {
  expect(leaseFromData(terms)).toEqual({ ok: false, message });
});

const hour: Lease = { ...plain, leaseS: 3_600, t1S: 1_800, t2S: 3_150 };
const phases: [title: string, atS: number, expected: LeasePhase][] = [
  ['begins bound', 0, { phase: 'bound', actAtMs: 1_801_000 }],
  ['stays so until T1', 1_799, { phase: 'bound', actAtMs: 1_801_000 }],
  [
    'is renewed from T1, again after half of the time to T2',
    1_800,
    { phase: 'renewing', actAtMs: 2_476_000 },
  ],
  ['not more often than once a minute', 3_060, { phase: 'renewing', actAtMs: 3_121_000 }],
  ['not beyond T2', 3_120, { phase: 'renewing', actAtMs: 3_151_000 }],
  ['is rebound from T2', 3_150, { phase: 'rebinding', actAtMs: 3_376_000 }],
  ['not beyond its end', 3_560, { phase: 'rebinding', actAtMs: 3_601_000 }],
  ['ends', 3_600, { phase: 'expired' }],
];
// It began a second after 1970 did.
test.for(phases)('a lease of an hour %s', ([, atS, expected]) => {
  expect(leasePhaseAt(hour, { startedAtMs: 1_000, nowMs: 1_000 + atS * 1_000 })).toEqual(expected);
});

test('a lease for ever asks for nothing', () => {
  const lease = { ...hour, leaseS: INFINITE_S };
  expect(leasePhaseAt(lease, { startedAtMs: 0, nowMs: 2 ** 50 })).toEqual({ phase: 'for-ever' });
});
