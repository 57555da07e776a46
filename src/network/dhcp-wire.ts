import dgram, { type Socket } from 'node:dgram';
import { networkInterfaces } from 'node:os';
import { DhcpError } from './dhcp-error.ts';
import { asError, nameOfSystemError } from './system-error.ts';

/** Whom a `DhcpWire` tells. */
export interface DhcpWireListener {
  onDatagram(bytes: Buffer): void;
  onFailure(error: Error): void;
}

/** As much of UDP as a phone without an address needs. */
export interface DhcpWire {
  /** To a server, or to everybody on the network. */
  send(packet: Uint8Array, to: string): void;
  close(): void;
}

/** `interfaceName` as the system calls it: `eth0`. Rejects with a `DhcpError`. */
export type OpenDhcpWire = (interfaceName: string, listener: DhcpWireListener) => Promise<DhcpWire>;

export const EVERYBODY = '255.255.255.255';

const CLIENT_PORT = 68;
const SERVER_PORT = 67;

/**
 * A wire over UDP port 68. Node can tie no socket to an interface: the system sends broadcasts by its route
 * to 255.255.255.255, so there must be one and it must lead to the interface that was named. It is checked
 * where it can be, that is when the interface has an address.
 */
export const openDhcpWire: OpenDhcpWire = async (interfaceName, listener) => {
  const socket = openSocket();
  try {
    await checkRoute(interfaceName);
    await bound(socket, CLIENT_PORT);
    socket.setBroadcast(true);
  } catch (thrown) {
    socket.close();
    throw thrown instanceof DhcpError ? thrown : dhcpErrorOf(asError(thrown), interfaceName);
  }
  const onFailure = (error: Error) => listener.onFailure(dhcpErrorOf(error, interfaceName));
  socket.on('error', onFailure);
  socket.on('message', (bytes) => listener.onDatagram(bytes));
  return {
    send: (packet, to) => socket.send(packet, SERVER_PORT, to, (error) => error && onFailure(error)),
    close: () => socket.close(),
  };
};

/** Several phones, each a process, can share the port: all of them hear broadcasts. */
function openSocket(): Socket {
  return dgram.createSocket({
    type: 'udp4',
    reuseAddr: true,
    lookup: (address, _options, answer) => answer(null, address, 4),
  });
}

function bound(socket: Socket, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(port, () => {
      socket.off('error', reject);
      resolve();
    });
  });
}

/** The address from which the system would broadcast tells by which interface it would. */
async function checkRoute(interfaceName: string): Promise<void> {
  const socket = openSocket();
  try {
    await bound(socket, 0);
    socket.setBroadcast(true);
    const address = await addressTowards(socket, EVERYBODY);
    const own = (networkInterfaces()[interfaceName] ?? []).filter(({ family }) => family === 'IPv4');
    if (own.length === 0 || own.some((one) => one.address === address)) return;
    const found = `broadcasts leave from ${address}, which is no address of ${interfaceName}`;
    throw new DhcpError('NO_ROUTE', `${found}: ${remedy(interfaceName)}`);
  } finally {
    socket.close();
  }
}

function addressTowards(socket: Socket, to: string): Promise<string> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('connect', () => resolve(socket.address().address));
    socket.connect(SERVER_PORT, to);
  });
}

const noWayOut: readonly string[] = ['ENETUNREACH', 'ENETDOWN', 'EHOSTUNREACH'];

function dhcpErrorOf(cause: Error, interfaceName: string): DhcpError {
  const name = nameOfSystemError(cause);
  if (noWayOut.includes(name)) {
    return new DhcpError('NO_ROUTE', `no route to ${EVERYBODY} (${name}): ${remedy(interfaceName)}`, {
      cause,
    });
  }
  const why = name === 'EACCES' ? 'only root may have it' : 'this machine refuses it';
  return new DhcpError('LOCAL_LIMIT', `UDP port ${CLIENT_PORT} (${name}): ${why}`, { cause });
}

function remedy(interfaceName: string): string {
  return `ip link set ${interfaceName} up; ip route replace ${EVERYBODY}/32 dev ${interfaceName}`;
}
