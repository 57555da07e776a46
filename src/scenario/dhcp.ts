import type { Clock } from '../clock/clock.ts';
import type { Random } from '../clock/random.ts';
import { acquireLease, type LeaseOrder as NetworkOrder, renewLease } from '../network/dhcp.ts';
import { DhcpError } from '../network/dhcp-error.ts';
import { type GivenOffer, givenDhcpWire } from '../network/given-dhcp.ts';
import { isOfThisMachine } from '../network/own-addresses.ts';
import type { DhcpDoor, LeaseAnswer, LeaseOrder } from '../phone/dhcp-door.ts';
import type { Lease } from '../provisioning/lease.ts';

/** How the phones of a run come by their address. */
export type DhcpPlan =
  /** DHCP as data: what its servers offer; none: they are silent. */
  | { readonly kind: 'given'; readonly offers: readonly GivenOffer[] }
  /** The servers behind an interface of this machine, in real time. */
  | { readonly kind: 'interface'; readonly name: string };

export interface DhcpSurroundings {
  readonly clock: Clock;
  readonly random: Random;
  /** Under virtual time a phone's requests leave this process for nowhere, so it may have any address. */
  readonly addresses: 'of-this-machine' | 'any';
}

/** One phone's way to the DHCP servers of a plan. */
export function dhcpDoor(plan: DhcpPlan, { clock, random, addresses }: DhcpSurroundings): DhcpDoor {
  const orderOf = (order: LeaseOrder): NetworkOrder => ({
    ...{ ...order, clock, random },
    interfaceName: plan.kind === 'interface' ? plan.name : '',
    ...(plan.kind === 'given' && { openWire: givenDhcpWire(clock, plan.offers) }),
  });
  return {
    acquire: (order, signal) => answered(acquireLease(orderOf(order), signal)),
    renew: (order, kept, signal) => answered(renewLease(orderOf(order), kept, signal)),
    sourceFor: (address) => (addresses === 'any' || isOfThisMachine(address) ? address : null),
  };
}

async function answered(asking: Promise<Lease>): Promise<LeaseAnswer> {
  try {
    return { ok: true, lease: await asking };
  } catch (error) {
    if (!(error instanceof DhcpError)) throw error;
    return { ok: false, code: error.code, message: error.message };
  }
}
