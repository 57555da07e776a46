import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DhcpFact } from '../../src/network/dhcp-series.ts';
import type { Lease } from '../../src/provisioning/lease.ts';
import { peerSuite } from '../peers/available.ts';
import { type CableNetwork, layCable, networkNamespaces } from '../peers/network-namespace.ts';
import { programFile } from '../peers/program.ts';
import { dnsmasqDhcp, kea, type RunningDhcpServer } from './dhcp-servers.ts';

interface Result {
  readonly events: readonly DhcpFact[];
  readonly lease?: Lease;
  readonly error?: { readonly name: string; readonly code: string; readonly message: string };
}

interface Asked {
  readonly renew?: { readonly lease: Lease; readonly phase: 'renewing' | 'rebinding' };
  readonly initialTimeoutS?: number;
  readonly user?: number;
}

const MAC = '001B4F123001';
const ROUTE = ['255.255.255.255/32', 'dev', 'phone0'];

/** A phone that tries once, at `phone0` of its namespace. */
async function askFor(
  { phone }: CableNetwork,
  { initialTimeoutS = 4, ...more }: Asked = {},
): Promise<Result> {
  const identity = { mac: MAC, software: 'SIP' };
  const order = { identity, interfaceName: 'phone0', patience: { tries: 1, initialTimeoutS } };
  const script = join(import.meta.dirname, 'dhcp-client.mjs');
  const args = ['netns', 'exec', phone, process.execPath, script, JSON.stringify({ order, ...more })];
  const { stdout } = await promisify(execFile)(programFile('ip'), args);
  return JSON.parse(stdout);
}

function leaseIn({ lease, error }: Result): Lease {
  if (lease === undefined) throw new Error(`no lease: ${error?.code} ${error?.message}`);
  return lease;
}

const served = {
  leaseS: 3_600,
  provisioningServer: 'http://10.77.0.1/phones',
  infoBlock: 'Nortel-SIP-Phone-B,prov=http://10.77.0.1;x=1;',
};

for (const peer of [dnsmasqDhcp, kea]) {
  peerSuite(`DHCP from ${peer.name}`, [networkNamespaces, peer], () => {
    let network: CableNetwork;
    let server: RunningDhcpServer;
    let first: Result;
    let lease: Lease;
    beforeAll(async () => {
      network = layCable('10.77.0.1/24');
      network.ip(network.phone, 'route', 'add', ...ROUTE);
      server = await peer.start(network.server, served);
      first = await askFor(network);
      lease = leaseIn(first);
    });
    afterAll(async () => {
      await server.stop();
      network.remove();
    });

    test('a phone gets a lease, and what its class gets', () => {
      expect(lease).toEqual({
        address: expect.stringMatching(/^10\.77\.0\.[5-9]\d$/),
        ...{ mask: '255.255.255.0', router: '10.77.0.1', server: '10.77.0.1', broadcast: '10.77.0.255' },
        ...{ dns: ['10.77.0.3', '10.77.0.4'], domain: 'example.com' },
        ...{ leaseS: 3_600, t1S: 1_800, t2S: 3_150, echoesClass: true },
        provisioningServer: 'http://10.77.0.1/phones',
        infoBlock: {
          entries: [
            { name: 'prov', value: 'http://10.77.0.1' },
            { name: 'x', value: '1' },
          ],
          unread: [],
        },
      });
      const kinds = first.events.map((event) => (event.type === 'dhcp.sent' ? event.message : event.type));
      expect(kinds).toEqual(['DISCOVER', 'dhcp.offered', 'REQUEST']);
    });

    test('the same phone gets the same address again', async () => {
      expect(await askFor(network)).toMatchObject({ lease: { address: lease.address } });
    });

    test.for(['renewing', 'rebinding'] as const)(
      'a lease goes on: %s, without its address',
      async (phase) => {
        const renewed = leaseIn(await askFor(network, { renew: { lease, phase } }));
        expect(renewed).toEqual(lease);
      },
    );

    test.for(['renewing', 'rebinding'] as const)('a lease goes on: %s, with its address', async (phase) => {
      const own = [`${lease.address}/24`, 'dev', 'phone0'];
      network.ip(network.phone, 'address', 'add', ...own);
      const renewed = leaseIn(await askFor(network, { renew: { lease, phase } }));
      // With its last address an interface loses its routes.
      network.ip(network.phone, 'address', 'del', ...own);
      network.ip(network.phone, 'route', 'replace', ...ROUTE);
      // Observed: dnsmasq brings the next renewal forward by chance.
      expect(renewed).toEqual({ ...lease, t1S: expect.any(Number), t2S: expect.any(Number) });
    });

    test('an address of another network is refused', async () => {
      const elsewhere = { ...lease, address: '10.99.0.7' };
      const { error } = await askFor(network, { renew: { lease: elsewhere, phase: 'rebinding' } });
      expect(error).toMatchObject({ name: 'DhcpError', code: 'NAK' });
    });
  });
}

peerSuite('a phone whose network has no DHCP server', [networkNamespaces], () => {
  let network: CableNetwork;
  beforeAll(() => {
    network = layCable('10.77.0.1/24');
  });
  afterAll(() => network.remove());

  const remedy = 'ip link set phone0 up; ip route replace 255.255.255.255/32 dev phone0';

  test('says so when there is no route for its broadcasts', async () => {
    expect(await askFor(network)).toEqual({
      events: [],
      error: {
        ...{ name: 'DhcpError', code: 'NO_ROUTE' },
        message: `no route to 255.255.255.255 (ENETUNREACH): ${remedy}`,
      },
    });
  });

  test('hears nothing when there is one', async () => {
    network.ip(network.phone, 'route', 'add', ...ROUTE);
    const { error } = await askFor(network, { initialTimeoutS: 1 });
    expect(error).toEqual({ name: 'DhcpError', code: 'NO_OFFER', message: 'no DHCP server made an offer' });
  });

  test('says so when its broadcasts would leave by another interface', async () => {
    network.ip(network.phone, 'link', 'add', 'other0', 'type', 'veth', 'peer', 'name', 'other1');
    network.ip(network.phone, 'link', 'set', 'other0', 'up');
    network.ip(network.phone, 'address', 'add', '10.88.0.1/24', 'dev', 'other0');
    network.ip(network.phone, 'address', 'add', '10.77.0.9/24', 'dev', 'phone0');
    network.ip(network.phone, 'route', 'replace', '255.255.255.255/32', 'dev', 'other0');
    const { error } = await askFor(network);
    expect(error).toEqual({
      ...{ name: 'DhcpError', code: 'NO_ROUTE' },
      message: `broadcasts leave from 10.88.0.1, which is no address of phone0: ${remedy}`,
    });
  });

  test('says so when it may not have its port', async () => {
    network.ip(network.phone, 'route', 'replace', ...ROUTE);
    const { error } = await askFor(network, { user: 65_534 });
    expect(error).toEqual({
      ...{ name: 'DhcpError', code: 'LOCAL_LIMIT' },
      message: 'UDP port 68 (EACCES): only root may have it',
    });
  });
});
