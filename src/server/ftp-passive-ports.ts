import { createServer, type Server, type Socket } from 'node:net';

/** Ports kept open for the next session, for each address; each is a file descriptor. */
const IDLE_MAX = 256;

/** A listening data port. Whoever connects goes to its guest; without one, away. */
export interface PassivePort {
  readonly number: number;
  guest: ((socket: Socket) => void) | undefined;
  close(): void;
}

/**
 * The data ports of a server, used again and again. A file ends by our closing its connection, which leaves
 * the port in TIME-WAIT for a minute: with a new one for each file, the system had none left after 11,000.
 */
export class FtpPassivePorts {
  readonly #idle = new Map<string, PassivePort[]>();
  #open: boolean = true;

  /** The port that was free for longest, or a new one; nothing if this machine has none left. */
  take(address: string): Promise<PassivePort | undefined> {
    const idle = this.#idle.get(address)?.shift();
    return idle === undefined ? openPort(address) : Promise.resolve(idle);
  }

  /** For a port whose guest came. One that still waits for its guest is closed instead. */
  giveBack(address: string, port: PassivePort): void {
    port.guest = undefined;
    const idle = this.#idle.get(address) ?? [];
    this.#idle.set(address, idle);
    if (this.#open && idle.length < IDLE_MAX) idle.push(port);
    else port.close();
  }

  close(): void {
    this.#open = false;
    for (const port of [...this.#idle.values()].flat()) port.close();
    this.#idle.clear();
  }
}

function openPort(address: string): Promise<PassivePort | undefined> {
  return new Promise((resolve) => {
    const listener: Server = createServer({ noDelay: true }, (socket) => {
      if (port?.guest === undefined) socket.destroy();
      else port.guest(socket);
    });
    let port: PassivePort | undefined;
    listener.on('error', () => resolve(undefined));
    listener.listen(0, address, () => {
      const bound = listener.address();
      if (bound === null || typeof bound === 'string') throw new Error('A TCP server has a port');
      port = { number: bound.port, guest: undefined, close: () => void listener.close() };
      resolve(port);
    });
  });
}
