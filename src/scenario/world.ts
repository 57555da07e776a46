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
import type { FileStore } from '../server/file-store.ts';
import type { LinkPlan } from '../transport/link-plan.ts';
import type { TlsSettings } from '../transport/transport.ts';
import { type DhcpPlan, dhcpDoor } from './dhcp.ts';
import { serveFiles } from './serve-files.ts';
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
    | { readonly kind: 'external'; readonly address: ServerAddress; readonly trust?: ServerTrust }
    | EmbeddedTree
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
  /** The way between each phone and the server; wins over what the embedded tree says of it. */
  readonly link?: LinkPlan;
  /** For coverage; off unless asked for. */
  readonly onTransition?: NonNullable<World['onTransition']>;
}

/** How phones verify servers of others over https, whatever roots they have in flash. */
export type ServerTrust = Pick<TlsSettings, 'ca' | 'verify'>;

/** A tree that we serve ourselves. */
export interface EmbeddedTree {
  readonly kind: 'embedded';
  readonly store: FileStore;
  /** How the phone asks for its provisioning file; http if not given. */
  readonly protocol?: Protocol;
  /** Passwords by user, for FTP and HTTP. */
  readonly users?: ReadonlyMap<string, string>;
  /** Under virtual time: one round trip, 1 ms if not given. */
  readonly rttMs?: number;
  /** Under virtual time: bytes a second; no limit where not given. */
  readonly bandwidth?: Readonly<Partial<Record<Protocol, number>>>;
}

/** Clock, doors and journal put together: the one place that does. */
export interface RunningWorld {
  readonly world: World;
  readonly journal: Journal;
  readonly clock: SystemClock | JumpClock | VirtualClock;
  readonly server: ServerAddress | null;
  readonly serverOwner: 'embedded' | 'foreign';
  /** Absent: as it is usual for such a server. */
  readonly trust?: ServerTrust;
  readonly ports: Readonly<Partial<Record<Protocol, number>>>;
  /** A phone's way to DHCP; undefined: its address is set by hand. */
  openDhcp(mac: string): DhcpDoor | undefined;
  /**
   * The embedded tree's server goes wrong by these rules too, or, `down`, is not there. This, `mendServer`
   * and `close` are done in the order in which they were asked for.
   */
  breakServer(how: readonly FaultRule[] | 'down'): Promise<void>;
  /** What was broken since the start is well again. Rejects when a port of the server was taken meanwhile. */
  mendServer(): Promise<void>;
  close(): Promise<void>;
}

/** Under virtual time a run starts here unless it is told otherwise: a Monday, 08:00 UTC. */
export const VIRTUAL_START_MS = Date.UTC(2026, 2, 2, 8);

/** Opens the world of a run; what it started is ended by `close`. */
export async function openWorld(plan: RunPlan): Promise<RunningWorld> {
  const clock = openClock(plan);
  if (plan.dhcp?.kind === 'interface' && plan.time !== 'real') {
    throw new Error('real DHCP servers go with real time only');
  }
  const served = await serveFiles(plan, clock);
  const journal = new Journal(() => clock.now());
  const random = seededRandom(plan.seed);
  const world: World = {
    clock,
    random,
    quirks: plan.quirks,
    timings: timings[plan.timings],
    ...(plan.onTransition && { onTransition: plan.onTransition }),
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
