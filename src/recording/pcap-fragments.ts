import type { IpFragment, IpPayload } from './pcap-ip.ts';

/** Packets that are put together at a time; the oldest gives way. Our own bound. */
const PENDING_MAX = 1_024;
/** RFC 791: no packet is longer. */
const PACKET_BYTES_MAX = 65_535;
const FRAGMENTS_MAX = 8_192;

interface Pending {
  readonly parts: IpFragment[];
  bytes: number;
}

/** Puts IP fragments together, in whatever order they come. */
export class Fragments {
  readonly #pending = new Map<string, Pending>();
  #lost = 0;

  /** How many packets never became whole. */
  get lost(): number {
    return this.#lost + this.#pending.size;
  }

  /** The whole packet, once this part makes it so. */
  add(part: IpFragment): IpPayload | undefined {
    if (part.offset + part.bytes.length > PACKET_BYTES_MAX) return undefined;
    const pending = this.#pending.get(part.key) ?? { parts: [], bytes: 0 };
    if (pending.parts.length >= FRAGMENTS_MAX) return undefined;
    pending.parts.push(part);
    pending.bytes += part.bytes.length + part.missing;
    this.#pending.set(part.key, pending);
    const whole = joined(pending);
    if (whole !== undefined) this.#pending.delete(part.key);
    else this.#forgetTheOldest();
    return whole;
  }

  #forgetTheOldest(): void {
    if (this.#pending.size <= PENDING_MAX) return;
    const [oldest] = this.#pending.keys();
    if (oldest !== undefined && this.#pending.delete(oldest)) this.#lost += 1;
  }
}

/** Where parts overlap the one that begins first counts. */
function joined({ parts, bytes }: Pending): IpPayload | undefined {
  const last = parts.find((part) => part.last);
  if (last === undefined) return undefined;
  const length = last.offset + last.bytes.length + last.missing;
  if (bytes < length) return undefined;
  const whole = Buffer.alloc(length);
  let end = 0;
  let missing = 0;
  for (const part of parts.toSorted((a, b) => a.offset - b.offset)) {
    if (part.offset > end) return undefined;
    part.bytes.copy(whole, end, Math.min(part.bytes.length, end - part.offset));
    missing += part.missing;
    end = Math.max(end, part.offset + part.bytes.length + part.missing);
  }
  if (end < length) return undefined;
  const { from, to, protocol } = last;
  return { from, to, protocol, bytes: whole, missing };
}
