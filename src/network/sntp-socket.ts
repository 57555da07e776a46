import type { Buffer } from 'node:buffer';
import dgram, { type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import type { Clock } from '../clock/clock.ts';
import { Inbox } from './inbox.ts';
import { encodeQuestion, type NtpPacket, transmitTimeOf } from './ntp-packet.ts';
import { sntpErrorOf } from './sntp-error.ts';

export interface SntpSocketOptions {
  readonly clock: Clock;
  readonly server: string;
  readonly port: number;
  /** Both of them, as errors name them. */
  readonly place: string;
  readonly localAddress: string | undefined;
}

/** A packet and when it came. */
export interface Arrival {
  readonly bytes: Buffer;
  readonly atMs: number;
}

/**
 * The socket of one question, which goes out as soon as the server's address is known. It is connected, so
 * that the system keeps others out and says when nothing listens there.
 */
export class SntpSocket {
  readonly arrivals = new Inbox<Arrival>();
  readonly #clock: Clock;
  readonly #place: string;
  readonly #socket: Socket;
  #question: Buffer | undefined;
  #askedAtMs = 0;

  constructor({ clock, server, port, place, localAddress }: SntpSocketOptions) {
    this.#clock = clock;
    this.#place = place;
    this.#socket = dgram.createSocket(isIPv6(server) ? 'udp6' : 'udp4');
    this.#socket.on('error', this.#fail);
    this.#socket.on('message', (bytes) => this.arrivals.put({ bytes, atMs: clock.now() }));
    this.#socket.on('connect', this.#ask);
    this.#socket.bind({ port: 0, ...(localAddress !== undefined && { address: localAddress }) }, () =>
      this.#socket.connect(port, server),
    );
  }

  /** By the clock that was given. */
  get askedAtMs(): number {
    return this.#askedAtMs;
  }

  /** Whether a packet repeats our transmit time. */
  isAnsweredBy({ originate }: NtpPacket): boolean {
    return this.#question !== undefined && originate.equals(transmitTimeOf(this.#question));
  }

  close(): void {
    this.#socket.close();
  }

  readonly #ask = (): void => {
    this.#askedAtMs = this.#clock.now();
    this.#question = encodeQuestion(this.#askedAtMs);
    this.#socket.send(this.#question, (error) => {
      if (error) this.#fail(error);
    });
  };

  readonly #fail = (error: Error): void => {
    this.arrivals.fail(sntpErrorOf(this.#place, error));
  };
}
