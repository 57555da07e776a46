import type { Clock } from '../clock/clock.ts';
import { JumpClock } from '../clock/jump-clock.ts';
import { seededRandom } from '../clock/random.ts';
import { SystemClock } from '../clock/system-clock.ts';
import { VirtualClock } from '../clock/virtual-clock.ts';
import { Journal } from '../events/journal.ts';
import type { DhcpDoor } from '../phone/dhcp-door.ts';
import type { World } from '../phone/world.ts';
import type { Quirks } from '../provisioning/quirks.ts';
import type { ServerAddress } from '../provisioning/server-address.ts';
import { timings } from '../provisioning/timings.ts';
import type { Protocol } from '../provisioning/words.ts';
import type { FaultRule } from '../server/faults.schema.ts';
import { type FileStore, memoryStore } from '../server/file-store.ts';
import { loopbackTransport } from '../server/loopback.ts';
import { faultsFor, type PhoneFaults } from '../server/phone-faults.ts';
import { transportByProtocol } from '../transport/by-protocol.ts';
import { ftpTransport } from '../transport/ftp.ts';
import { httpTransport } from '../transport/http.ts';
import { tftpTransport } from '../transport/tftp.ts';
import type { Transport } from '../transport/transport.ts';
import { type DhcpPlan, dhcpDoor } from './dhcp.ts';
import { startEmbeddedServers } from './embedded-servers.ts';
import { openOlderTrees } from './older-trees.ts';
import { rightTime, type TimeServerPlan, timeByPlan, timeOverNetwork } from './time-door.ts';

/** What a run consists of before it begins. */
export interface RunPlan {
  /**
   * `real` and `jump` go over sockets; `jump` leaps over every wait with nothing under way. `virtual` goes
   * with the embedded tree only, which then needs no socket.
   */
  readonly time: 'real' | 'jump' | 'virtual';
  /** Under virtual time: the instant at which it starts, ms since 1970. */
  readonly startsAtMs?: number;
  readonly seed: string;
  readonly timings: 'field' | 'none';
  readonly quirks: Quirks;
  /** `embedded`: serve this tree ourselves, on loopback; `none`: nobody told the phone an address. */
  readonly server:
    | { readonly kind: 'external'; readonly address: ServerAddress }
    | { readonly kind: 'embedded'; readonly store: FileStore }
    | { readonly kind: 'none' };
  readonly ports: Readonly<Partial<Record<Protocol, number>>>;
  /**
   * Absent: addresses are set by hand. Under virtual time offers with option 66 tell the address of the
   * embedded tree.
   */
  readonly dhcp?: DhcpPlan;
  /** Of time servers, whose protocol is in no URL; 123 when absent. */
  readonly sntpPort?: number;
  /** Under virtual time: the time server that every phone finds; absent: it answers, and is right. */
  readonly timeServer?: TimeServerPlan;
  /** What goes wrong at the embedded tree; over sockets a phone is known by its address. */
  readonly faults?: readonly FaultRule[];
}

/** Clock, doors and journal put together: the one place that does. */
export interface RunningWorld {
  readonly world: World;
  readonly journal: Journal;
  readonly clock: SystemClock | JumpClock | VirtualClock;
  readonly server: ServerAddress | null;
  readonly serverOwner: 'embedded' | 'foreign';
  readonly ports: Readonly<Partial<Record<Protocol, number>>>;
  /** A phone's way to DHCP; undefined: its address is set by hand. */
  openDhcp(mac: string): DhcpDoor | undefined;
  close(): Promise<void>;
}

/** Under virtual time a run starts here unless it is told otherwise: a Monday, 08:00 UTC. */
export const VIRTUAL_START_MS = Date.UTC(2026, 2, 2, 8);

const LOOPBACK = '127.0.0.1';
const embeddedAddress: ServerAddress = { protocol: 'http', host: LOOPBACK, path: '' };

