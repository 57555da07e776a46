import { addressing } from './host-name.ts';

/** Options of a connection to one server, from the phone's own address if it has one. */
export function connectOptions(host: string, port: number, localAddress: string | undefined) {
  return { host, port, ...addressing(localAddress) };
}

/** IPv4 as IPv4, also where a socket that speaks both writes `::ffff:192.0.2.1`. */
export function plainAddress(address: string | undefined): string {
  return address?.replace(/^::ffff:(?=\d+\.)/i, '') ?? '';
}
