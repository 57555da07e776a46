import type { Socket } from 'node:net';
import type { Server as TlsServer } from 'node:tls';

/** Breaks a connection off with a reset (TCP RST): what is still on its way is lost with it. */
export type ResetConnection = (socket: Socket) => void;

export const resetTcp: ResetConnection = (socket) => void socket.resetAndDestroy();

/** A TLS socket cannot reset what it runs over; so the TCP socket below each is kept at hand. */
export function resetUnderTls(server: TlsServer): ResetConnection {
  const below = new WeakMap<Socket, Socket>();
  const arriving = new Map<string, Socket>();
  server.on('connection', (tcp) => {
    const key = peerOf(tcp);
    arriving.set(key, tcp);
    tcp.once('close', () => arriving.delete(key));
  });
  server.on('secureConnection', (socket) => {
    const tcp = arriving.get(peerOf(socket));
    if (tcp !== undefined) below.set(socket, tcp);
    arriving.delete(peerOf(socket));
  });
  return (socket) => void (below.get(socket) ?? socket).resetAndDestroy();
}

function peerOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}
