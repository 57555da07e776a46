import type { Clock } from '../../src/clock/clock.ts';
import type { DhcpOptions } from '../../src/network/dhcp-options.ts';
import { type DhcpPacket, decodeDhcp, encodeDhcp } from '../../src/network/dhcp-packet.ts';
import type { DhcpWire, DhcpWireListener } from '../../src/network/dhcp-wire.ts';

/** What a DHCP server answers; absent fields are those of a good one. */
export interface ScriptedAnswer {
  readonly type: 'OFFER' | 'ACK' | 'NAK' | number;
  readonly server?: string;
  readonly address?: string;
  readonly leaseS?: number;
  /** After which it arrives. */
  readonly afterMs?: number;
  /** `undefined` takes an option out. */
  readonly options?: Readonly<Record<number, Uint8Array | undefined>>;
  readonly packet?: Partial<DhcpPacket>;
}

export interface Heard {
  readonly message: 'DISCOVER' | 'REQUEST';
  readonly atMs: number;
  readonly to: string;
  readonly packet: DhcpPacket;
}

const numbers = { OFFER: 2, ACK: 5, NAK: 6 };

/** The bytes of an answer to a message of a phone. */
export function dhcpAnswer(asked: DhcpPacket, answer: ScriptedAnswer): Buffer {
  const leaseTime = Buffer.alloc(4);
  leaseTime.writeUInt32BE(answer.leaseS ?? 3_600);
  const type = typeof answer.type === 'number' ? answer.type : numbers[answer.type];
  const all: Readonly<Record<number, Uint8Array | undefined>> = {
    53: Buffer.of(type),
    54: Buffer.from((answer.server ?? '10.77.0.1').split('.').map(Number)),
    51: type === numbers.NAK ? undefined : leaseTime,
    1: type === numbers.NAK ? undefined : Buffer.of(255, 255, 255, 0),
    ...answer.options,
  };
  const options: DhcpOptions = new Map(
    Object.entries(all).flatMap(([code, value]) =>
      value === undefined ? [] : [[Number(code), value] as const],
    ),
  );
  const yiaddr = type === numbers.NAK ? '0.0.0.0' : (answer.address ?? '10.77.0.50');
  return encodeDhcp({ ...asked, direction: 'to-client', yiaddr, options, ...answer.packet });
}

/** A network with the servers that a test makes up. */
export class ScriptedLan {
  readonly heard: Heard[] = [];
  /** Wires that are open. */
  open = 0;
  #listener: DhcpWireListener | undefined;
  readonly #clock: Clock;
  readonly #answersTo: (heard: Heard) => readonly ScriptedAnswer[];

  constructor(clock: Clock, answersTo: (heard: Heard) => readonly ScriptedAnswer[]) {
    this.#clock = clock;
    this.#answersTo = answersTo;
  }

  /** Whatever a test wants the phone to get. */
  deliver(bytes: Buffer): void {
    this.#listener?.onDatagram(bytes);
  }

  fail(error: Error): void {
    this.#listener?.onFailure(error);
  }

  readonly openWire = (_interfaceName: string, listener: DhcpWireListener): Promise<DhcpWire> => {
    this.#listener = listener;
    this.open++;
    return Promise.resolve({
      send: (bytes, to) => this.#hear(Buffer.from(bytes), to),
      close: () => {
        this.open--;
      },
    });
  };

  #hear(bytes: Buffer, to: string): void {
    const reading = decodeDhcp(bytes);
    if (!reading.ok) throw new Error(`the phone sent what is no DHCP: ${reading.why}`);
    const { packet } = reading;
    const message = packet.options.get(53)?.[0] === 1 ? 'DISCOVER' : 'REQUEST';
    const heard: Heard = { message, atMs: this.#clock.now(), to, packet };
    this.heard.push(heard);
    for (const answer of this.#answersTo(heard)) {
      this.#clock.setTimeout(() => this.deliver(dhcpAnswer(packet, answer)), answer.afterMs ?? 1);
    }
  }
}
