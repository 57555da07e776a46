import type { DhcpCode } from '../events/dhcp-code.ts';
import type { PhoneEvent } from '../events/phone-event.ts';
import type { DhcpPatience } from '../provisioning/dhcp-waits.ts';
import type { Lease } from '../provisioning/lease.ts';

/** Who asks for a lease, and how long it waits. */
export interface LeaseOrder {
  readonly identity: { readonly mac: string; readonly software: 'SIP' | 'UNIStim' };
  readonly patience: DhcpPatience;
  /** What happens on the way, as it happens. */
  readonly onFact: (fact: PhoneEvent) => void;
}

export type LeaseAnswer =
  | { readonly ok: true; readonly lease: Lease }
  | { readonly ok: false; readonly code: DhcpCode; readonly message: string };

/** The lease that a phone wants to keep, and whom it may ask. */
export interface LeaseToRenew {
  readonly lease: Lease;
  /** `renewing`: the server that gave it; `rebinding`: any. */
  readonly phase: 'renewing' | 'rebinding';
}

/**
 * One phone's way to DHCP servers. A silent or unwilling network is an answer; a rejection is a mistake of
 * ours.
 */
export interface DhcpDoor {
  /** One series of tries. */
  acquire(order: LeaseOrder, signal: AbortSignal): Promise<LeaseAnswer>;
  /** One try to make a lease go on. */
  renew(order: LeaseOrder, kept: LeaseToRenew, signal: AbortSignal): Promise<LeaseAnswer>;
  /** The address from which requests of a phone with this lease leave; null: the system chooses another. */
  sourceFor(address: string): string | null;
}
