import dgram, { type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import type { Sender } from '../transport/udp-socket.ts';

/** A socket of the family of an address. Packets go to numeric ones; a look-up would delay each by a tick. */
export function openTftpSocket(address: string): Socket {
  return dgram.createSocket({
    type: isIPv6(address) ? 'udp6' : 'udp4',
    lookup: (host, _options, found) => found(null, host, 0),
  });
}

/** `address:port`, the address in brackets where it has colons of its own. */
export function textOfSender({ address, port }: Sender): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
