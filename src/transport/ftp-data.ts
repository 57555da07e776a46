import { createServer, type Server, Socket } from 'node:net';
import { connectOptions, plainAddress } from './ftp-address.ts';
import { FtpFailure, failureOfSocket } from './ftp-failure.ts';
import type { Link } from './link.ts';

/** Bytes held for a slow reader before the server is made to wait. */
const HELD_BYTES_MAX = 256 * 1024;

/** The data connection of one file, whoever opened it: chunks in, in order, until the server closes it. */
export class FtpData {
  readonly #link: Link;
  readonly #sizeMax: number;
  readonly #chunks: Uint8Array[] = [];
  #heldBytes = 0;
  #socket: Socket | undefined;
  #listener: Server | undefined;
  #ended: boolean = false;
  #failure: FtpFailure | undefined;
  #resolve: ((chunk: Uint8Array | undefined) => void) | undefined;
  #reject: ((failure: FtpFailure) => void) | undefined;
  /** Bytes that came, read or not. */
  receivedBytes = 0;
  /** Why it ended, if not by a close: what came may not be all that was sent. */
  broken: FtpFailure | undefined;

  constructor(sizeBytesMax: number, link: Link) {
    this.#link = link;
    this.#sizeMax = sizeBytesMax;
  }

  /** Passive: goes to the server. */
  connect(server: { readonly host: string; readonly port: number }, localAddress?: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#reject = reject;
      if (this.#failure !== undefined) return reject(this.#failure);
      const socket = new Socket();
      const connection = this.#link.take(socket);
      const refused = (error: Error) => {
        reject(failureOfSocket(error, { code: 'UNREACHABLE', detail: `data connection: ${error.message}` }));
      };
      socket.once('error', refused);
      socket.connect(connectOptions(server.host, server.port, localAddress), () => {
        connection.stands(1, () => {
          socket.removeListener('error', refused);
          resolve();
        });
      });
      this.#hear(socket);
    });
  }

  /** Active: waits on `localAddress` for the server, and for nobody else; resolves with the port. */
  listen(localAddress: string, server: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#reject = reject;
      if (this.#failure !== undefined) return reject(this.#failure);
      const listener = createServer((socket) => {
        if (plainAddress(socket.remoteAddress) !== server) return void socket.destroy();
        listener.close();
        this.#link.take(socket).stands(1, () => {});
        this.#hear(socket);
      });
      listener.once('error', (error) => {
        reject(failureOfSocket(error, { code: 'LOCAL_LIMIT', detail: `no data port: ${error.message}` }));
      });
      listener.listen(0, localAddress, () => {
        const address = listener.address();
        if (address !== null && typeof address === 'object') resolve(address.port);
      });
      this.#listener = listener;
    });
  }

  /** The next chunk; nothing once the server closed the connection. */
  next(): Promise<Uint8Array | undefined> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    const chunk = this.#chunks.shift();
    if (chunk !== undefined) {
      this.#heldBytes -= chunk.length;
      if (this.#heldBytes === 0) this.#socket?.resume();
      return Promise.resolve(chunk);
    }
    if (this.#ended) return Promise.resolve(undefined);
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  fail(failure: FtpFailure): void {
    this.#failure ??= failure;
    this.#resolve = undefined;
    this.#reject?.(this.#failure);
    this.close();
  }

  close(): void {
    this.#socket?.destroy();
    this.#listener?.close();
  }

  #hear(socket: Socket): void {
    this.#socket = socket;
    socket.on('data', (chunk: Uint8Array) => this.#receive(chunk));
    socket.on('end', () => this.#finish());
    socket.on('error', (error) => {
      const broken = failureOfSocket(error, { code: 'TRUNCATED', detail: 'data connection reset' });
      // The control connection still has a say: a server that refuses a file may drop this one first. Of
      // this machine's limits it knows nothing.
      if (broken.code === 'LOCAL_LIMIT') return void this.fail(broken);
      this.broken = broken;
      this.#finish();
    });
  }

  #receive(chunk: Uint8Array): void {
    this.receivedBytes += chunk.length;
    if (this.receivedBytes > this.#sizeMax) {
      this.fail(new FtpFailure('TOO_LARGE', `more than ${this.#sizeMax} bytes`));
    } else if (this.#resolve !== undefined) {
      this.#settle(chunk);
    } else {
      this.#chunks.push(chunk);
      this.#heldBytes += chunk.length;
      if (this.#heldBytes >= HELD_BYTES_MAX) this.#socket?.pause();
    }
  }

  #finish(): void {
    this.#ended = true;
    this.#settle(undefined);
  }

  #settle(chunk: Uint8Array | undefined): void {
    const resolve = this.#resolve;
    this.#resolve = undefined;
    this.#reject = undefined;
    resolve?.(chunk);
  }
}
