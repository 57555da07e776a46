import dgram from 'node:dgram';
import { isIP, SocketAddress } from 'node:net';
import type { Clock } from '../clock/clock.ts';
import { lookUpHost } from './host-name.ts';
import { directLink, type Link } from './link.ts';
import { Lingerers } from './tftp-linger.ts';
import { type AskedOptions, optionsOf } from './tftp-options.ts';
import { RefusalWatch } from './tftp-refusal.ts';
import { TftpTransfer, type TransferSurroundings } from './tftp-transfer.ts';
import type { FileRequest, Transport } from './transport.ts';
import type { ResolvedHost, UdpSocket } from './udp-socket.ts';

export interface TftpTransportOptions extends AskedOptions {
  readonly clock: Clock;
  /** Nothing but the network if not given. */
  readonly link?: Link;
}

/**
 * Files over TFTP as a phone asks for them: octet mode, RFC 1350 without options unless asked for, a new
 * local port for each file. `idleMs` and `connectMs` of a request are not used: TFTP has its own series of
 * waits.
 */
export function tftpTransport(options: TftpTransportOptions): Transport {
  const { link = directLink } = options;
  const lingerers = new Lingerers();
  const around: TransferSurroundings = {
    clock: options.clock,
    options: optionsOf(options),
    openSocket: (family) => link.takeUdp(openSocket(family)),
    resolve,
    refusals: new RefusalWatch(options.clock, openSocket),
    lingerers,
  };
  return {
    fetch: (request, signal) => new TftpTransfer(request, signal, around).chunks,
    close: () => lingerers.closeAll(),
  };
}

/**
 * Addresses are numeric by the time a socket sees them; its own look-up would delay every packet by a tick.
 */
function openSocket(family: 4 | 6): UdpSocket {
  return dgram.createSocket({ type: family === 4 ? 'udp4' : 'udp6', lookup: takeAsItIs });
}

function takeAsItIs(
  address: string,
  _options: unknown,
  answer: (error: null, address: string, family: number) => void,
): void {
  answer(null, address, 0);
}

function resolve(server: FileRequest, answer: (error: Error | null, host?: ResolvedHost) => void): void {
  const { host } = server;
  const family = isIP(host);
  if (family === 4) {
    answer(null, { address: host, family });
  } else if (family === 6) {
    answer(null, { address: asReported(host), family });
  } else {
    lookUpHost(server, (error, address, found) => {
      if (error) answer(error);
      else answer(null, { address, family: found === 6 ? 6 : 4 });
    });
  }
}

/** `0:0::1` as `::1`: answers are compared with the address asked. A zone (`%eth0`) stays. */
function asReported(address: string): string {
  const [bare, zone] = address.split('%');
  const shortest = new SocketAddress({ address: bare ?? address, family: 'ipv6' }).address;
  return zone === undefined ? shortest : `${shortest}%${zone}`;
}
