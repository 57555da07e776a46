import dgram, { type RemoteInfo, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import type { Clock } from '../clock/clock.ts';
import { encodeSipAnswer, type SipStatus } from './sip-answer.ts';
import { readSipMessage, type SipRequest } from './sip-request.ts';
import { SipTransactions } from './sip-transactions.ts';
import { asksForRport } from './sip-via.ts';

/** A NOTIFY as it came. */
export interface NotifyRequest {
  /** IPv4 or IPv6 address of the sender. */
  readonly from: string;
  readonly port: number;
  readonly method: 'NOTIFY';
  /** Event without its parameters: `check-sync`; empty if there is none. */
  readonly event: string;
  readonly callId: string;
}

/** `drop`: nothing is answered. */
export interface NotifyAnswer {
  readonly status: 200 | 400 | 481 | 489 | 'drop';
}

/** What the listener did by itself, for the user. */
export type SipNote =
  /** Thrown away: it is nothing one could answer. */
  | { readonly type: 'malformed'; readonly from: string; readonly why: string }
  | {
      readonly type: 'refused';
      readonly from: string;
      readonly method: string;
      readonly status: 400 | 405;
      readonly why: string;
    };

export interface NotifyListenerOptions {
  readonly clock: Clock;
  /** Numeric address, IPv4 or IPv6. */
  readonly listen: string;
  /** 0: any free one. */
  readonly port: number;
  /** Asked once for each NOTIFY; what comes again within 32 s gets the same answer. */
  readonly judge: (request: NotifyRequest) => NotifyAnswer;
  readonly onNote?: (note: SipNote) => void;
}

/** A listener that runs. */
export interface NotifyListener {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Listens for SIP over UDP as a phone that knows NOTIFY and OPTIONS. Rejects when the port cannot be had. It
 * takes no hold of the clock: nobody knows when somebody will write.
 */
export function listenForNotify(options: NotifyListenerOptions): Promise<NotifyListener> {
  const socket = dgram.createSocket({
    type: isIPv6(options.listen) ? 'udp6' : 'udp4',
    // Answers go to numeric addresses; a look-up would delay every packet.
    lookup: (address, _options, answer) => answer(null, address, 0),
  });
  return new Promise((resolve, reject) => {
    const giveUp = (error: Error) => {
      socket.close();
      reject(error);
    };
    socket.once('error', giveUp);
    socket.bind(options.port, options.listen, () => {
      socket.off('error', giveUp);
      // What the system says later is about one answer that could not be sent; the sender will ask again.
      socket.on('error', () => {});
      const desk = new NotifyDesk(socket, options);
      socket.on('message', (bytes, from) => desk.receive(bytes, from));
      resolve({
        port: socket.address().port,
        close: () => new Promise((closed) => socket.close(() => closed())),
      });
    });
  });
}

/** Takes what comes in and sends the answers out. */
class NotifyDesk {
  readonly #socket: Socket;
  readonly #judge: NotifyListenerOptions['judge'];
  readonly #note: (note: SipNote) => void;
  readonly #transactions: SipTransactions<SipStatus | 'drop'>;

  constructor(socket: Socket, { clock, judge, onNote }: NotifyListenerOptions) {
    this.#socket = socket;
    this.#judge = judge;
    this.#note = onNote ?? (() => {});
    this.#transactions = new SipTransactions(() => clock.now());
  }

  receive(bytes: Buffer, { address, port }: RemoteInfo): void {
    const sender = { address: plainAddress(address), port, socketAddress: address };
    const message = readSipMessage(bytes);
    switch (message.type) {
      case 'malformed':
        this.#note({ type: 'malformed', from: sender.address, why: message.why });
        break;
      case 'request':
        this.#answer(message.request, sender, () => this.#judgementOf(message.request, sender));
        break;
      case 'bad-request':
        this.#answer(message.request, sender, () => this.#refuse(message.request, sender, 400, message.why));
        break;
      case 'response':
      case 'keep-alive':
        break;
    }
  }

  /** An ACK is never answered (RFC 3261 section 17.1.1.3). */
  #answer(request: SipRequest, sender: Sender, judge: () => SipStatus | 'drop'): void {
    if (request.method === 'ACK') return;
    const status = this.#transactions.answerTo(request, sender.address, judge);
    if (status === 'drop') return;
    const port = asksForRport(request.via) ? sender.port : request.via.port;
    this.#socket.send(encodeSipAnswer(request, status, sender), port, sender.socketAddress);
  }

  #judgementOf(request: SipRequest, sender: Sender): SipStatus | 'drop' {
    const { method, event, callId } = request;
    if (method === 'OPTIONS') return 200;
    if (method !== 'NOTIFY') return this.#refuse(request, sender, 405, 'this phone takes NOTIFY and OPTIONS');
    return this.#judge({ from: sender.address, port: sender.port, method, event, callId }).status;
  }

  #refuse({ method }: SipRequest, { address }: Sender, status: 400 | 405, why: string): SipStatus {
    this.#note({ type: 'refused', from: address, method, status, why });
    return status;
  }
}

interface Sender {
  readonly address: string;
  readonly port: number;
  /** As our socket writes it. */
  readonly socketAddress: string;
}

/** A socket for IPv6 that hears IPv4 too writes `::ffff:192.0.2.1`. */
function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=[0-9.]+$)/i, '');
}
