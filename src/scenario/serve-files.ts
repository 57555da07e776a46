import type { Clock } from '../clock/clock.ts';
import { type Random, seededRandom } from '../clock/random.ts';
import { SystemClock } from '../clock/system-clock.ts';
import type { ServerAddress } from '../provisioning/server-address.ts';
import type { Protocol } from '../provisioning/words.ts';
import { memoryStore } from '../server/file-store.ts';
import { loopbackTransport } from '../server/loopback.ts';
import { faultsFor, type PhoneFaults } from '../server/phone-faults.ts';
import { directLink, type Link, SlowLink } from '../transport/link.ts';
import type { LinkPlan } from '../transport/link-plan.ts';
import type { Transport } from '../transport/transport.ts';
import { changingFaults, FaultsToCome, oneAfterOther } from './changing-faults.ts';
import {
  type EmbeddedServers,
  type EmbeddedServersOptions,
  startEmbeddedServers,
} from './embedded-servers.ts';
import { openOlderTrees } from './older-trees.ts';
import type { EmbeddedTree, RunningWorld, RunPlan } from './world.ts';

/** The server's side of a run and the doors that lead to it. */
interface ServedFiles
  extends Pick<
    RunningWorld,
    'server' | 'serverOwner' | 'trust' | 'ports' | 'breakServer' | 'mendServer' | 'close'
  > {
  openTransport(mac: string): Transport;
}

const LOOPBACK = '127.0.0.1';

/** Starts what the plan says of servers. What it started is ended by `close`. */
export async function serveFiles(plan: RunPlan, clock: Clock): Promise<ServedFiles> {
  const { server, quirks, ports, seed, link, faults = [] } = plan;
  if (faults.length > 0 && server.kind !== 'embedded')
    throw new Error('faults go with the embedded tree only');
  if (plan.time === 'virtual') return loopback(plan, clock);
  // What speaks to the network takes as long to load as a whole boot in virtual time.
  const { socketTransport } = await import('./socket-transport.ts');
  const chanceOf = chanceOfLinks(seed);
  const linkOf = (mac: string): Link =>
    link === undefined ? directLink : new SlowLink(link, clock, chanceOf(mac));
  const openTransport = (mac: string) => socketTransport(clock, quirks, linkOf(mac));
  if (server.kind === 'embedded') return { ...(await embedded(plan, server)), openTransport };
  return {
    server: server.kind === 'external' ? server.address : null,
    ...(server.kind === 'external' && server.trust && { trust: server.trust }),
    serverOwner: 'foreign',
    ports,
    openTransport,
    breakServer: refuseToBreak,
    mendServer: async () => {},
    close: async () => {},
  };
}

async function refuseToBreak(): Promise<void> {
  throw new Error('only the embedded server can be broken');
}

/** Servers of our own on loopback, at free ports unless they are given. */
async function embedded(plan: RunPlan, tree: EmbeddedTree): Promise<Omit<ServedFiles, 'openTransport'>> {
  const { seed, faults = [] } = plan;
  const { protocol = 'http', store, users } = tree;
  const coming = new FaultsToCome();
  const start = (ports: EmbeddedServersOptions['ports']) =>
    startEmbeddedServers({
      // A server takes no hold: the phone's clock would leap over its waits.
      clock: new SystemClock(),
      store,
      listen: LOOPBACK,
      ports,
      ...(users && { users }),
      faults: { seed, rules: faults, olderTrees: openOlderTrees(faults) },
      faultsToCome: () => coming.plan(seed),
    });
  const free = { tftp: 0, ftp: 0, http: 0, ...(protocol === 'https' && { https: 0 }), ...plan.ports };
  let running: EmbeddedServers | undefined = await start(free);
  const { ports } = running;
  const inTurn = oneAtATime();
  const stop = async () => {
    await running?.close();
    running = undefined;
  };
  let isClosed: boolean = false;
  return {
    server: addressOn(protocol),
    serverOwner: 'embedded',
    ports,
    breakServer: (how) => inTurn(async () => (how === 'down' ? stop() : coming.add(how))),
    mendServer: () =>
      inTurn(async () => {
        coming.clear();
        if (!isClosed) running ??= await start(ports);
      }),
    close: () => {
      isClosed = true;
      return inTurn(stop);
    },
  };
}

