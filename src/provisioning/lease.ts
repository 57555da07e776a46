import { type InfoBlock, parseInfoBlock } from './info-block.ts';
import { broadcastOf, isIpv4, isMask, naturalMask } from './ipv4.ts';

/** What a phone has from DHCP. Addresses are dotted IPv4. */
export interface Lease {
  readonly address: string;
  readonly mask: string;
  readonly router?: string;
  /** Documented: M44 p105, the first two are used. */
  readonly dns: readonly string[];
  readonly domain?: string;
  readonly broadcast: string;
  /** The server that gave it. */
  readonly server: string;
  /** Whole seconds; `INFINITE_S` for ever. */
  readonly leaseS: number;
  /** When to renew with that server, and when with any: seconds from the start. */
  readonly t1S: number;
  readonly t2S: number;
  /** Option 66 as it came; `parseServerAddress` reads it. */
  readonly provisioningServer?: string;
  readonly infoBlock?: InfoBlock;
  /** Whether the server repeated the phone's class. Documented: M44 p106, proof that it knows the phone. */
  readonly echoesClass: boolean;
}

/** What a server says of a lease, or a scenario in its place; the phone works out the rest. */
export interface LeaseTerms extends Partial<Omit<Lease, 'address' | 'infoBlock'>> {
  readonly address: string;
  /** As text: `Nortel-SIP-Phone-B,name=value;`. */
  readonly infoBlock?: string;
}

/** A lease with what is doubtful about it, or a sentence that says why there is none. */
export type LeaseReading =
  | { readonly ok: true; readonly lease: Lease; readonly doubts: readonly string[] }
  | { readonly ok: false; readonly message: string };

/** RFC 2131 section 3.3. */
export const INFINITE_S = 0xffff_ffff;

/** Of a lease that is given as data and does not say. */
export const GIVEN_LEASE_S = 86_400;
const DNS_SERVERS_USED = 2;

/**
 * Completes a lease. Documented: M44 p105, the broadcast address is worked out if it is absent. RFC 2131
 * section 4.4.5: T1 is half and T2 seven eighths of the lease. Assumed: without a mask that of the address's
 * class; T1 and T2 that are out of order count as absent.
 */
export function leaseFromData(terms: LeaseTerms): LeaseReading {
  const { address, leaseS = GIVEN_LEASE_S } = terms;
  if (!isIpv4(address)) return { ok: false, message: `the address is ${address}; expected dotted IPv4` };
  if (!Number.isInteger(leaseS) || leaseS < 1 || leaseS > INFINITE_S) {
    return { ok: false, message: `the lease is for ${leaseS} s; expected 1 to ${INFINITE_S}` };
  }
  const doubts: string[] = [];
  const mask = maskOf(terms, doubts);
  const infoBlock = terms.infoBlock === undefined ? undefined : parseInfoBlock(terms.infoBlock);
  const lease: Lease = {
    address,
    mask,
    ...(terms.router !== undefined && { router: terms.router }),
    dns: (terms.dns ?? []).slice(0, DNS_SERVERS_USED),
    ...(terms.domain !== undefined && { domain: terms.domain }),
    broadcast: terms.broadcast ?? broadcastOf(address, mask),
    server: terms.server ?? terms.router ?? '0.0.0.0',
    leaseS,
    ...renewalOf(leaseS, terms, doubts),
    ...(terms.provisioningServer !== undefined && { provisioningServer: terms.provisioningServer }),
    ...(infoBlock !== undefined && { infoBlock }),
    echoesClass: terms.echoesClass ?? false,
  };
  return { ok: true, lease, doubts };
}

function maskOf({ address, mask }: LeaseTerms, doubts: string[]): string {
  if (mask !== undefined && isMask(mask)) return mask;
  const natural = naturalMask(address);
  const found = mask === undefined ? 'there is no network mask' : `the network mask is ${mask}`;
  doubts.push(`${found}; ${natural}, that of the class of ${address}, is used`);
  return natural;
}

function renewalOf(leaseS: number, { t1S, t2S }: LeaseTerms, doubts: string[]): { t1S: number; t2S: number } {
  if (leaseS === INFINITE_S) return { t1S: INFINITE_S, t2S: INFINITE_S };
  const half = Math.ceil(leaseS / 2);
  const sevenEighths = Math.ceil((leaseS * 7) / 8);
  const told = { t1S: t1S ?? Math.min(half, t2S ?? half), t2S: t2S ?? Math.max(sevenEighths, t1S ?? 0) };
  if (0 < told.t1S && told.t1S <= told.t2S && told.t2S <= leaseS) return told;
  doubts.push(
    `T1 is ${told.t1S} s and T2 ${told.t2S} s of a lease of ${leaseS} s; ${half} and ${sevenEighths} are used`,
  );
  return { t1S: half, t2S: sevenEighths };
}
