import type { KeptLease } from '../device/flash-contents.ts';
import { receiveLease } from '../device/receive-lease.ts';
import type { Fact, PhoneEvent } from '../events/phone-event.ts';
import type { Lease } from '../provisioning/lease.ts';
import { problem } from '../provisioning/problem-codes.ts';
import { commit } from './commit.ts';
import type { LeaseAnswer } from './dhcp-door.ts';
import { askedBy, type LeaseProgress, lastAddress, seriesTold } from './lease-progress.ts';
import type { PhoneUnit } from './phone-unit.ts';
import { serverByHand } from './server-by-hand.ts';
import { tellProblems, toldProblem } from './told.ts';

// What a phone's DHCP client tells, and what it keeps of a lease.

export function seriesStarted(progress: LeaseProgress): PhoneEvent {
  return { type: 'dhcp.started', ...seriesTold(progress) };
}

/** A new lease is told, then kept. */
export function takeLease({ unit }: LeaseProgress, answer: LeaseAnswer): void {
  if (!answer.ok) return;
  const sourceAddress = sourceOf(unit, answer.lease.address);
  unit.record({ type: 'dhcp.leased', lease: toldLease(answer.lease), sourceAddress });
  keepLease(unit, answer.lease);
  tellForeignAddress(unit, answer.lease.address, sourceAddress);
  tellServerByHand(unit, answer.lease);
}

/** A lease that goes on may say something else than before. */
export function takeRenewal(progress: LeaseProgress, answer: LeaseAnswer): void {
  if (!answer.ok) return;
  const { unit } = progress;
  const lease = toldLease(answer.lease);
  unit.record({ type: askedBy(progress) === 'renewing' ? 'dhcp.renewed' : 'dhcp.rebound', lease });
  keepLease(unit, answer.lease);
}

/** No server answers: the phone takes the address it had. */
export function takeLastAddress(progress: LeaseProgress): void {
  const kept = lastAddress(progress);
  if (kept === undefined) throw new Error('no last address is kept');
  const { unit } = progress;
  unit.record({ type: 'dhcp.cached', lease: toldKeptLease(kept) });
  tellForeignAddress(unit, kept.address, sourceOf(unit, kept.address));
}

export function failed(answer: LeaseAnswer, follows: Fact<'dhcp.failed'>['follows']): readonly PhoneEvent[] {
  if (answer.ok) return [];
  return [{ type: 'dhcp.failed', code: answer.code, message: answer.message, follows }];
}

export function lost({ held }: LeaseProgress, why: Fact<'dhcp.lost'>['why']): PhoneEvent {
  return { type: 'dhcp.lost', address: held?.lease.address ?? '', why };
}

/** What is kept of a lease as a fact tells it. */
export function toldKeptLease({ dns, ...kept }: KeptLease): NonNullable<Fact<'flash.read'>['lease']> {
  return { ...kept, dns: [...dns] };
}

/** Where requests of a phone with this address leave from; the user's word comes first. */
export function sourceOf({ setup }: PhoneUnit, address: string): string | null {
  return setup.localAddress ?? setup.dhcp?.sourceFor(address) ?? null;
}

function keepLease(unit: PhoneUnit, lease: Lease): void {
  const { changes, problems } = receiveLease(unit.setup.flash.read(), lease, unit.world.quirks);
  commit(unit, changes);
  tellProblems(unit, problems);
}

function tellServerByHand(unit: PhoneUnit, { provisioningServer }: Lease): void {
  if (serverByHand(unit) === null || provisioningServer === undefined) return;
  const message = 'the provisioning server was set by hand and stays so; option 66 of DHCP is not taken';
  unit.record(toldProblem(problem('MANUAL_SERVER_STAYS', { message })));
}

function tellForeignAddress(unit: PhoneUnit, address: string, source: string | null): void {
  if (source !== null) return;
  const message = `requests of the phone leave from another address than its own, ${address}, which this machine does not have`;
  unit.record(toldProblem(problem('FOREIGN_ADDRESS', { message })));
}

function toldLease(lease: Lease): Fact<'dhcp.leased'>['lease'] {
  const { address, mask, broadcast, server, leaseS, t1S, t2S, infoBlock } = lease;
  return {
    ...{ address, mask, broadcast, server, leaseS, t1S, t2S },
    router: lease.router ?? null,
    dns: [...lease.dns],
    domain: lease.domain ?? null,
    provisioningServer: lease.provisioningServer ?? null,
    infoBlock: (infoBlock?.entries ?? []).map(({ name }) => name),
  };
}
