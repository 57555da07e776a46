import { connect, type Socket } from 'node:net';
import type { Clock } from '../clock/clock.ts';
import { plainAddress } from '../transport/ftp-address.ts';
import type { FtpPassivePorts, PassivePort } from './ftp-passive-ports.ts';

/** How long the other end may take to open a data connection that was agreed on. */
const OPEN_MAX_MS = 60_000;

/** The data connections of one session, one at a time, only with the host of its control connection. */
export class FtpDataChannel {
  /** The address the phone came to; passive ports are opened there, active connections start there. */
  readonly local: string;
  readonly peer: string;
  readonly #clock: Clock;
  readonly #ports: FtpPassivePorts;
  /** What PASV or PORT agreed on; used up by the next transfer. */
  #agreed: (() => Promise<Socket>) | undefined;
  /** Open, and nobody came yet. */
  #port: PassivePort | undefined;
  #socket: Socket | undefined;
  #giveUp: (() => void) | undefined;
  /** Counts closings: what began before one must not outlive it. */
  #turn = 0;

  constructor(
    control: { readonly local: string; readonly peer: string; readonly clock: Clock },
    ports: FtpPassivePorts,
  ) {
    this.local = control.local;
    this.peer = control.peer;
    this.#clock = control.clock;
    this.#ports = ports;
  }

  /** Whether PASV, EPSV, PORT or EPRT came before. */
  get ready(): boolean {
    return this.#agreed !== undefined;
  }

  /** Passive: opens a port and resolves with its number; with nothing if this machine has none left. */
  async listen(): Promise<number | undefined> {
    this.close();
    const turn = this.#turn;
    const port = await this.#ports.take(this.local);
    if (port === undefined) return undefined;
    if (turn !== this.#turn) return void port.close();
    this.#port = port;
    const arrival = new Promise<Socket>((resolve) => {
      port.guest = (socket) => {
        if (plainAddress(socket.remoteAddress) !== this.peer) return void socket.destroy();
        this.#port = undefined;
        this.#ports.giveBack(this.local, port);
        resolve(this.#adopt(socket));
      };
    });
    this.#agreed = () => arrival;
    return port.number;
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
    this.#turn++;
    this.#agreed = undefined;
    this.#giveUp?.();
    this.#port?.close();
    this.#port = undefined;
    this.#socket?.destroy();
  }

  /** Breaks off what is open with a reset (TCP RST). */
  reset(): void {
    this.#socket?.resetAndDestroy();
  }

  #adopt(socket: Socket): Socket {
    socket.on('error', () => {}); // 'close' follows; whoever sends listens to it.
    this.#socket = socket;
    return socket;
  }
}
