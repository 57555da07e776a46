import type { Socket } from 'node:dgram';
import type { Clock, Timer } from '../../clock/clock.ts';
import { BLOCK_BYTES, decodePacket } from '../../transport/tftp-packet.ts';
import type { Sender } from '../../transport/udp-socket.ts';
import { openTftpSocket } from '../tftp-socket.ts';
import { addressTowards } from './address-towards.ts';
import type { Direction, Passage } from './passage.ts';
import type { Passed } from './tcp-proxy.ts';

interface ProxiedTransferOptions {
  readonly phone: Sender;
  readonly server: Sender;
  readonly listen: string;
  /** Where requests come in, and from where what the server says from its own port goes out. */
  readonly front: Socket;
  readonly clock: Clock;
  readonly passage: Passage;
  readonly onEnd: (passed: Omit<Passed, 'peer'>) => void;
}

/** After such a silence nobody comes back. Ours: above the longest wait of a phone between requests. */
const SILENT_MAX_MS = 60_000;
/** After its last packet a transfer may still be asked again, by a side that did not get it. Ours. */
const LINGER_MS = 5_000;

/**
 * Everything between one port of a phone and the server: usually one file. Ends when it was silent for long
 * enough.
 */
export class ProxiedTransfer {
  readonly #options: ProxiedTransferOptions;
  readonly #back: Socket;
  /** Our port in place of each port of the server that spoke, by its number. */
  readonly #stands = new Map<number, Socket>();
  readonly #startedMs: number;
  #blockBytes = BLOCK_BYTES;
  #state: 'running' | 'lingering' | 'closed' = 'running';
  #result = 'passed';
  #lastMs: number;
  #silence: Timer;

  constructor(options: ProxiedTransferOptions) {
    this.#options = options;
    const { phone, server, clock } = options;
    this.#startedMs = clock.now();
    this.#lastMs = this.#startedMs;
    this.#back = openTftpSocket(server.address);
    this.#back.on('error', (error: NodeJS.ErrnoException) => {
      this.#result = error.code ?? error.message;
    });
    this.#back.on('message', (packet, from) => this.#said(packet, from));
    this.#back.bind(0, addressTowards(server.address, phone.address).localAddress);
  }

  /** A packet of the phone that came to the port of requests. */
  ask(packet: Buffer): void {
    const { server } = this.#options;
    this.#state = 'running';
    this.#blockBytes = BLOCK_BYTES;
    this.#pass('to-server', packet, () => this.#back.send(packet, server.port, server.address));
  }

  /** Ends it where it is, and tells. */
  stop(): void {
    const { clock, passage, onEnd } = this.#options;
    clock.clearTimeout(this.#silence);
    this.#state = 'closed';
    for (const socket of [this.#back, ...this.#stands.values()]) socket.close();
    onEnd({ result: this.#result, ms: this.#lastMs - this.#startedMs, passage });
  }

  #said(packet: Buffer, from: Sender): void {
    const { server, front, phone } = this.#options;
    if (from.address !== server.address) return;
    this.#lookAt(packet);
    const stand = from.port === server.port ? front : this.#standFor(from.port);
    this.#pass('to-phone', packet, () => stand.send(packet, phone.port, phone.address));
  }

  /** Our port for one of the server's; what the phone says to it goes there. */
  #standFor(port: number): Socket {
    const known = this.#stands.get(port);
    if (known !== undefined) return known;
    const { listen, phone, server } = this.#options;
    const stand = openTftpSocket(listen);
    stand.on('error', () => {});
    stand.on('message', (packet, from) => {
      if (from.port !== phone.port || from.address !== phone.address) return;
      this.#pass('to-server', packet, () => this.#back.send(packet, port, server.address));
    });
    stand.bind(0, listen);
    this.#stands.set(port, stand);
    return stand;
  }

  /** The last block is shorter than the agreed ones (RFC 1350 section 6); an ERROR ends a transfer too. */
  #lookAt(packet: Buffer): void {
    const read = decodePacket(packet);
    if (read.type === 'agreement') this.#blockBytes = Number(read.options.get('blksize') ?? BLOCK_BYTES);
    const isLast = read.type === 'data' && read.payload.length < this.#blockBytes;
    if (isLast || read.type === 'error') this.#state = 'lingering';
  }

  #pass(direction: Direction, packet: Buffer, send: () => void): void {
    const { passage, clock } = this.#options;
    this.#lastMs = clock.now();
    clock.clearTimeout(this.#silence);
    const patienceMs = this.#state === 'lingering' ? LINGER_MS : SILENT_MAX_MS;
    this.#silence = clock.setTimeout(() => this.stop(), patienceMs);
    const delayMs = passage.delayOfDatagram(direction, packet.length);
    if (delayMs === undefined) return;
    passage.bytes[direction] += packet.length;
    if (delayMs === 0) send();
    else clock.setTimeout(() => this.#state !== 'closed' && send(), delayMs);
  }
}
