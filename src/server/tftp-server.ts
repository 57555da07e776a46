import dgram, { type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import type { Clock } from '../clock/clock.ts';
import { decodePacket, encodeError, errorCodes, type TftpOptions } from '../transport/tftp-packet.ts';
import type { Sender } from '../transport/udp-socket.ts';
import type { FileStore } from './file-store.ts';
import type { RunningServer, ServedRequestListener } from './served-request.ts';
import { offerFor } from './tftp-offer.ts';
import { TftpSending } from './tftp-sending.ts';

interface TftpServerOptions {
  readonly store: FileStore;
  readonly clock: Clock;
  /**
   * Numeric address, IPv4 or IPv6. With 0.0.0.0 the system chooses from which of its addresses a file comes.
   */
  readonly listen: string;
  /** 0: any free one. */
  readonly port: number;
  readonly onRequest?: ServedRequestListener;
}

/**
 * Serves a tree for reading over TFTP: octet mode, options of RFC 2348, 2349 and 7440. Rejects when the port
 * cannot be had.
 */
export function startTftpServer(options: TftpServerOptions): Promise<RunningServer> {
  return new TftpServer(options).start();
}

class TftpServer {
  readonly #options: TftpServerOptions;
  readonly #socket: Socket;
  /** Running, by the phone's address and port. */
  readonly #sendings = new Map<string, { readonly path: string; readonly sending: TftpSending }>();
  readonly #sockets = new Set<Socket>();

  constructor(options: TftpServerOptions) {
    this.#options = options;
    this.#socket = openSocket(options.listen);
  }

  start(): Promise<RunningServer> {
    return new Promise((resolve, reject) => {
      this.#socket.once('error', reject);
      this.#socket.bind(this.#options.port, this.#options.listen, () => {
        this.#socket.off('error', reject);
        // What the system says later is about one answer that could not be sent; the phone will ask again.
        this.#socket.on('error', () => {});
        this.#socket.on('message', this.#onMessage);
        resolve({ port: this.#socket.address().port, close: () => this.#close() });
      });
    });
  }

  readonly #onMessage = (message: Buffer, peer: Sender): void => {
    const packet = decodePacket(message);
    switch (packet.type) {
      case 'read':
        this.#onRead(packet.path, packet.mode, packet.options, peer);
        break;
      case 'write':
        this.#refuse({
          peer,
          path: packet.path,
          code: errorCodes.accessDenied,
          why: 'this server takes no files',
        });
        break;
      case 'error':
        break;
      default:
        this.#answerError(peer, errorCodes.illegalOperation, 'expected a read request');
    }
  };

  #onRead(path: string, mode: string, asked: TftpOptions, peer: Sender): void {
    const running = this.#sendings.get(keyOf(peer));
    if (running?.path === path) {
      running.sending.again();
      return;
    }
    running?.sending.abort('another file was asked for from the same port');
    if (mode !== 'octet') {
      const why = `mode ${mode.slice(0, 20)} is not served, only octet`;
      this.#refuse({ peer, path, code: errorCodes.undefined, why });
      return;
    }
    const file = this.#options.store.find(path);
    if (file === undefined) {
      this.#refuse({ peer, path, code: errorCodes.notFound, why: 'file not found' });
      return;
    }
    const { clock, listen } = this.#options;
    const startedAt = clock.now();
    const socket = this.#openTransferSocket(listen);
    const onEnd = (result: string, bytes: number) => {
      this.#sendings.delete(keyOf(peer));
      this.#tell(peer, path, result, { bytes, ms: clock.now() - startedAt });
    };
    const offer = offerFor(asked, file.sizeBytes);
    const sending = new TftpSending({ file, offer, peer, socket, listen, clock, onEnd });
    this.#sendings.set(keyOf(peer), { path, sending });
    sending.start();
  }

  #openTransferSocket(listen: string): Socket {
    const socket = openSocket(listen);
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    return socket;
  }

  #refuse(refusal: {
    readonly peer: Sender;
    readonly path: string;
    readonly code: number;
    readonly why: string;
  }): void {
    const { peer, path, code, why } = refusal;
    this.#answerError(peer, code, why);
    this.#tell(peer, path, `ERROR ${code}`, { bytes: 0, ms: 0 });
  }

  /** From the listening port: RFC 1350 lets an ERROR in answer to a request come from any. */
  #answerError(peer: Sender, code: number, message: string): void {
    this.#socket.send(encodeError(code, message), peer.port, peer.address);
  }

  #tell(
    peer: Sender,
    path: string,
    result: string,
    more: { readonly bytes: number; readonly ms: number },
  ): void {
    this.#options.onRequest?.({ protocol: 'tftp', peer: keyOf(peer), path, result, ...more });
  }

  async #close(): Promise<void> {
    for (const { sending } of this.#sendings.values()) sending.abort('the server is going down');
    const closed = [this.#socket, ...this.#sockets].map(
      (socket) => new Promise<void>((resolve) => socket.once('close', resolve)),
    );
    this.#socket.close();
    await Promise.all(closed);
  }
}

/** Answers go to numeric addresses; a look-up would delay every packet by a tick. */
function openSocket(listen: string): Socket {
  return dgram.createSocket({
    type: isIPv6(listen) ? 'udp6' : 'udp4',
    lookup: (address, _options, answer) => answer(null, address, 0),
  });
}

function keyOf({ address, port }: Sender): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
