import type { KeptLease } from '../device/flash-contents.ts';
import type { Fact } from '../events/phone-event.ts';
import type { Lease } from '../provisioning/lease.ts';
import { type LeasePhase, leasePhaseAt } from '../provisioning/lease-renewal.ts';
import { softwareOf } from '../provisioning/load.ts';
import { settingOf } from '../provisioning/parameters.ts';
import type { DhcpDoor, LeaseAnswer, LeaseOrder, LeaseToRenew } from './dhcp-door.ts';
import type { PhoneUnit } from './phone-unit.ts';

/** What a phone's DHCP client remembers, beside its state. */
export interface LeaseProgress {
  readonly unit: PhoneUnit;
  /** Which series of tries this is since the phone had an address, from 1. */
  readonly series: number;
  /** It had a lease since it began: it is up, and asks until it has another. */
  readonly wasLeased: boolean;
  readonly held: { readonly lease: Lease; readonly startedAtMs: number } | undefined;
}

/**
 * Series without an answer before a phone that boots gives up. Assumed: as many as the boot loader has tries
 * to get an image.
 */
const SERIES_MAX = 10;

/** Between two series, so that a network that refuses at once is not asked without end. Assumed. */
export const SERIES_PAUSE_MS = 10_000;

export function noLease(unit: PhoneUnit): LeaseProgress {
  return { unit, series: 0, wasLeased: false, held: undefined };
}

/** A series of tries, numbered. */
export function nextSeries({ series }: LeaseProgress): Partial<LeaseProgress> {
  return { series: series + 1, held: undefined };
}

/** The lease an answer brought, in force from now. */
export function leaseHeld({ unit }: LeaseProgress, answer: LeaseAnswer): Partial<LeaseProgress> {
  if (!answer.ok) return {};
  const startedAtMs = unit.world.clock.now();
  return { series: 0, wasLeased: true, held: { lease: answer.lease, startedAtMs } };
}

export function seriesLeft({ series, wasLeased }: LeaseProgress): boolean {
  return wasLeased || series < SERIES_MAX;
}

export function seriesTold({
  series,
  wasLeased,
}: LeaseProgress): Pick<Fact<'dhcp.started'>, 'series' | 'seriesMax'> {
  return { series, seriesMax: wasLeased ? null : SERIES_MAX };
}

/** Documented: S43 p55, M44 p157: with CACHED_IP the phone starts with its last address. */
export function lastAddress({ unit }: LeaseProgress): KeptLease | undefined {
  const { settings, lease } = unit.setup.flash.read();
  return settingOf(settings, 'CACHED_IP_ENABLED') === 'YES' && lease !== null ? lease : undefined;
}

/** The address the phone has: leased, or the last one it had. */
export function addressOf(progress: LeaseProgress): string {
  const address = progress.held?.lease.address ?? lastAddress(progress)?.address;
  if (address === undefined) throw new Error('the phone has no address');
  return address;
}

/** Where the lease is in its life now. */
export function phaseNow({ unit, held }: LeaseProgress): LeasePhase {
  if (held === undefined) return { phase: 'expired' };
  return leasePhaseAt(held.lease, { startedAtMs: held.startedAtMs, nowMs: unit.world.clock.now() });
}

/** Until something has to be done for the lease. */
export function untilActMs(progress: LeaseProgress): number {
  const phase = phaseNow(progress);
  return 'actAtMs' in phase ? phase.actAtMs - progress.unit.world.clock.now() : 0;
}

/** A series of tries as the DHCP client orders it. */
export function acquireOrder({ unit }: LeaseProgress): AcquireOrder {
  return { door: doorOf(unit), order: orderOf(unit) };
}

/** One try to make the lease go on. */
export function renewOrder(progress: LeaseProgress): RenewOrder {
  const { unit, held } = progress;
  if (held === undefined) throw new Error('a lease is renewed that nobody holds');
  const kept = { lease: held.lease, phase: askedBy(progress) };
  return { door: doorOf(unit), order: orderOf(unit), kept };
}

/** Whom the phone asks to renew: its server, or from T2 on any. */
export function askedBy(progress: LeaseProgress): LeaseToRenew['phase'] {
  return phaseNow(progress).phase === 'rebinding' ? 'rebinding' : 'renewing';
}

export interface AcquireOrder {
  readonly door: DhcpDoor;
  readonly order: LeaseOrder;
}

export interface RenewOrder extends AcquireOrder {
  readonly kept: LeaseToRenew;
}

function doorOf({ setup }: PhoneUnit): DhcpDoor {
  if (setup.dhcp === undefined) throw new Error('a phone with a set address asks for a lease');
  return setup.dhcp;
}

function orderOf(unit: PhoneUnit): LeaseOrder {
  const { mac, software, settings } = unit.setup.flash.read();
  return {
    identity: { mac, software: softwareOf(software) === 'UNIStim' ? 'UNIStim' : 'SIP' },
    patience: {
      tries: Number(settingOf(settings, 'DHCP_NUMBER_OF_RETRIES')),
      initialTimeoutS: Number(settingOf(settings, 'DHCP_INITIAL_TIMEOUT')),
    },
    onFact: (fact) => unit.record(fact),
  };
}
