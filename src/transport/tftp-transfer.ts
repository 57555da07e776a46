import type { Clock } from '../clock/clock.ts';
import type { ConnectionEnd, TransferCode } from '../events/transfer-code.ts';
import { ChunkQueue, type ChunkSource } from './chunk-queue.ts';
import { isLocalLimit } from './local-limit.ts';
import { BlockOrder } from './tftp-block-order.ts';
import { codeOfError, codeOfSystemError, nameOfSystemError } from './tftp-failure.ts';
import type { Lingerers } from './tftp-linger.ts';
import { type Agreement, agree, plainAgreement } from './tftp-options.ts';
import {
  encodeAcknowledgement,
  encodeReadRequest,
  errorCodes,
  type TftpOptions,
  type TftpPacket,
} from './tftp-packet.ts';
import { Patience, type PatienceListener, WAITS_MS } from './tftp-patience.ts';
import type { RefusalWatch } from './tftp-refusal.ts';
import { TftpWire, type WireListener } from './tftp-wire.ts';
import { type FileRequest, TransportError } from './transport.ts';
import type { ResolvedHost, UdpSocket } from './udp-socket.ts';

/** What all transfers of a transport share. */
export interface TransferSurroundings {
  readonly clock: Clock;
  /** Asked for in every request; empty: RFC 1350 alone. */
  readonly options: TftpOptions;
  openSocket(family: 4 | 6): UdpSocket;
  /** Answers at once for a numeric address. */
  resolve(server: FileRequest, answer: (error: Error | null, host?: ResolvedHost) => void): void;
  readonly refusals: RefusalWatch;
  readonly lingerers: Lingerers;
}

/**
 * One file on its way, from one socket:
 *
 *   requesting --(DATA 1 or OACK)--> receiving --(a block shorter than the others)--> complete
 *        `----------------------------------'------(anything else)------------------> failed
 *
 * A silence repeats what was sent last. Begins when the first chunk is asked for.
 */
export class TftpTransfer implements ChunkSource, PatienceListener, WireListener {
  readonly chunks = new ChunkQueue(this);
  readonly #request: FileRequest;
  readonly #signal: AbortSignal;
  readonly #around: TransferSurroundings;
  #phase: 'requesting' | 'receiving' | 'complete' | 'failed' = 'requesting';
  #requestPacket: Buffer | undefined;
  #server: ResolvedHost | undefined;
  #wire: TftpWire | undefined;
  #patience: Patience | undefined;
  #stopAskingForRefusal: (() => void) | undefined;
  #releaseClock: (() => void) | undefined;

  #agreement: Agreement = plainAgreement;
  #order = new BlockOrder(1);
  #receivedBytes = 0;
  #readerIsSlow: boolean = false;
  #lateAnswers = 0;
  /** The one packet sent for every block, with the number written over. */
  readonly #acknowledgement = encodeAcknowledgement(0);

  constructor(request: FileRequest, signal: AbortSignal, around: TransferSurroundings) {
    this.#request = request;
    this.#signal = signal;
    this.#around = around;
  }

