import type { Socket } from 'node:dgram';
import type { Clock, Timer } from '../clock/clock.ts';
import {
  blocksAhead,
  decodePacket,
  encodeAgreement,
  encodeData,
  encodeError,
  errorCodes,
} from '../transport/tftp-packet.ts';
import type { Sender } from '../transport/udp-socket.ts';
import { type Answer, bytesBefore, type Cut } from './answer.ts';
import type { ServedFile } from './file-store.ts';
import type { TftpOffer } from './tftp-offer.ts';

/** A packet, or a window of them, goes out at most so often. */
const SENDINGS_MAX = 6;
/** A transfer that stalls on purpose is kept for so long, if the phone does not end it. */
const STALLED_MAX_MS = 600_000;

export interface TftpSendingOrder {
  readonly file: ServedFile;
  /** How it is sent: whole or cut, fast or slow. */
  readonly answer: Pick<Answer, 'cut' | 'bytesPerSecond'>;
  readonly offer: TftpOffer;
  readonly peer: Sender;
  /** This transfer's own, not yet bound; its port will be the server's transfer identifier. */
  readonly socket: Socket;
  /** The address to send from. */
  readonly listen: string;
  readonly clock: Clock;
  /** `sent`, or why not, and how many bytes the phone has acknowledged. Told once. */
  readonly onEnd: (result: string, bytes: number) => void;
}

/**
 * One file on its way to one phone, a window at a time (of one block, unless agreed otherwise). Blocks are
 * counted from 1 without wrapping; only packets carry 16 bits. A duplicate acknowledgement sends nothing (RFC
 * 1123 section 4.2.3.1).
 */
export class TftpSending {
  readonly #order: TftpSendingOrder;
  /** Blocks that are sent, and what is done when all of them are acknowledged. */
  readonly #blocks: number;
  readonly #finish: () => void;
  /** Sends the next window, at once or when it is due. */
  readonly #sendWindow: () => void;
  /** The OACK is block 0 and wants an acknowledgement like any other. */
  #acknowledged: number;
  #lastSent = 0;
  #sendings = 0;
  #rewound = false;
  #over: boolean = false;
  #startedMs = 0;
  #repeatAtMs = 0;
  #timer: Timer;
  /** Of the window that is not due yet. */
  #dueTimer: Timer;

  constructor(order: TftpSendingOrder) {
    const { file, offer, answer } = order;
    const { cut } = answer;
    const sentBytes = bytesBefore(cut, file.sizeBytes, offer.blockBytes);
    const isWhole = cut === undefined || sentBytes === file.sizeBytes;
    this.#order = order;
    this.#blocks = Math.floor(sentBytes / offer.blockBytes) + (isWhole ? 1 : 0);
    this.#finish = isWhole ? () => this.#end('sent') : () => this.#endAtCut(cut);
    this.#sendWindow =
      answer.bytesPerSecond === Number.POSITIVE_INFINITY
        ? () => this.#send()
        : () => this.#sendWhenDue(answer.bytesPerSecond);
    this.#acknowledged = offer.agreed.size > 0 ? -1 : 0;
  }

