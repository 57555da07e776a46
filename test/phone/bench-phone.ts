import { seededRandom } from '../../src/clock/random.ts';
import { VirtualClock } from '../../src/clock/virtual-clock.ts';
import type { Authenticity } from '../../src/device/circumstances.ts';
import { type FlashContents, factoryFlash } from '../../src/device/flash-contents.ts';
import { makeImage } from '../../src/device/image.ts';
import { Journal, type JournalEntry } from '../../src/events/journal.ts';
import type { Fact, FactType, PhoneEvent } from '../../src/events/phone-event.ts';
import { memoryFlash } from '../../src/flash/memory-flash.ts';
import type { GivenOffer } from '../../src/network/given-dhcp.ts';
import type { PhoneCommand } from '../../src/phone/command.ts';
import type { DhcpDoor } from '../../src/phone/dhcp-door.ts';
import { phoneMaker } from '../../src/phone/phone-maker.ts';
import type { PhoneFlash, PhoneSetup, World } from '../../src/phone/world.ts';
import { defaultQuirks, type Quirks } from '../../src/provisioning/quirks.ts';
import type { ServerAddress } from '../../src/provisioning/server-address.ts';
import { timings } from '../../src/provisioning/timings.ts';
import { type Outcome, outcomeOf } from '../../src/report/outcome.ts';
import { dhcpDoor } from '../../src/scenario/dhcp.ts';
import { rightTime, timeByPlan } from '../../src/scenario/time-door.ts';
import { type FileStore, memoryStore } from '../../src/server/file-store.ts';
import { loopbackTransport } from '../../src/server/loopback.ts';
import type { Transport } from '../../src/transport/transport.ts';

/** Files of a server by path; a function gives the tree as it is at that moment. */
export type Tree = Readonly<Record<string, string | Uint8Array>>;

export interface BenchOptions {
  readonly files?: Tree;
  /** Of all files, ms since 1970. */
  readonly modifiedMs?: number;
  readonly flash?: Partial<FlashContents>;
  readonly quirks?: Partial<Quirks>;
  readonly timings?: 'field' | 'none';
  /** `known`, as when absent: over HTTP. */
  readonly server?: 'known' | 'unknown' | ServerAddress;
  readonly serverOwner?: 'embedded' | 'foreign';
  /** What DHCP servers offer; none: they are silent. Without it the phone's address is set by hand. */
  readonly offers?: readonly GivenOffer[];
  /** Stands before DHCP. */
  readonly dhcp?: (given: DhcpDoor) => DhcpDoor;
  /** Stands before the loopback, to fail as a network does. */
  readonly door?: (loopback: Transport) => Transport;
  readonly localAddress?: string;
  readonly notifyFrom?: PhoneSetup['notifyFrom'];
  /** Whom the phone asks for the time; absent: a server that is right. */
  readonly askTime?: World['askTime'];
  readonly phoneFlash?: (contents: FlashContents) => PhoneFlash;
  readonly authenticity?: Authenticity;
  readonly seed?: string;
  readonly onTransition?: World['onTransition'];
}

/** The smallest image a phone takes for one. */
export const SMALL_IMAGE_BYTES = 64 * 1024;

export function image(load: string): Uint8Array {
  return makeImage({ load, sizeBytes: SMALL_IMAGE_BYTES });
}

export const LANGUAGE_TEXT = '##1 language file\r\n##2 1200 SIP\r\n##3 ver SIP 4.4.9.0\r\nhello=Bonjour\r\n';

const MAC = '001B4F123001';
const START_MS = Date.UTC(2026, 2, 2, 8);

function addressIn(server: NonNullable<BenchOptions['server']>): ServerAddress | null {
  if (server === 'unknown') return null;
  return server === 'known' ? { protocol: 'http', host: '127.0.0.1', path: '' } : server;
}

/** One phone on the loopback under virtual time: the very phone that `boot` runs, with its facts kept. */
export function benchPhone(options: BenchOptions = {}) {
  const clock = new VirtualClock(START_MS);
  const journal = new Journal(() => clock.now());
  const entries: JournalEntry[] = [];
  journal.listen((entry) => entries.push(entry));
  let tree = memoryStore(options.files ?? {}, options.modifiedMs);
  const store: FileStore = { find: (path) => tree.find(path) };
  const make = phoneMaker({
    clock,
    random: seededRandom(options.seed ?? 'bench'),
    quirks: { ...defaultQuirks, ...options.quirks },
    timings: timings[options.timings ?? 'none'],
    record: (mac, event) => journal.record(mac, event),
    ...(options.onTransition && { onTransition: options.onTransition }),
    askTime: options.askTime ?? timeByPlan(clock, rightTime),
    openTransport: () => {
      const loopback = loopbackTransport({ clock, store });
      return options.door?.(loopback) ?? loopback;
    },
  });
  const given =
    options.offers &&
    dhcpDoor(
      { kind: 'given', offers: options.offers },
      { clock, random: seededRandom('dhcp'), addresses: 'any' },
    );
  const dhcp = given && (options.dhcp?.(given) ?? given);
  const contents = { ...factoryFlash({ mac: MAC }), ...options.flash };
  const flash = options.phoneFlash?.(contents) ?? memoryFlash(contents);
  const phone = make({
    model: '1230',
    flash,
    server: addressIn(options.server ?? 'known'),
    serverOwner: options.serverOwner ?? 'embedded',
    ports: {},
    ...(dhcp && { dhcp }),
    ca: [],
    tlsVerify: 'verify',
    ...(options.authenticity && { authenticity: options.authenticity }),
    ...(options.localAddress !== undefined && { localAddress: options.localAddress }),
    ...(options.notifyFrom !== undefined && { notifyFrom: options.notifyFrom }),
  });
  const facts = (): PhoneEvent[] => entries.map((entry) => entry.event);
  return {
    clock,
    startMs: START_MS,
    journal,
    phone,
    flash,
    entries,
    facts,
    /** Facts of one type, in order. */
    factsOf: <T extends FactType>(type: T): Fact<T>[] =>
      facts().filter((event): event is Fact<T> => event.type === type),
    outcome: (): Outcome => outcomeOf(entries, { failOn: 'error', allow: [] }),
    /** Another tree on the server from now on. */
    publish: (files: Tree) => {
      tree = memoryStore(files);
    },
    /** Sends commands, each once the phone is at rest again. */
    async follow(...commands: readonly PhoneCommand['type'][]) {
      for (const type of commands) {
        phone.send({ type } as PhoneCommand);
        await clock.runWhile(() => !phone.atRest() && !phone.failed(), 24 * 60 * 60 * 1000);
        await phone.when(phone.atRest);
      }
    },
  };
}

export type BenchPhone = ReturnType<typeof benchPhone>;