  start(): void {
    const { clock, options } = this.#around;
    const { path, limits } = this.#request;
    const packet = encodeReadRequest(path, options);
    if (this.#signal.aborted) {
      this.#fail('ABORTED', 'ended before it began', { cause: this.#signal.reason });
    } else if (typeof packet === 'string') {
      this.#fail('PROTOCOL', packet);
    } else {
      this.#requestPacket = packet;
      this.#releaseClock = clock.hold();
      this.#signal.addEventListener('abort', this.#onAbort);
      this.#patience = new Patience(clock, limits.totalMs, this);
      this.#around.resolve(this.#request, this.#onResolved);
      if (!this.#server) this.#patience.rest();
    }
  }

  /** The reader has caught up. */
  resume(): void {
    if (!this.#readerIsSlow) return;
    this.#readerIsSlow = false;
    this.#acknowledge();
  }

  /** The reader has gone. */
  abandon(): void {
    this.#leave('failed');
    this.#wire?.closeWith(errorCodes.undefined, 'no longer wanted');
  }

  readonly #onResolved = (error: Error | null, server?: ResolvedHost): void => {
    if (this.#phase === 'failed') return;
    if (!server) {
      if (error && isLocalLimit(error)) this.onSystemError(error);
      else this.#fail('UNREACHABLE', `unknown host ${this.#request.host}`, { cause: error });
      return;
    }
    const { openSocket } = this.#around;
    this.#server = server;
    this.#wire = new TftpWire({ server, requestPort: this.#request.port, openSocket, listener: this });
    this.#patience?.listen();
    this.#wire.open(this.#request.localAddress);
    if (this.#isUnderWay()) this.#sendRequest();
  };

  #sendRequest(): void {
    if (this.#requestPacket) this.#wire?.sendRequest(this.#requestPacket);
  }

  onPacket(packet: TftpPacket): void {
    if (this.#phase === 'complete') this.#onLatePacket(packet);
    if (!this.#isUnderWay()) return;
    // Anything else is nothing a server sends; it may yet send something better.
    if (packet.type === 'data') this.#onData(packet.block, packet.payload);
    else if (packet.type === 'agreement') this.#onAgreement(packet.options);
    else if (packet.type === 'error') this.#onError(packet.code, packet.message);
  }

  #onData(block: number, payload: Uint8Array): void {
    if (!this.#order.isNext(block)) {
      if (this.#order.showsNewGap(block)) this.#sendAcknowledgement();
      return;
    }
    if (this.#phase === 'requesting') this.#open(plainAgreement);
    if (!this.#isUnderWay()) return;
    const { blockBytes } = this.#agreement;
    if (payload.length > blockBytes) {
      const detail = `a block of ${payload.length} bytes; expected at most ${blockBytes}`;
      this.#fail('PROTOCOL', detail, { tell: errorCodes.illegalOperation });
      return;
    }
    this.#receivedBytes += payload.length;
    if (this.#receivedBytes > this.#request.limits.sizeBytes) {
      this.#failTooLarge();
      return;
    }
    const windowIsComplete = this.#order.take();
    if (payload.length > 0) this.chunks.push(payload);
    if (payload.length < blockBytes) this.#complete();
    else if (!windowIsComplete) this.#patience?.listen();
    else if (this.chunks.full) this.#waitForReader();
    else this.#acknowledge();
  }

  #onAgreement(offered: TftpOptions): void {
    if (this.#phase !== 'requesting') return;
    const agreement = agree(this.#around.options, offered);
    if (typeof agreement === 'string') {
      this.#fail('PROTOCOL', `OACK refused: ${agreement}`, { tell: errorCodes.optionRefused });
      return;
    }
    this.#open(agreement);
    if ((agreement.sizeBytes ?? 0) > this.#request.limits.sizeBytes) this.#failTooLarge();
    else if (this.#isUnderWay()) this.#acknowledge();
  }

  /** Asked again after each word to the listener: it may have ended the transfer there and then. */
  #isUnderWay(): boolean {
    return this.#phase === 'requesting' || this.#phase === 'receiving';
  }

  #open(agreement: Agreement): void {
    const { sizeBytes } = agreement;
    this.#phase = 'receiving';
    this.#agreement = agreement;
    this.#order = new BlockOrder(agreement.windowBlocks);
    this.#stopAskingForRefusal?.();
    this.#request.onEvent?.({ type: 'opened', ...(sizeBytes !== undefined && { sizeBytes }) });
  }

  #onError(code: number, message: string): void {
    this.#fail(codeOfError(code, this.#receivedBytes), `ERROR ${code} "${message}"`);
  }

  #waitForReader(): void {
    this.#readerIsSlow = true;
    this.#patience?.rest();
  }

  #acknowledge(): void {
    this.#patience?.listen();
    this.#sendAcknowledgement();
  }

  /** Of the last block received in order; of the OACK, when there is none. */
  #sendAcknowledgement(sent?: () => void): void {
    this.#order.acknowledged();
    this.#acknowledgement.writeUInt16BE(this.#order.last, 2);
    this.#wire?.send(this.#acknowledgement, sent);
  }

  #complete(): void {
    const { sizeBytes } = this.#agreement;
    if (sizeBytes !== undefined && this.#receivedBytes < sizeBytes) {
      const detail = `${this.#receivedBytes} bytes came of ${sizeBytes} announced`;
      this.#fail('TRUNCATED', detail, { tell: errorCodes.undefined });
      return;
    }
    this.#leave('complete');
    this.#sendAcknowledgement(() => this.#wire?.linger(this.#around.lingerers));
    this.chunks.end();
  }

  /** The last block once more: our last acknowledgement was lost. */
  #onLatePacket(packet: TftpPacket): void {
    if (packet.type !== 'data' || packet.block !== this.#order.last) return;
    if (++this.#lateAnswers < WAITS_MS.length) this.#sendAcknowledgement();
  }

  onSilence(waitedMs: number): void {
    const what = this.#phase === 'requesting' ? 'request' : 'acknowledgement';
    this.#request.onEvent?.({ type: 'repeated', what, why: `no answer for ${waitedMs / 1000} s` });
    if (!this.#isUnderWay()) return;
    if (what === 'acknowledgement') {
      this.#sendAcknowledgement();
    } else {
      this.#sendRequest();
      this.#askForRefusal();
    }
  }

  /** Assumed: a phone learns that a port is closed and gives up at once, not after 31 s. */
  #askForRefusal(): void {
    if (!this.#server || this.#stopAskingForRefusal) return;
    const { port } = this.#request;
    this.#stopAskingForRefusal = this.#around.refusals.ask(this.#server, port, () =>
      this.#fail('UNREACHABLE', `connection refused: nothing listens on UDP port ${port}`, {
        connection: 'refused',
      }),
    );
  }

  onSilencesUsedUp(): void {
    const what =
      this.#phase === 'requesting' ? 'the request' : `the acknowledgement at byte ${this.#receivedBytes}`;
    this.#fail('TIMEOUT', `no answer to ${what}, sent ${WAITS_MS.length} times`, {
      tell: errorCodes.undefined,
    });
  }