  start(): void {
    const { socket, listen, clock, offer } = this.#order;
    socket.on('message', this.#onMessage);
    socket.on('error', (error) => this.#end(`the system says: ${error.message}`));
    socket.bind(0, listen);
    if (this.#over) return;
    this.#startedMs = clock.now();
    this.#timer = clock.setTimeout(this.#onTimer, offer.repeatAfterMs);
    this.#sendNext();
  }

  /** The request came again: if nothing was acknowledged yet, our first answer was lost. */
  again(): void {
    if (this.#isAnswered() && this.#acknowledged <= 0 && this.#lastSent <= this.#order.offer.windowBlocks)
      this.#send();
  }

  /** Whether something is sent that is not acknowledged: no window waits to be due, and not all is over. */
  #isAnswered(): boolean {
    return this.#lastSent > this.#acknowledged;
  }

  /** Ends it from our side, and says so to the phone. */
  abort(why: string): void {
    if (!this.#over) this.#refuse(errorCodes.undefined, why, 'aborted');
  }

  readonly #onMessage = (message: Buffer, from: Sender): void => {
    const { peer, socket } = this.#order;
    const packet = decodePacket(message);
    if (from.port !== peer.port || from.address !== peer.address) {
      if (packet.type !== 'error' && packet.type !== 'malformed')
        socket.send(unknownTransfer, from.port, from.address);
    } else if (packet.type === 'acknowledgement') {
      this.#onAcknowledgement(packet.block);
    } else if (packet.type === 'error') {
      this.#end(`aborted: ERROR ${packet.code} "${packet.message}"`);
    }
  };

  #onAcknowledgement(block: number): void {
    if (this.#over) return;
    if (this.#acknowledged === -1) {
      if (block !== 0) return;
      this.#acknowledged = 0;
      this.#goOn();
      return;
    }
    const ahead = blocksAhead(block, this.#acknowledged & 0xffff);
    if (ahead === 0) this.#rewind();
    if (ahead === 0 || ahead > this.#lastSent - this.#acknowledged) return;
    this.#acknowledged += ahead;
    this.#rewound = false;
    this.#goOn();
  }

  #goOn(): void {
    if (this.#acknowledged === this.#blocks) this.#finish();
    else this.#sendNext();
  }

  /**
   * In a window, the number already acknowledged says that the first block was lost (RFC 7440 section 4);
   * said twice, once.
   */
  #rewind(): void {
    if (this.#order.offer.windowBlocks === 1 || this.#rewound || !this.#isAnswered()) return;
    this.#rewound = true;
    this.#send();
  }

  #sendNext(): void {
    this.#sendings = 0;
    this.#sendWindow();
  }

  /** So that no more bytes than these have left in the time since the start. */
  #sendWhenDue(bytesPerSecond: number): void {
    const { clock, file, offer } = this.#order;
    const endBlock = this.#acknowledged === -1 ? 0 : this.#acknowledged + offer.windowBlocks;
    const endBytes = Math.min(endBlock * offer.blockBytes, file.sizeBytes);
    const dueMs = this.#startedMs + (endBytes * 1_000) / bytesPerSecond;
    this.#repeatAtMs = dueMs + offer.repeatAfterMs;
    if (dueMs - clock.now() < 1) this.#send();
    else this.#dueTimer = clock.setTimeout(() => this.#send(), dueMs - clock.now());
  }

  /** The OACK, or the window after what is acknowledged. */
  #send(): void {
    const { clock, offer } = this.#order;
    this.#sendings++;
    this.#repeatAtMs = clock.now() + offer.repeatAfterMs;
    if (this.#acknowledged === -1) {
      this.#put(encodeAgreement(offer.agreed));
      return;
    }
    this.#lastSent = Math.min(this.#acknowledged + offer.windowBlocks, this.#blocks);
    for (let block = this.#acknowledged + 1; block <= this.#lastSent && !this.#over; block++)
      this.#sendBlock(block);
  }

  #sendBlock(block: number): void {
    const { file, offer } = this.#order;
    const offset = (block - 1) * offer.blockBytes;
    const wantedBytes = Math.min(offer.blockBytes, file.sizeBytes - offset);
    const payload = read(file, offset, wantedBytes);
    if (payload?.length === wantedBytes) this.#put(encodeData(block & 0xffff, payload));
    // A short block would look like the end of the file.
    else
      this.#refuse(errorCodes.undefined, 'the file changed while it was sent', 'aborted: the file changed');
  }

  #put(packet: Buffer): void {
    const { socket, peer } = this.#order;
    socket.send(packet, peer.port, peer.address);
  }

  /** One timer a transfer: it may ring early and is then set to what is left. */
  readonly #onTimer = (): void => {
    const { clock } = this.#order;
    const leftMs = this.#repeatAtMs - clock.now();
    if (leftMs <= 0 && this.#sendings === SENDINGS_MAX) {
      this.#end('timeout');
      return;
    }
    if (leftMs <= 0) this.#send();
    if (!this.#over)
      this.#timer = clock.setTimeout(this.#onTimer, Math.max(1, this.#repeatAtMs - clock.now()));
  };

  /** The last block before a cut is acknowledged. */
  #endAtCut({ how }: Cut): void {
    if (how === 'truncate') this.#refuse(errorCodes.undefined, 'the server goes away', 'aborted');
    else if (how === 'reset') this.#end('aborted');
    else this.#stall();
  }

  #stall(): void {
    const { clock } = this.#order;
    clock.clearTimeout(this.#timer);
    this.#timer = clock.setTimeout(() => this.#end('timeout'), STALLED_MAX_MS);
  }

  #refuse(errorCode: number, message: string, result: string): void {
    const { socket, peer } = this.#order;
    this.#leave(result);
    socket.send(encodeError(errorCode, message), peer.port, peer.address, () => socket.close());
  }

  #end(result: string): void {
    if (this.#over) return;
    this.#leave(result);
    this.#order.socket.close();
  }

  #leave(result: string): void {
    const { clock, file, offer, onEnd } = this.#order;
    this.#over = true;
    clock.clearTimeout(this.#timer);
    clock.clearTimeout(this.#dueTimer);
    onEnd(result, Math.min(Math.max(this.#acknowledged, 0) * offer.blockBytes, file.sizeBytes));
  }
}

const unknownTransfer = encodeError(errorCodes.unknownTransfer, 'unknown transfer identifier');

/** Undefined when the file is gone or unreadable since it was found. */
function read(file: ServedFile, offset: number, length: number): Uint8Array | undefined {
  try {
    return file.read(offset, length);
  } catch {
    return undefined;
  }
}
