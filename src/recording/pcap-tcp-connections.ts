import type { CaptureNotes } from './pcap-notes.ts';
import { type Segment, type Stream, StreamBuilder } from './pcap-tcp-stream.ts';

export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** A TCP connection as it was seen. */
export interface Connection {
  /** Who opened it. */
  readonly client: Endpoint;
  readonly server: Endpoint;
  readonly openedAtMs: number;
  /** Of its first packet, from 1. */
  readonly packet: number;
  /** `open`: the server took it; `refused`; `unanswered`: nothing but attempts to open it. */
  readonly opening: 'open' | 'refused' | 'unanswered';
  /** What the client sent. */
  readonly asked: Stream;
  /** What the server sent. */
  readonly answered: Stream;
  /** When it was closed or reset; undefined: not before the capture ended. */
  readonly closedAtMs?: number;
}

/** A TCP segment with its header read. */
export interface TcpSegment extends Segment {
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly syn: boolean;
  readonly ack: boolean;
  readonly fin: boolean;
  readonly rst: boolean;
}

/** Of one capture. Our own bound. */
const CONNECTIONS_MAX = 100_000;
/** All that connections hold together. Our own bound. */
const BYTES_MAX = 768 * 1024 * 1024;

/** Connections from segments, in the order in which they were opened. */
export class TcpConnections {
  readonly #running = new Map<string, Running>();
  readonly #all: Running[] = [];
  readonly #notes: CaptureNotes;
  #heldBytes = 0;

  constructor(notes: CaptureNotes) {
    this.#notes = notes;
  }

  add(segment: TcpSegment): void {
    this.#heldBytes += segment.bytes.length;
    if (this.#heldBytes > BYTES_MAX || this.#all.length >= CONNECTIONS_MAX) {
      this.#notes.tell('LIMIT', segment.packet, 'more TCP than is held in memory: the rest is left out');
      return;
    }
    const key = keyOf(segment);
    const known = this.#running.get(key);
    const running = known === undefined || known.isFollowedBy(segment) ? new Running(segment) : known;
    if (running !== known) {
      this.#running.set(key, running);
      this.#all.push(running);
    }
    running.add(segment);
  }

  end(): readonly Connection[] {
    let bytes = 0;
    return this.#all.flatMap((running) => {
      bytes += running.length;
      if (bytes > BYTES_MAX) return [];
      const connection = running.end();
      this.#tellLoss(connection, running.lostBytes);
      return [connection];
    });
  }

  #tellLoss({ client, server, packet }: Connection, bytes: number): void {
    if (bytes === 0) return;
    const between = `${client.address}:${client.port} and ${server.address}:${server.port}`;
    this.#notes.tell('LOST_BYTES', packet, `${bytes} bytes between ${between} were not captured`);
  }
}

class Running {
  readonly #client: Endpoint;
  readonly #server: Endpoint;
  readonly #openedAtMs: number;
  readonly #packet: number;
  readonly #asked = new StreamBuilder();
  readonly #answered = new StreamBuilder();
  #serverSpoke: boolean = false;
  #reset: boolean = false;
  #finished = 0;
  #closedAtMs: number | undefined;

  constructor(first: TcpSegment) {
    const fromClient = first.syn ? !first.ack : first.from.port >= first.to.port;
    [this.#client, this.#server] = fromClient ? [first.from, first.to] : [first.to, first.from];
    this.#openedAtMs = first.atMs;
    this.#packet = first.packet;
  }

  /** Of both directions, holes among them. */
  get length(): number {
    return this.#asked.length + this.#answered.length;
  }

  get lostBytes(): number {
    return this.#asked.lostBytes + this.#answered.lostBytes;
  }

  /** Whether this segment opens another connection with the same ports. */
  isFollowedBy(segment: TcpSegment): boolean {
    if (!segment.syn || segment.ack) return false;
    return this.#closedAtMs !== undefined || !this.#sideOf(segment).begunBy(segment.sequence);
  }

  add(segment: TcpSegment): void {
    const side = this.#sideOf(segment);
    const fromServer = side === this.#answered;
    if (segment.syn) side.begin(segment.sequence + 1);
    if (fromServer && !segment.rst) this.#serverSpoke = true;
    side.add(segment.syn ? { ...segment, sequence: (segment.sequence + 1) >>> 0 } : segment);
    if (segment.rst) this.#reset = true;
    if (segment.fin) this.#finished |= fromServer ? 2 : 1;
    if (this.#reset || this.#finished === 3) this.#closedAtMs ??= segment.atMs;
  }

  end(): Connection {
    const opening = this.#serverSpoke ? 'open' : this.#reset ? 'refused' : 'unanswered';
    return {
      client: this.#client,
      server: this.#server,
      openedAtMs: this.#openedAtMs,
      packet: this.#packet,
      opening,
      asked: this.#asked.end(),
      answered: this.#answered.end(),
      ...(this.#closedAtMs !== undefined && { closedAtMs: this.#closedAtMs }),
    };
  }

  #sideOf({ from }: TcpSegment): StreamBuilder {
    const isClient = from.address === this.#client.address && from.port === this.#client.port;
    return isClient ? this.#asked : this.#answered;
  }
}

function keyOf({ from, to }: TcpSegment): string {
  const [one, other] = [`${from.address} ${from.port}`, `${to.address} ${to.port}`];
  return one < other ? `${one} ${other}` : `${other} ${one}`;
}
