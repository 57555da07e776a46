import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Where a peer listens. */
export interface Place {
  readonly host: string;
  readonly port: number;
}

/**
 * A loopback address of its own for each server: dnsmasq serves TFTP on port 69 alone, and test files run
 * at the same time. Drawn, not counted, since they are different processes; above 127.64 to stay clear of
 * what people use.
 */
export function ownAddress(): string {
  return `127.${randomInt(64, 255)}.${randomInt(1, 255)}.${randomInt(1, 255)}`;
}

/** An address of its own with a port nobody listens on. */
export async function freePlace(transport: 'tcp' | 'udp'): Promise<Place> {
  const host = ownAddress();
  return { host, port: await (transport === 'tcp' ? freeTcpPort(host) : freeUdpPort(host)) };
}

async function freeTcpPort(host: string): Promise<number> {
  const server = createServer().listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error(`${host}: no port`);
  return address.port;
}

async function freeUdpPort(host: string): Promise<number> {
  const socket = createSocket('udp4').bind(0, host);
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  await once(socket, 'close');
  return port;
}
