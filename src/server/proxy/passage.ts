import type { Random } from '../../clock/random.ts';
import type { ProxyFaults, ProxyFaultWord } from './proxy-faults.ts';

export type Direction = 'to-server' | 'to-phone';

/** What a passage needs to know of the proxy it belongs to. */
export interface PassagePlan {
  readonly faults: ProxyFaults;
  /** From 1, in the order of arrival. */
  readonly number: number;
  /** Of this connection alone. */
  readonly random: Random;
  /** Ms since the start of the proxy. */
  readonly elapsedMs: () => number;
}

/** A stall begins at a drawn place within so much of what the server says. */
const STALL_WITHIN_BYTES = 1_024;
/** What TCP loses comes again after this, then after twice as long. RFC 6298 section 5; Linux TCP_RTO_MIN. */
const RETRANSMISSION_MS = 200;
/** Linux gives a connection up after so many (net.ipv4.tcp_retries2). */
const RETRANSMISSIONS_MAX = 15;

/** One connection, or one TFTP transfer, under the faults of its proxy. */
export class Passage {
  readonly number: number;
  /** Passed on so far, data connections of FTP included. */
  readonly bytes: Record<Direction, number> = { 'to-server': 0, 'to-phone': 0 };
  /** What it met with so far. */
  readonly met = new Set<ProxyFaultWord>();
  readonly #plan: PassagePlan;
  /** Of what the server says, in bytes; undefined: it does not stall, or did. */
  #stallAtBytes: number | undefined;
  #stalledUntilMs = 0;
  #saidBytes = 0;

  constructor(plan: PassagePlan) {
    this.#plan = plan;
    const { faults, random, number } = plan;
    this.number = number;
    const draws = random.fork('stall');
    if (draws.next() < (faults.stall?.share ?? 0)) this.#stallAtBytes = draws.between(0, STALL_WITHIN_BYTES);
  }

  /** Ms until nothing is in the way of a new connection. */
  untilOpen(): number {
    const elapsedMs = this.#plan.elapsedMs();
    const ends = this.#plan.faults.blackouts
      .filter(({ atMs, forMs }) => atMs <= elapsedMs && elapsedMs < atMs + forMs)
      .map(({ atMs, forMs }) => atMs + forMs);
    if (ends.length === 0) return 0;
    this.met.add('blackout');
    return Math.max(...ends) - elapsedMs;
  }

  /** Ms by which a piece of a stream comes later. What is lost on the way is sent again. */
  delayOfChunk(direction: Direction, sizeBytes: number): number {
    const waitMs = this.untilOpen();
    let lostMs = 0;
    for (let time = 0; time < RETRANSMISSIONS_MAX && this.#isLost(); time++) {
      lostMs += RETRANSMISSION_MS * 2 ** time;
    }
    return Math.max(waitMs, this.#lateness(direction, sizeBytes)) + lostMs;
  }

  /** Ms by which a datagram comes later; undefined: never. */
  delayOfDatagram(direction: Direction, sizeBytes: number): number | undefined {
    return this.untilOpen() > 0 || this.#isLost() ? undefined : this.#lateness(direction, sizeBytes);
  }

  #isLost(): boolean {
    const { faults, random } = this.#plan;
    if (faults.drop === 0 || random.next() >= faults.drop) return false;
    this.met.add('drop');
    return true;
  }

  /** The server is slow, and what it says is held where it stalls. */
  #lateness(direction: Direction, sizeBytes: number): number {
    if (direction === 'to-server') return 0;
    const { faults, random, elapsedMs } = this.#plan;
    const { latencyMs, jitterMs, stall } = faults;
    this.#saidBytes += sizeBytes;
    if (stall !== undefined && this.#stallAtBytes !== undefined && this.#saidBytes > this.#stallAtBytes) {
      this.#stallAtBytes = undefined;
      this.#stalledUntilMs = elapsedMs() + stall.forMs;
      this.met.add('stall');
    }
    if (latencyMs > 0) this.met.add('latency');
    if (jitterMs > 0) this.met.add('jitter');
    const held = Math.max(0, this.#stalledUntilMs - elapsedMs());
    return held + latencyMs + (jitterMs === 0 ? 0 : random.between(0, jitterMs));
  }
}