/** Each piece of work begins when the one before has ended, well or not. */
function oneAtATime(): (work: () => Promise<void>) => Promise<void> {
  let before: Promise<void> = Promise.resolve();
  return (work) => {
    const done = before.then(work);
    before = done.catch(() => {});
    return done;
  };
}

/** Under virtual time the tree is in the same process, and no socket is opened. */
function loopback(plan: RunPlan, clock: Clock): ServedFiles {
  const { server, ports, seed, link, faults = [] } = plan;
  if (server.kind === 'external') throw new Error('virtual time goes with the embedded tree only');
  const tree: EmbeddedTree =
    server.kind === 'embedded' ? server : { kind: 'embedded', store: memoryStore({}) };
  const { store, bandwidth, users, protocol = 'http' } = tree;
  const rttMs = link?.rttMs ?? tree.rttMs;
  const chanceOf = chanceOfLinks(seed);
  // A phone opens a door for each check; its faults go on counting.
  const faultsOf = new Map<string, PhoneFaults>();
  const faultPlan = { seed, rules: faults, olderTrees: openOlderTrees(faults) };
  const coming = new FaultsToCome();
  const isWell = () => faults.length === 0 && coming.plan(seed).rules.length === 0;
  const faultsOfPhone = (mac: string): PhoneFaults => {
    const known = faultsOf.get(mac);
    if (known !== undefined) return known;
    const toCome = changingFaults(
      () => coming.plan(seed),
      (now) => faultsFor(mac, now),
    );
    const made = oneAfterOther(faultsFor(mac, faultPlan), toCome);
    faultsOf.set(mac, made);
    return made;
  };
  return {
    server: server.kind === 'embedded' && !toldByDhcp(plan) ? addressOn(protocol) : null,
    serverOwner: 'embedded',
    ports,
    openTransport: (mac) =>
      loopbackTransport({
        clock,
        store,
        // Nothing is kept of a phone to which nothing happens.
        faults: { alter: (asked, answer) => (isWell() ? answer : faultsOfPhone(mac).alter(asked, answer)) },
        ...(rttMs !== undefined && { rttMs }),
        ...(bandwidth && { bandwidth }),
        ...(link && onLoopback(link, () => chanceOf(mac))),
        ...(users && { users }),
      }),
    breakServer: async (how) => coming.add(how === 'down' ? [{ match: '**', fault: 'refuse' }] : how),
    mendServer: async () => coming.clear(),
    close: async () => {},
  };
}

/** Chance of each phone's own way to the server, which goes on from one of its doors to the next. */
function chanceOfLinks(seed: string): (mac: string) => Random {
  const random = seededRandom(seed);
  const ofPhone = new Map<string, Random>();
  return (mac) => {
    const known = ofPhone.get(mac) ?? random.fork(`${mac}/link`);
    ofPhone.set(mac, known);
    return known;
  };
}

function onLoopback({ jitterMs, bytesPerSecond }: LinkPlan, random: () => Random) {
  return {
    ...(jitterMs > 0 && { jitter: { ms: jitterMs, random: random() } }),
    ...(bytesPerSecond !== undefined && { bytesPerSecond }),
  };
}

function toldByDhcp({ dhcp }: RunPlan): boolean {
  return dhcp?.kind === 'given' && dhcp.offers.some((offer) => offer.provisioningServer !== undefined);
}

function addressOn(protocol: Protocol): ServerAddress {
  return { protocol, host: LOOPBACK, path: '' };
}