/** Opens the world of a run; what it started is ended by `close`. */
export async function openWorld(plan: RunPlan): Promise<RunningWorld> {
  const clock = openClock(plan);
  if (plan.dhcp?.kind === 'interface' && plan.time !== 'real') {
    throw new Error('real DHCP servers go with real time only');
  }
  const served = await serve(plan, clock);
  const journal = new Journal(() => clock.now());
  const random = seededRandom(plan.seed);
  const world: World = {
    clock,
    random,
    quirks: plan.quirks,
    timings: timings[plan.timings],
    record: (mac, event) => journal.record(mac, event),
    openTransport: served.openTransport,
    askTime:
      plan.time === 'virtual'
        ? timeByPlan(clock, plan.timeServer ?? rightTime)
        : timeOverNetwork(clock, plan.sntpPort),
  };
  const openDhcp = (mac: string) => {
    if (plan.dhcp === undefined) return undefined;
    const addresses = plan.time === 'virtual' ? 'any' : 'of-this-machine';
    return dhcpDoor(plan.dhcp, { clock, random: random.fork(`${mac}/dhcp`), addresses });
  };
  return { world, journal, clock, openDhcp, ...served };
}

function openClock({ time, startsAtMs = VIRTUAL_START_MS }: RunPlan): RunningWorld['clock'] {
  if (time === 'virtual') return new VirtualClock(startsAtMs);
  return time === 'jump' ? new JumpClock() : new SystemClock();
}

interface Served extends Pick<RunningWorld, 'server' | 'serverOwner' | 'ports' | 'close'> {
  openTransport(mac: string): Transport;
}

/** The server's side of a run and the door that leads to it. */
async function serve(plan: RunPlan, clock: Clock): Promise<Served> {
  const { server, quirks, ports, seed, faults = [] } = plan;
  if (faults.length > 0 && server.kind !== 'embedded')
    throw new Error('faults go with the embedded tree only');
  if (plan.time === 'virtual') return loopback(plan, clock);
  const openTransport = () => socketTransport(clock, quirks);
  if (server.kind !== 'embedded') {
    const address = server.kind === 'external' ? server.address : null;
    return { server: address, serverOwner: 'foreign', ports, openTransport, close: async () => {} };
  }
  const free = { tftp: 0, ftp: 0, http: 0, ...ports };
  const running = await startEmbeddedServers({
    // A server takes no hold: the phone's clock would leap over its waits.
    clock: new SystemClock(),
    store: server.store,
    listen: LOOPBACK,
    ports: free,
    faults: { seed, rules: faults, olderTrees: openOlderTrees(faults) },
  });
  return {
    server: embeddedAddress,
    serverOwner: 'embedded',
    ports: running.ports,
    openTransport,
    close: () => running.close(),
  };
}

/** Under virtual time the tree is in the same process, and no socket is opened. */
function loopback(plan: RunPlan, clock: Clock): Served {
  const { server, ports, seed, faults = [] } = plan;
  if (server.kind === 'external') throw new Error('virtual time goes with the embedded tree only');
  const store = server.kind === 'embedded' ? server.store : memoryStore({});
  // A phone opens a door for each check; its faults go on counting.
  const faultsOf = new Map<string, PhoneFaults>();
  const faultPlan = { seed, rules: faults, olderTrees: openOlderTrees(faults) };
  return {
    server: server.kind === 'embedded' && !toldByDhcp(plan) ? embeddedAddress : null,
    serverOwner: 'embedded',
    ports,
    openTransport: (mac) => {
      const ofPhone = faultsOf.get(mac) ?? faultsFor(mac, faultPlan);
      faultsOf.set(mac, ofPhone);
      return loopbackTransport({ clock, store, faults: ofPhone });
    },
    close: async () => {},
  };
}

function toldByDhcp({ dhcp }: RunPlan): boolean {
  return dhcp?.kind === 'given' && dhcp.offers.some((offer) => offer.provisioningServer !== undefined);
}

/** A phone's doors to real servers, for one check. */
export function socketTransport(clock: Clock, quirks: Quirks): Transport {
  const http = httpTransport({ clock, connection: quirks.httpConnection, retryAfter: quirks.retryAfter });
  return transportByProtocol({
    tftp: tftpTransport({ clock }),
    ftp: ftpTransport({ clock, mode: quirks.ftpMode, session: quirks.ftpSession }),
    http,
    https: http,
  });
}