  onTimeUp(): void {
    const detail = `${this.#receivedBytes} bytes came within the limit of ${this.#request.limits.totalMs / 1000} s`;
    this.#fail('TIMEOUT', detail, { tell: errorCodes.undefined, connection: 'out-of-time' });
  }

  onSystemError(cause: Error): void {
    this.#fail(codeOfSystemError(cause), `the system says ${nameOfSystemError(cause)}`, { cause });
  }

  readonly #onAbort = (): void => {
    this.#fail('ABORTED', 'ended by the phone', { tell: errorCodes.undefined, cause: this.#signal.reason });
  };

  #failTooLarge(): void {
    const { sizeBytes } = this.#request.limits;
    this.#fail('TOO_LARGE', `more than ${sizeBytes} bytes`, { tell: errorCodes.diskFull });
  }

  /** `tell`: the ERROR with which the server learns of it, if it does not know. */
  #fail(
    code: TransferCode,
    detail: string,
    {
      tell,
      ...options
    }: { readonly tell?: number; readonly cause?: unknown; readonly connection?: ConnectionEnd } = {},
  ): void {
    if (!this.#isUnderWay()) return;
    this.#leave('failed');
    if (tell === undefined) this.#wire?.close();
    else this.#wire?.closeWith(tell, detail);
    this.chunks.fail(new TransportError(code, this.#request, detail, options));
  }

  /** Ends all that runs beside the socket. */
  #leave(phase: 'complete' | 'failed'): void {
    this.#phase = phase;
    this.#patience?.end();
    this.#signal.removeEventListener('abort', this.#onAbort);
    this.#stopAskingForRefusal?.();
    this.#releaseClock?.();
  }
}
