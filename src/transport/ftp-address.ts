import { isIP } from 'node:net';

/** Options of a connection to one server, from the phone's own address if it has one. */
export function connectOptions(host: string, port: number, localAddress: string | undefined) {
  // A host name with both families must be looked up in that of the phone's address.
  return localAddress === undefined
    ? { host, port }
    : { host, port, localAddress, family: isIP(localAddress) };
}

/** IPv4 as IPv4, also where a socket that speaks both writes `::ffff:192.0.2.1`. */
export function plainAddress(address: string | undefined): string {
  return address?.replace(/^::ffff:(?=\d+\.)/i, '') ?? '';
}
