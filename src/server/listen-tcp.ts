import type { Server } from 'node:net';

/** Where a server listens, and how many connections the system takes while it is busy. */
export interface TcpPlace {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly backlog: number;
}

/**
 * Resolves with the port as soon as the server listens; rejects when it cannot. What fails later is one
 * connection that could not be accepted, for want of file descriptors; those who are in go on.
 */
export function listenTcp(server: Server, place: TcpPlace): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(place, () => {
      server.off('error', reject);
      server.on('error', () => {});
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('A TCP server has a port');
      resolve(address.port);
    });
  });
}
