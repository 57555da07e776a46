import { LateArrivals } from './late-arrivals.ts';
import type { SlowLink } from './link.ts';
import type { Sender, UdpSocket } from './udp-socket.ts';

/** A socket whose datagrams come over a slow link; what it sends goes at once. */
export class LateUdpSocket implements UdpSocket {
  readonly bind: UdpSocket['bind'];
  readonly connect: UdpSocket['connect'];
  readonly send: UdpSocket['send'];
  readonly unref: UdpSocket['unref'];
  readonly #socket: UdpSocket;
  readonly #link: SlowLink;
  readonly #arrivals: LateArrivals;

  constructor(socket: UdpSocket, link: SlowLink) {
    this.#socket = socket;
    this.#link = link;
    this.#arrivals = new LateArrivals(link.clock);
    this.bind = socket.bind.bind(socket);
    this.connect = socket.connect.bind(socket);
    this.send = socket.send.bind(socket);
    this.unref = socket.unref.bind(socket);
  }

  on(event: 'message', listener: (message: Buffer, from: Sender) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(
    ...[event, listener]:
      | ['message', (message: Buffer, from: Sender) => void]
      | ['error', (error: Error) => void]
  ): unknown {
    if (event === 'error') return this.#socket.on(event, listener);
    return this.#socket.on(event, (message, from) => {
      const atMs = this.#link.arrivalMs(message.length, this.#link.clock.now());
      this.#arrivals.add(atMs, () => listener(message, from));
    });
  }

  close(): void {
    this.#arrivals.end();
    this.#socket.close();
  }
}
