import { factoryFlash } from '../../../src/device/flash-contents.ts';
import type { PhoneEvent } from '../../../src/events/phone-event.ts';
import { memoryFlash } from '../../../src/flash/memory-flash.ts';
import { macAt } from '../../../src/fleet/population.ts';
import { phoneMaker } from '../../../src/phone/phone-maker.ts';
import { defaultQuirks } from '../../../src/provisioning/quirks.ts';
import type { Protocol } from '../../../src/provisioning/words.ts';
import { FleetTally, type TallyPlan } from '../../../src/report/fleet/tally.ts';
import { openWorld } from '../../../src/scenario/world.ts';
import type { FaultRule } from '../../../src/server/faults.schema.ts';
import { memoryStore } from '../../../src/server/file-store.ts';
import { wholeTree } from '../../phone/demo-files.ts';

/** What a fleet told, in order, and when its phones were due. */
export interface TakenFleet {
  readonly phones: readonly { readonly dueMs: number; readonly protocol: Protocol }[];
  readonly facts: readonly { readonly phone: number; readonly atMs: number; readonly event: PhoneEvent }[];
}

interface FleetSetup {
  readonly count: number;
  readonly everyMs?: number;
  readonly faults?: readonly FaultRule[];
  /** So many of the first phones have a file of their own; the boots of others fail for want of it. */
  readonly withOwnFile?: number;
  readonly forMs?: number;
  /** Over which phones ask for their provisioning file, in turn. */
  readonly protocols?: readonly Protocol[];
  readonly host?: string;
  /** Whom the phones name; absent: nobody. */
  readonly user?: string;
}

/** Phones boot one after the other, in virtual time, from a whole tree. */
export async function smallFleet({
  count,
  everyMs = 500,
  faults = [],
  withOwnFile = 0,
  forMs = 3_600_000,
  protocols = ['tftp', 'ftp', 'http'],
  host = '127.0.0.1',
  user,
}: FleetSetup) {
  const macs = Array.from({ length: count }, (_, index) => macAt('001B4FA00000', index));
  const ownFiles = Object.fromEntries(macs.slice(0, withOwnFile).map((mac) => [`SIP${mac}.cfg`, '']));
  const { world, journal, clock } = await openWorld({
    time: 'virtual',
    seed: 'small fleet',
    timings: 'field',
    quirks: defaultQuirks,
    server: { kind: 'embedded', store: memoryStore({ ...wholeTree, ...ownFiles }) },
    ports: {},
    faults,
  });
  const make = phoneMaker({ ...world, tellsConnections: true });
  const startMs = clock.now();
  const facts: { phone: number; atMs: number; event: PhoneEvent }[] = [];
  const indexes = new Map<string, number>();
  journal.listen(({ at, phone, event }) => facts.push({ phone: indexes.get(phone) ?? -1, atMs: at, event }));
  const phones = macs.map((mac, index) => {
    const protocol = protocols[index % protocols.length] ?? 'tftp';
    indexes.set(mac, index);
    const phone = make({
      model: '1230',
      flash: memoryFlash(factoryFlash({ mac })),
      server: { protocol, host, path: '', ...(user !== undefined && { user }) },
      serverOwner: 'embedded',
      ports: {},
      ca: [],
      tlsVerify: 'verify',
    });
    clock.setTimeout(() => phone.send({ type: 'power.on' }), index * everyMs);
    return { dueMs: index * everyMs, protocol };
  });
  if (!('runUntil' in clock)) throw new Error('the clock is not virtual');
  await clock.runUntil(startMs + forMs);
  return { phones, facts };
}

/** The tally of the phones of a fleet that `isMine` says. */
export function tallyOf(
  fleet: TakenFleet,
  plan: TallyPlan = { measureFromMs: 0 },
  isMine: (phone: number) => boolean = () => true,
): FleetTally {
  const tally = new FleetTally(plan);
  fleet.phones.forEach(({ dueMs, protocol }, phone) => {
    if (isMine(phone)) tally.scheduled(phone, dueMs, protocol);
  });
  for (const { phone, atMs, event } of fleet.facts) if (isMine(phone)) tally.take(phone, atMs, event);
  const endMs = fleet.facts.at(-1)?.atMs ?? 0;
  fleet.phones.forEach((_, phone) => {
    if (isMine(phone)) tally.left(phone, endMs, 'rest');
  });
  return tally;
}
