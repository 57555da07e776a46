import type { Socket } from 'node:net';
import { directLink, type Link } from '../../src/transport/link.ts';

/** The network as it is, until a test has the system break one of a phone's TCP connections. */
export class LinkThatBreaks implements Link {
  readonly take = (socket: Socket) => {
    this.#sockets.push(socket);
    return directLink.take(socket);
  };
  readonly takeUdp = directLink.takeUdp;
  readonly #which: number;
  readonly #sockets: Socket[] = [];

  /** `which`: the phone's first connection is 0. */
  constructor(which: number) {
    this.#which = which;
  }

  breakWith(code: string): void {
    const error = Object.assign(new Error(`read ${code}`), { code, syscall: 'read' });
    this.#sockets[this.#which]?.destroy(error);
  }
}
