import { expect, test } from 'vitest';
import { seededRandom } from '../../src/clock/random.ts';
import { VirtualClock } from '../../src/clock/virtual-clock.ts';
import { acquireLease, renewLease } from '../../src/network/dhcp.ts';
import { type GivenOffer, givenDhcpWire } from '../../src/network/given-dhcp.ts';
import type { Lease } from '../../src/provisioning/lease.ts';

const never = new AbortController().signal;
const full: GivenOffer = {
  ...{ address: '10.0.0.5', mask: '255.255.252.0', router: '10.0.0.1', dns: ['10.0.0.3', '10.0.0.4'] },
  ...{ domain: 'example.com', broadcast: '10.0.3.255', server: '10.0.0.2', leaseS: 600, t1S: 100, t2S: 200 },
  ...{ provisioningServer: 'http://10.0.0.9', echoesClass: true },
  infoBlock: `Nortel-SIP-Phone-B,BANNER=${'long '.repeat(60)};`,
};

/** What the client of real networks makes of servers that are data. */
async function asked(
  offers: readonly GivenOffer[],
  ask: (order: Parameters<typeof acquireLease>[0]) => Promise<Lease>,
): Promise<Lease | string> {
  const clock = new VirtualClock(0);
  let ended: Lease | string | undefined;
  ask({
    ...{ clock, random: seededRandom(1), interfaceName: '', openWire: givenDhcpWire(clock, offers) },
    identity: { mac: '001B4F123001', software: 'SIP' },
    patience: { tries: 2, initialTimeoutS: 4 },
  }).then(
    (lease) => {
      ended = lease;
    },
    (error: Error) => {
      ended = error.message;
    },
  );
  await clock.runWhile(() => ended === undefined, 600_000);
  return ended ?? 'nothing';
}

test('a lease comes through as it was given', async () => {
  const { infoBlock: _, ...terms } = full;
  expect(await asked([full], (order) => acquireLease(order, never))).toEqual({
    ...terms,
    infoBlock: { entries: [{ name: 'BANNER', value: 'long '.repeat(60).trim() }], unread: [] },
  });
});

test('of an offer with an address alone the rest is as a server that says no more', async () => {
  expect(await asked([{ address: '192.168.7.5' }], (order) => acquireLease(order, never))).toEqual({
    ...{ address: '192.168.7.5', mask: '255.255.255.0', broadcast: '192.168.7.255', dns: [] },
    ...{ server: '0.0.0.0', leaseS: 86_400, t1S: 43_200, t2S: 75_600, echoesClass: false },
  });
});

test('no offers: silence', async () => {
  expect(await asked([], (order) => acquireLease(order, never))).toBe('no DHCP server made an offer');
});

const lease = (address: string): Lease => ({
  ...{ address, mask: '255.0.0.0', dns: [], broadcast: '10.255.255.255', server: '10.0.0.1' },
  ...{ leaseS: 600, t1S: 300, t2S: 500, echoesClass: false },
});
const renewals: [title: string, address: string, result: unknown][] = [
  [
    'its own address is renewed',
    '10.0.0.5',
    expect.objectContaining({ address: '10.0.0.5', server: '10.0.0.2' }),
  ],
  ['another one is refused', '10.9.9.9', '10.0.0.2 refused 10.9.9.9'],
];
test.for(renewals)('%s', async ([, address, result]) => {
  const renewed = await asked([full], (order) =>
    renewLease(order, { lease: lease(address), phase: 'rebinding' }, never),
  );
  expect(renewed).toEqual(result);
});
