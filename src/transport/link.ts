import type { Socket } from 'node:net';
import type { Clock } from '../clock/clock.ts';
import type { Random } from '../clock/random.ts';
import { LateArrivals } from './late-arrivals.ts';
import { LateUdpSocket } from './late-udp-socket.ts';
import type { LinkPlan } from './link-plan.ts';
import type { UdpSocket } from './udp-socket.ts';

/** The way between one phone and its servers, below every protocol. */
export interface Link {
  /** Takes a TCP socket before it hears anything: from then on it hears as late as the link makes it. */
  take(socket: Socket): LinkedConnection;
  takeUdp(socket: UdpSocket): UdpSocket;
}

export interface LinkedConnection {
  /** The connection stands: runs `then` once so many round trips are over, unless it has ended by then. */
  stands(roundTrips: number, then: () => void): void;
}

const atOnce: LinkedConnection = { stands: (_roundTrips, then) => then() };

/** Nothing but the network itself. */
export const directLink: Link = { take: () => atOnce, takeUdp: (socket) => socket };

/**
 * A link that makes every round trip take its time, beside what the network takes: what comes in is held back
 * for the whole of it, so that an answer is as late as over a way of that length there and back.
 */
export class SlowLink implements Link {
  readonly clock: Clock;
  readonly #plan: LinkPlan;
  readonly #random: Random;
  /** Until then what came before is still arriving. */
  #busyUntilMs = 0;
  /** What arrives at one moment: a tenth of a second's worth. */
  readonly pieceBytes: number;

  constructor(plan: LinkPlan, clock: Clock, random: Random) {
    this.clock = clock;
    this.#plan = plan;
    this.#random = random;
    this.pieceBytes = Math.max(1, Math.floor((plan.bytesPerSecond ?? Number.POSITIVE_INFINITY) / 10));
  }

  take(socket: Socket): LinkedConnection {
    return new SlowConnection(socket, this);
  }

  takeUdp(socket: UdpSocket): UdpSocket {
    return new LateUdpSocket(socket, this);
  }

  /** Ms of so many round trips from now on. */
  roundTripsMs(count: number): number {
    const { rttMs = 0, jitterMs } = this.#plan;
    let ms = 0;
    for (let trip = 0; trip < count; trip++) ms += rttMs + this.#random.between(0, jitterMs);
    return ms;
  }

  /** When so many bytes that answer a request of `askedMs` are there. */
  arrivalMs(sizeBytes: number, askedMs: number): number {
    const { bytesPerSecond = Number.POSITIVE_INFINITY } = this.#plan;
    const beginMs = Math.max(this.#busyUntilMs, askedMs + this.roundTripsMs(1));
    this.#busyUntilMs = beginMs + (sizeBytes * 1000) / bytesPerSecond;
    return this.#busyUntilMs;
  }

  /** So many bytes, whose arrival was told, will not come: whoever is next need not wait for them. */
  dropped(sizeBytes: number): void {
    const { bytesPerSecond = Number.POSITIVE_INFINITY } = this.#plan;
    this.#busyUntilMs -= (sizeBytes * 1000) / bytesPerSecond;
  }
}

/** So much may be on its way to one socket; then its server has to wait. */
const UNDER_WAY_BYTES_MAX = 1024 * 1024;

/** A TCP connection over a slow link. A reset is heard at once, and what was on its way is lost with it. */
class SlowConnection implements LinkedConnection {
  readonly #link: SlowLink;
  readonly #socket: Socket;
  readonly #arrivals: LateArrivals;
  readonly #push: Socket['push'];
  readonly #read: Socket['_read'];
  #standsAtMs = 0;
  #underWayBytes = 0;

  constructor(socket: Socket, link: SlowLink) {
    this.#link = link;
    this.#socket = socket;
    this.#arrivals = new LateArrivals(link.clock);
    this.#push = socket.push.bind(socket);
    // Node hands what a socket has read to its `push`, and its end as null.
    socket.push = (chunk: Buffer | null) => this.#hear(chunk);
    // It asks for more after each piece that arrives; what it asks for too early, it asks for again.
    this.#read = socket._read.bind(socket);
    socket._read = (sizeBytes) => {
      if (this.#takesMore()) this.#read(sizeBytes);
    };
    socket.once('close', () => {
      this.#arrivals.end();
      link.dropped(this.#underWayBytes);
    });
  }

  stands(roundTrips: number, then: () => void): void {
    const { clock } = this.#link;
    this.#standsAtMs = clock.now() + this.#link.roundTripsMs(roundTrips);
    const timer = clock.setTimeout(then, this.#standsAtMs - clock.now());
    this.#socket.once('close', () => clock.clearTimeout(timer));
  }

  #hear(chunk: Buffer | null): boolean {
    const { clock, pieceBytes } = this.#link;
    // A server that speaks first does so when it knows of the connection.
    const askedMs = Math.max(clock.now(), this.#standsAtMs);
    if (chunk === null) {
      this.#arrivals.add(this.#link.arrivalMs(0, askedMs), () => {
        this.#push(null);
        // As Node does: an end that nobody reads, such as that of a handshake, would not be heard.
        this.#socket.read(0);
      });
      return false;
    }
    this.#underWayBytes += chunk.length;
    for (let from = 0; from < chunk.length; from += pieceBytes) {
      const piece = chunk.subarray(from, from + pieceBytes);
      this.#arrivals.add(this.#link.arrivalMs(piece.length, askedMs), () => {
        this.#underWayBytes -= piece.length;
        this.#push(piece);
      });
    }
    return this.#takesMore() && this.#socket.readableLength < this.#socket.readableHighWaterMark;
  }

  #takesMore(): boolean {
    return this.#underWayBytes <= UNDER_WAY_BYTES_MAX;
  }
}
