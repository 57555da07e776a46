import { codeOfError } from '../transport/tftp-failure.ts';
import {
  BLOCK_BYTES,
  BLOCK_BYTES_MAX,
  BLOCK_BYTES_MIN,
  blockAfter,
  decodePacket,
  type TftpOptions,
} from '../transport/tftp-packet.ts';
import { BODY_BYTES_MAX, type SeenFile } from './capture-seen.ts';
import type { Datagram } from './pcap-traffic.ts';

/** One TFTP read as a wire saw it. */
export interface SeenTftp extends SeenFile {
  readonly protocol: 'tftp';
  /** Of the phone's end. */
  readonly port: number;
  readonly mode: string;
  readonly options: TftpOptions;
  /** What the server agreed to; undefined: it sent no OACK. */
  readonly agreed?: TftpOptions;
  /** Between an acknowledgement and the same once more, for which nothing had come: by block, in order. */
  readonly silencesMs: readonly (readonly number[])[];
}

const modes = ['octet', 'netascii', 'mail'];
/** Of one capture. Our own bound. */
const TRANSFERS_MAX = 200_000;
/** A client's port that was silent for so long is another transfer's. */
const SAME_REQUEST_MS = 120_000;

/** The TFTP reads among datagrams, in the order in which they were first asked for. */
export function seenTftp(datagrams: readonly Datagram[]): readonly SeenTftp[] {
  const running = new Map<string, Transfer>();
  const all: Transfer[] = [];
  for (const datagram of datagrams) {
    const { from, to, atMs } = datagram;
    const asked = requestIn(datagram);
    if (asked !== undefined) {
      const key = `${from.address} ${from.port}`;
      const known = running.get(key);
      if (known?.isAskedAgainBy(asked.path, atMs)) {
        known.askedAgain(atMs);
      } else if (all.length < TRANSFERS_MAX) {
        const transfer = new Transfer(datagram, asked);
        running.set(key, transfer);
        all.push(transfer);
      }
      continue;
    }
    running.get(`${to.address} ${to.port}`)?.fromServer(datagram);
    running.get(`${from.address} ${from.port}`)?.fromPhone(datagram);
  }
  return all.map((transfer) => transfer.end());
}

interface Asked {
  readonly path: string;
  readonly mode: string;
  readonly options: TftpOptions;
}

/** A read request goes to port 69, or to any other where only one is meant: mode and NULs are in place. */
function requestIn({ bytes, missing }: Datagram): Asked | undefined {
  if (missing > 0 || bytes.length < 4 || bytes.readUInt16BE(0) !== 1) return undefined;
  const packet = decodePacket(bytes);
  if (packet.type !== 'read' || !modes.includes(packet.mode) || /\p{Cc}/u.test(packet.path)) return undefined;
  return packet;
}

class Transfer {
  readonly #first: Datagram;
  readonly #asked: Asked;
  readonly #attemptsMs: number[];
  readonly #blocks: Buffer[] = [];
  readonly #silences: number[][] = [];
  #agreed: TftpOptions | undefined;
  #blockBytes = BLOCK_BYTES;
  #serverPort: number | undefined;
  #expected = 1;
  #bytes = 0;
  #whole: boolean = true;
  #result: SeenFile['result'] = 'unknown';
  #endedMs: number;
  #lastAck: { readonly block: number; readonly atMs: number } | undefined;
  #heardSinceAck = false;

  constructor(first: Datagram, asked: Asked) {
    this.#first = first;
    this.#asked = asked;
    this.#attemptsMs = [first.atMs];
    this.#endedMs = first.atMs;
  }

  isAskedAgainBy(path: string, atMs: number): boolean {
    const last = this.#attemptsMs.at(-1) ?? 0;
    return path === this.#asked.path && this.#serverPort === undefined && atMs - last < SAME_REQUEST_MS;
  }

  askedAgain(atMs: number): void {
    this.#attemptsMs.push(atMs);
    this.#endedMs = atMs;
  }

  fromServer({ from, bytes, missing, atMs }: Datagram): void {
    if (from.address !== this.#first.to.address || this.#result !== 'unknown') return;
    const packet = decodePacket(bytes);
    if (packet.type === 'malformed') return;
    this.#serverPort ??= from.port;
    if (from.port !== this.#serverPort) return;
    this.#heardSinceAck = true;
    this.#endedMs = atMs;
    if (packet.type === 'agreement') this.#agree(packet.options);
    else if (packet.type === 'error') this.#result = codeOfError(packet.code, this.#bytes);
    else if (packet.type === 'data' && packet.block === this.#expected) this.#take(packet.payload, missing);
  }

  fromPhone({ to, bytes, atMs }: Datagram): void {
    if (to.address !== this.#first.to.address || to.port !== this.#serverPort) return;
    const packet = decodePacket(bytes);
    if (packet.type === 'error' && this.#result === 'unknown') this.#result = 'ABORTED';
    if (packet.type !== 'acknowledgement') return;
    const last = this.#lastAck;
    if (last?.block === packet.block && !this.#heardSinceAck) {
      this.#silences.at(-1)?.push(atMs - last.atMs);
    } else {
      this.#silences.push([]);
    }
    this.#lastAck = { block: packet.block, atMs };
    this.#heardSinceAck = false;
  }

  #agree(options: TftpOptions): void {
    this.#agreed ??= options;
    const bytes = Number(options.get('blksize'));
    if (bytes >= BLOCK_BYTES_MIN && bytes <= BLOCK_BYTES_MAX) this.#blockBytes = bytes;
  }

  #take(payload: Uint8Array, missing: number): void {
    this.#expected = blockAfter(this.#expected);
    this.#bytes += payload.length + missing;
    if (missing > 0 || this.#bytes > BODY_BYTES_MAX) this.#whole = false;
    if (this.#whole) this.#blocks.push(Buffer.from(payload));
    if (payload.length + missing < this.#blockBytes) this.#result = 'ok';
  }

  end(): SeenTftp {
    const { from, to, atMs, packet } = this.#first;
    const { path, mode, options } = this.#asked;
    const silencesMs = this.#silences.filter((silences) => silences.length > 0);
    return {
      protocol: 'tftp',
      atMs,
      packet,
      address: from.address,
      server: to.address,
      port: from.port,
      file: path,
      mode,
      options,
      result: this.#result === 'unknown' && this.#serverPort === undefined ? 'TIMEOUT' : this.#result,
      bytes: this.#bytes,
      ms: this.#endedMs - atMs,
      attempts: this.#attemptsMs.length,
      pausesMs: this.#attemptsMs.slice(1).map((at, index) => at - (this.#attemptsMs[index] ?? at)),
      silencesMs,
      ...(this.#agreed !== undefined && { agreed: this.#agreed }),
      ...(this.#result === 'ok' && this.#whole && { body: Buffer.concat(this.#blocks) }),
    };
  }
}
