import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';

/**
 * Assumed: of a host name's addresses a phone takes the first, of IPv4 if there is one (`PREFER_IPV6` is NO
 * unless set), and tries no second one when that fails; Node would try them all, and tell of the first.
 */
const order = 'ipv4first';

/** Options of a TCP connection: how its server is found, and from which of its addresses the phone comes. */
export function addressing(localAddress: string | undefined) {
  return {
    autoSelectFamily: false,
    lookup: lookUpFirst,
    family: familyFor(localAddress),
    ...(localAddress !== undefined && { localAddress }),
  };
}

const lookUpFirst: LookupFunction = (host, options, answer) => lookup(host, { ...options, order }, answer);

/** The one address of a host that is asked, for whoever connects by address. */
export function lookUpHost(
  { host, localAddress }: { readonly host: string; readonly localAddress?: string },
  answer: (error: Error | null, address: string, family: number) => void,
): void {
  lookup(host, { family: familyFor(localAddress), order }, answer);
}

/** A name with addresses of both families is only of use in that of the phone's own; 0: it has none. */
function familyFor(localAddress: string | undefined): number {
  return localAddress === undefined ? 0 : isIP(localAddress);
}
