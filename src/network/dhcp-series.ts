import type { Clock } from '../clock/clock.ts';
import type { Random } from '../clock/random.ts';
import type { Fact } from '../events/phone-event.ts';
import { problem } from '../provisioning/problem-codes.ts';
import { type DhcpAnswer, readDhcpAnswer } from './dhcp-answer.ts';
import type { DhcpIdentity, DhcpMarks } from './dhcp-messages.ts';
import { type DhcpPacket, encodeDhcp } from './dhcp-packet.ts';
import { type DhcpWire, EVERYBODY, type OpenDhcpWire } from './dhcp-wire.ts';
import { Inbox } from './inbox.ts';

/** What happens on the way to a lease, as the phone tells it. */
export type DhcpFact =
  | Fact<'dhcp.sent'>
  | Fact<'dhcp.offered'>
  | Fact<'dhcp.refused'>
  /** A lease that is odd, or a datagram nobody can use. */
  | Fact<'problem.told'>;

/** Who asks, by what, and how time passes. */
export interface DhcpAsker {
  readonly clock: Clock;
  /** Forked for this phone. */
  readonly random: Random;
  /** As the system calls it: `eth0`. */
  readonly interfaceName: string;
  readonly identity: DhcpIdentity;
  readonly onFact?: (fact: DhcpFact) => void;
  /** `openDhcpWire`, but in tests. */
  readonly openWire: OpenDhcpWire;
}

/** Messages that belong together by their xid: what the phone sends, and what it hears in answer. */
export class DhcpSeries {
  readonly #asker: DhcpAsker;
  readonly #signal: AbortSignal;
  readonly #answers = new Inbox<DhcpAnswer>();
  readonly #xid: number;
  readonly #startedAtMs: number;
  #wire: DhcpWire | undefined;

  constructor(asker: DhcpAsker, signal: AbortSignal) {
    this.#asker = asker;
    this.#signal = signal;
    this.#xid = Math.floor(asker.random.next() * 2 ** 32);
    this.#startedAtMs = asker.clock.now();
  }

  async open(): Promise<void> {
    const { openWire, interfaceName } = this.#asker;
    this.#wire = await openWire(interfaceName, {
      onDatagram: (bytes) => this.#receive(bytes),
      onFailure: (error) => this.#answers.fail(error),
    });
  }

  close(): void {
    this.#wire?.close();
  }

  now(): number {
    return this.#asker.clock.now();
  }

  tell(fact: DhcpFact): void {
    this.#asker.onFact?.(fact);
  }

  tellDoubt(message: string): void {
    this.tell({ type: 'problem.told', ...problem('DHCP_DOUBT', { message }) });
  }

  /** To everybody, or to one server. */
  send(write: (identity: DhcpIdentity, marks: DhcpMarks) => DhcpPacket, to = EVERYBODY): void {
    const secs = Math.floor((this.now() - this.#startedAtMs) / 1_000);
    this.#wire?.send(encodeDhcp(write(this.#asker.identity, { xid: this.#xid, secs })), to);
  }

  /** The next answer, or undefined at `untilMs`. */
  next(untilMs: number): Promise<DhcpAnswer | undefined> {
    return this.#answers.next({ clock: this.#asker.clock, untilMs, signal: this.#signal });
  }

  #receive(bytes: Buffer): void {
    const reading = readDhcpAnswer(bytes, this.#asker.identity, this.#xid);
    if (reading.type === 'answer') this.#answers.put(reading.answer);
    else if (reading.type === 'useless') this.#tellUnread(reading.why);
  }

  #tellUnread(why: string): void {
    this.tell({ type: 'problem.told', ...problem('DHCP_UNREAD', { message: why }) });
  }
}
