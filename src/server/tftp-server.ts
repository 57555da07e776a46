import type { Socket } from 'node:dgram';
import type { Clock, Timer } from '../clock/clock.ts';
import { decodePacket, encodeError, errorCodes, type TftpOptions } from '../transport/tftp-packet.ts';
import type { Sender } from '../transport/udp-socket.ts';
import { type Answer, answerFrom, byDatagram, notFound, refusalIn } from './answer.ts';
import type { FileStore } from './file-store.ts';
import { faultless } from './phone-faults.ts';
import { textOfTftpError } from './refusal-texts.ts';
import { onPurpose, type RunningServer, type ServedRequestListener } from './served-request.ts';
import type { ServerFaults } from './server-faults.ts';
import { offerFor } from './tftp-offer.ts';
import { TftpSending } from './tftp-sending.ts';
import { openTftpSocket, textOfSender } from './tftp-socket.ts';

interface TftpServerOptions {
  readonly store: FileStore;
  readonly clock: Clock;
  /**
   * Numeric address, IPv4 or IPv6. With 0.0.0.0 the system chooses from which of its addresses a file comes.
   */
  readonly listen: string;
  /** 0: any free one. */
  readonly port: number;
  readonly onRequest?: ServedRequestListener;
  /** What goes wrong on purpose; nothing if not given. */
  readonly faults?: ServerFaults;
}

/** A read request and what it gets. */
interface Read {
  readonly path: string;
  readonly asked: TftpOptions;
  readonly peer: Sender;
  /** Its address and port, by which its transfer is found. */
  readonly key: string;
  readonly answer: Answer;
  readonly heardAt: number;
}

/**
 * Serves a tree for reading over TFTP: octet mode, options of RFC 2348, 2349 and 7440. Rejects when the port
 * cannot be had.
 */
export function startTftpServer(options: TftpServerOptions): Promise<RunningServer> {
  return new TftpServer(options).start();
}

class TftpServer {
  readonly #options: TftpServerOptions;
  readonly #faults: ServerFaults;
  readonly #socket: Socket;
  /** Running, by the phone's address and port. */
  readonly #sendings = new Map<string, { readonly path: string; readonly sending: TftpSending }>();
  /** Requests whose answer is not due yet, by the phone's address and port. */
  readonly #waiting = new Map<string, { readonly dueMs: number; readonly timer: Timer }>();
  readonly #sockets = new Set<Socket>();

  constructor(options: TftpServerOptions) {
    this.#options = options;
    this.#faults = options.faults ?? faultless;
    this.#socket = openTftpSocket(options.listen);
  }

  start(): Promise<RunningServer> {
    return new Promise((resolve, reject) => {
      this.#socket.once('error', reject);
      this.#socket.bind(this.#options.port, this.#options.listen, () => {
        this.#socket.off('error', reject);
        // What the system says later is about one answer that could not be sent; the phone will ask again.
        this.#socket.on('error', () => {});
        this.#socket.on('message', this.#onMessage);
        resolve({ port: this.#socket.address().port, close: () => this.#close() });
      });
    });
  }

  readonly #onMessage = (message: Buffer, peer: Sender): void => {
    const packet = decodePacket(message);
    switch (packet.type) {
      case 'read':
        this.#onRead(packet.path, packet.mode, packet.options, peer);
        break;
      case 'write':
        this.#refuse({
          peer,
          path: packet.path,
          code: errorCodes.accessDenied,
          why: 'this server takes no files',
        });
        break;
      case 'error':
        break;
      default:
        this.#answerError(peer, errorCodes.illegalOperation, 'expected a read request');
    }
  };

  #onRead(path: string, mode: string, asked: TftpOptions, peer: Sender): void {
    const key = textOfSender(peer);
    const running = this.#sendings.get(key);
    if (running?.path === path) {
      running.sending.again();
      return;
    }
    running?.sending.abort('another file was asked for from the same port');
    if (mode !== 'octet') {
      const why = `mode ${mode.slice(0, 20)} is not served, only octet`;
      this.#refuse({ peer, path, code: errorCodes.undefined, why });
      return;
    }
    const { store, clock } = this.#options;
    const heard = { protocol: 'tftp', path, address: peer.address } as const;
    const read: Read = {
      path,
      asked,
      peer,
      key,
      answer: byDatagram(this.#faults.alter(heard, answerFrom(store, path))),
      heardAt: clock.now(),
    };
    if (read.answer.latencyMs === 0) this.#answer(read);
    else this.#withhold(read);
  }

  /** A request that is repeated meanwhile is one more, and the first answer to any of them counts. */
  #withhold(read: Read): void {
    const { clock } = this.#options;
    const { latencyMs } = read.answer;
    if (latencyMs === Number.POSITIVE_INFINITY) {
      this.#tell(read, 'no answer', 0);
      return;
    }
    const { key } = read;
    const dueMs = read.heardAt + latencyMs;
    const waiting = this.#waiting.get(key);
    if (waiting !== undefined && waiting.dueMs <= dueMs) return;
    clock.clearTimeout(waiting?.timer);
    const timer = clock.setTimeout(() => this.#answer(read), latencyMs);
    this.#waiting.set(key, { dueMs, timer });
  }

  #answer(read: Read): void {
    const { path, asked, peer, key, answer } = read;
    const { clock, listen } = this.#options;
    clock.clearTimeout(this.#waiting.get(key)?.timer);
    this.#waiting.delete(key);
    const refusal = refusalIn(answer);
    if (refusal !== undefined || answer.file === undefined) {
      const { tftp } = refusal ?? notFound;
      this.#answerError(peer, tftp, textOfTftpError(tftp));
      this.#tell(read, `ERROR ${tftp}`, 0);
      return;
    }
    const { file } = answer;
    const socket = this.#openTransferSocket(listen);
    const onEnd = (result: string, bytes: number) => {
      this.#sendings.delete(key);
      this.#tell(read, result, bytes);
    };
    const offer = offerFor(asked, file.sizeBytes);
    const sending = new TftpSending({ file, answer, offer, peer, socket, listen, clock, onEnd });
    this.#sendings.set(key, { path, sending });
    sending.start();
  }

  #openTransferSocket(listen: string): Socket {
    const socket = openTftpSocket(listen);
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    return socket;
  }

  #refuse(refusal: {
    readonly peer: Sender;
    readonly path: string;
    readonly code: number;
    readonly why: string;
  }): void {
    const { peer, path, code, why } = refusal;
    this.#answerError(peer, code, why);
    this.#options.onRequest?.({
      protocol: 'tftp',
      peer: textOfSender(peer),
      path,
      result: `ERROR ${code}`,
      bytes: 0,
      ms: 0,
    });
  }

  /** From the listening port: RFC 1350 lets an ERROR in answer to a request come from any. */
  #answerError(peer: Sender, code: number, message: string): void {
    this.#socket.send(encodeError(code, message), peer.port, peer.address);
  }

  #tell({ key, path, answer, heardAt }: Read, result: string, bytes: number): void {
    const { clock, onRequest } = this.#options;
    onRequest?.({
      protocol: 'tftp',
      peer: key,
      path,
      result,
      bytes,
      ms: clock.now() - heardAt,
      ...onPurpose(answer),
    });
  }

  async #close(): Promise<void> {
    for (const { timer } of this.#waiting.values()) this.#options.clock.clearTimeout(timer);
    for (const { sending } of this.#sendings.values()) sending.abort('the server is going down');
    const closed = [this.#socket, ...this.#sockets].map(
      (socket) => new Promise<void>((resolve) => socket.once('close', resolve)),
    );
    this.#socket.close();
    await Promise.all(closed);
  }
}
