import { connect, createServer, type Server, type Socket } from 'node:net';
import type { Clock } from '../clock/clock.ts';

/** How long the other end may take to open a data connection that was agreed on. */
const OPEN_MAX_MS = 60_000;

/** The data connections of one session, one at a time, and only ever with the host of its control connection. */
export class FtpDataChannel {
  /** The address the phone came to; passive ports are opened there, active connections start there. */
  readonly local: string;
  readonly peer: string;
  readonly #clock: Clock;
  /** What PASV or PORT agreed on; used up by the next transfer. */
  #agreed: (() => Promise<Socket>) | undefined;
  #listener: Server | undefined;
  #socket: Socket | undefined;
  #giveUp: (() => void) | undefined;

  constructor(control: { readonly local: string; readonly peer: string; readonly clock: Clock }) {
    this.local = control.local;
    this.peer = control.peer;
    this.#clock = control.clock;
  }

  /** Whether PASV, EPSV, PORT or EPRT came before. */
  get ready(): boolean {
    return this.#agreed !== undefined;
  }

  /** Passive: opens a port and resolves with its number; with nothing if this machine has none left. */
  async listen(): Promise<number | undefined> {
    this.close();
    const listener = createServer({ noDelay: true });
    this.#listener = listener;
    const arrival = new Promise<Socket>((resolve) => {
      listener.on('connection', (socket) => {
        if (plainAddress(socket.remoteAddress) !== this.peer) return void socket.destroy();
        listener.close();
        resolve(this.#adopt(socket));
      });
    });
    const port = await listeningPort(listener, this.local);
    if (port !== undefined) this.#agreed = () => arrival;
    return port;
  }

  /** Active: will go to this port of the phone. */
  target(port: number): void {
    this.close();
    this.#agreed = () =>
      new Promise((resolve) => {
        const socket = this.#adopt(
          connect({ host: this.peer, port, localAddress: this.local, noDelay: true }),
        );
        socket.once('connect', () => resolve(socket));
        socket.once('error', () => this.#giveUp?.());
      });
  }

  /** The connection that was agreed on; nothing if it does not come about. */
  open(): Promise<Socket | undefined> {
    const agreed = this.#agreed;
    this.#agreed = undefined;
    return new Promise((resolve) => {
      const settle = (socket: Socket | undefined) => {
        this.#clock.clearTimeout(timer);
        this.#giveUp = undefined;
        resolve(socket);
      };
      const timer = this.#clock.setTimeout(() => this.close(), OPEN_MAX_MS);
      this.#giveUp = () => settle(undefined);
      if (agreed === undefined) settle(undefined);
      else void agreed().then(settle);
    });
  }

  /** Ends whatever is agreed on, open or under way. */
  close(): void {
    this.#agreed = undefined;
    this.#giveUp?.();
    this.#listener?.close();
    this.#socket?.destroy();
  }

  #adopt(socket: Socket): Socket {
    socket.on('error', () => {}); // 'close' follows; whoever sends listens to it.
    this.#socket = socket;
    return socket;
  }
}

/** IPv4 as IPv4, also on a socket that speaks both. */
export function plainAddress(address: string | undefined): string {
  return address?.replace(/^::ffff:(?=\d+\.)/i, '') ?? '';
}

function listeningPort(listener: Server, host: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    listener.on('error', () => resolve(undefined));
    listener.listen(0, host, () => {
      const address = listener.address();
      resolve(address !== null && typeof address === 'object' ? address.port : undefined);
    });
  });
}
