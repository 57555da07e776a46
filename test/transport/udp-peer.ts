import dgram, { type Socket } from 'node:dgram';
import {
  decodePacket,
  encodeAcknowledgement,
  encodeAgreement,
  encodeData,
  encodeError,
  type TftpPacket,
} from '../../src/transport/tftp-packet.ts';
import type { Sender } from '../../src/transport/udp-socket.ts';

export interface Received {
  readonly packet: TftpPacket;
  readonly from: Sender;
}

/**
 * One end of a TFTP conversation that a test leads by hand: it sends only what it is told to, and keeps what
 * it gets.
 */
export class UdpPeer {
  readonly port: number;
  /** Everything that came, in order. */
  readonly received: TftpPacket[] = [];
  readonly #socket: Socket;
  readonly #unread: Received[] = [];
  readonly #readers: ((received: Received) => void)[] = [];

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.port = socket.address().port;
    socket.on('message', (message, from) => {
      const received = { packet: decodePacket(message), from };
      this.received.push(received.packet);
      const reader = this.#readers.shift();
      if (reader) reader(received);
      else this.#unread.push(received);
    });
  }

  static open(address = '127.0.0.1', port = 0): Promise<UdpPeer> {
    return new Promise((resolve, reject) => {
      const socket = dgram.createSocket(address.includes(':') ? 'udp6' : 'udp4');
      socket.once('error', reject);
      socket.bind(port, address, () => resolve(new UdpPeer(socket)));
    });
  }

  /** The next packet that comes, or came and was not asked for yet. */
  next(): Promise<Received> {
    const received = this.#unread.shift();
    return received ? Promise.resolve(received) : new Promise((resolve) => this.#readers.push(resolve));
  }

  async nextPacket(): Promise<TftpPacket> {
    return (await this.next()).packet;
  }

  send(packet: Buffer, to: Sender): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#socket.send(packet, to.port, to.address, (error) => (error ? reject(error) : resolve()));
    });
  }

  data(block: number, payload: string | Uint8Array, to: Sender): Promise<void> {
    return this.send(encodeData(block, Buffer.from(payload)), to);
  }

  acknowledge(block: number, to: Sender): Promise<void> {
    return this.send(encodeAcknowledgement(block), to);
  }

  agree(options: Readonly<Record<string, string>>, to: Sender): Promise<void> {
    return this.send(encodeAgreement(new Map(Object.entries(options))), to);
  }

  error(code: number, message: string, to: Sender): Promise<void> {
    return this.send(encodeError(code, message), to);
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#socket.close(() => resolve()));
  }
}

/** What a peer that received these acknowledgements holds in `received`. */
export function acknowledgements(...blocks: readonly number[]): TftpPacket[] {
  return blocks.map((block) => ({ type: 'acknowledgement', block }));
}
