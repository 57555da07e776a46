import type { Lingerers } from './tftp-linger.ts';
import { decodePacket, encodeError, errorCodes, type TftpPacket } from './tftp-packet.ts';
import type { ResolvedHost, Sender, UdpSocket } from './udp-socket.ts';

/** Whom a `TftpWire` tells. */
export interface WireListener {
  /** From the server of this transfer, and from nobody else. */
  onPacket(packet: TftpPacket): void;
  /** What the system says about our socket. */
  onSystemError(error: Error): void;
}

export interface WireSettings {
  readonly server: ResolvedHost;
  /** Where requests go; the server answers from a port of its own. */
  readonly requestPort: number;
  readonly openSocket: (family: 4 | 6) => UdpSocket;
  readonly listener: WireListener;
}

/**
 * The socket of one transfer, which knows who the other end is: the server's transfer identifier (its port,
 * RFC 1350 section 4) is that of its first answer from the address asked. Whoever else sends gets ERROR 5 and
 * is not heard.
 */
export class TftpWire {
  readonly #serverAddress: string;
  readonly #requestPort: number;
  readonly #listener: WireListener;
  readonly #socket: UdpSocket;
  /** 0 until the first answer. */
  #serverPort = 0;

  constructor({ server, requestPort, openSocket, listener }: WireSettings) {
    this.#serverAddress = server.address;
    this.#requestPort = requestPort;
    this.#listener = listener;
    this.#socket = openSocket(server.family);
    this.#socket.on('error', (error) => listener.onSystemError(error));
    this.#socket.on('message', this.#onMessage);
  }

  /** Takes a new port, of `localAddress` if there is one, else of the address that the system chooses. */
  open(localAddress: string | undefined): void {
    this.#socket.bind(0, localAddress);
  }

  get answered(): boolean {
    return this.#serverPort !== 0;
  }

  sendRequest(packet: Buffer): void {
    this.#socket.send(packet, this.#requestPort, this.#serverAddress, this.#onSent);
  }

  /**
   * To the server's own port. What the system refuses is as good as lost on the way, and repeated like it.
   */
  send(packet: Buffer, sent?: () => void): void {
    this.#socket.send(packet, this.#serverPort, this.#serverAddress, sent);
  }

  linger(lingerers: Lingerers): void {
    lingerers.add(this.#socket);
  }

  close(): void {
    this.#socket.close();
  }

  /** Tells the server, if one has answered, why there will be nothing more, and closes. */
  closeWith(errorCode: number, message: string): void {
    if (this.answered) this.send(encodeError(errorCode, message), () => this.close());
    else this.close();
  }

  readonly #onMessage = (message: Buffer, from: Sender): void => {
    const packet = decodePacket(message);
    const known = from.port === this.#serverPort && from.address === this.#serverAddress;
    if (known || this.#fixesServer(packet, from)) this.#listener.onPacket(packet);
    // An ERROR is never answered: two who do would never stop (RFC 1350 section 7).
    else if (packet.type !== 'error' && packet.type !== 'malformed') {
      this.#socket.send(unknownTransfer, from.port, from.address);
    }
  };

  #fixesServer(packet: TftpPacket, from: Sender): boolean {
    if (this.answered || from.address !== this.#serverAddress || !answersRequest(packet)) return false;
    this.#serverPort = from.port;
    return true;
  }

  readonly #onSent = (error: Error | null): void => {
    if (error) this.#listener.onSystemError(error);
  };
}

const unknownTransfer = encodeError(errorCodes.unknownTransfer, 'unknown transfer identifier');

/** A later block is a late packet of somebody else's transfer. */
function answersRequest(packet: TftpPacket): boolean {
  return (
    packet.type === 'agreement' || packet.type === 'error' || (packet.type === 'data' && packet.block === 1)
  );
}
