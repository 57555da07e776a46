import { Buffer } from 'node:buffer';

/** A packet of NTP or SNTP as read; RFC 4330 section 4. Times are ms since 1970, with fractions. */
export interface NtpPacket {
  /** 3: the clock is not synchronised. */
  readonly leap: number;
  readonly version: number;
  readonly mode: number;
  /** As on the wire: 0 is "none" or a kiss-o'-death, 1 to 15 a server. */
  readonly stratum: number;
  readonly referenceId: Buffer;
  /** The eight bytes of the request's transmit time, as the server repeats them. */
  readonly originate: Buffer;
  readonly receivedAtMs: number;
  readonly sentAtMs: number;
  /** Whether the server filled its two times in. */
  readonly timed: boolean;
}

export const NTP_VERSION = 4;
export const MODE_SERVER = 4;
export const LEAP_UNSYNCHRONISED = 3;
export const STRATUM_MAX = 15;

const MODE_CLIENT = 3;
const PACKET_BYTES = 48;
const ORIGINATE = 24;
const RECEIVE = 32;
const TRANSMIT = 40;

/** From 1900 to 1970. */
const EPOCH_S = 2_208_988_800;
const ERA_S = 2 ** 32;
const FRACTIONS_PER_MS = 2 ** 32 / 1_000;

/** A client's question: nothing but version, mode and when it was sent (RFC 4330 section 5). */
export function encodeQuestion(sentAtMs: number): Buffer {
  const packet = Buffer.alloc(PACKET_BYTES);
  packet[0] = (NTP_VERSION << 3) | MODE_CLIENT;
  encodeTime(sentAtMs).copy(packet, TRANSMIT);
  return packet;
}

/** Where a server has to repeat it: in `originate`. */
export function transmitTimeOf(question: Buffer): Buffer {
  return question.subarray(TRANSMIT, TRANSMIT + 8);
}

/** Undefined for what is too short to be one. Extensions behind the 48 bytes are not looked at. */
export function decodeNtp(bytes: Buffer): NtpPacket | undefined {
  if (bytes.length < PACKET_BYTES) return undefined;
  const head = bytes.readUInt8(0);
  return {
    leap: head >> 6,
    version: (head >> 3) & 0b111,
    mode: head & 0b111,
    stratum: bytes.readUInt8(1),
    referenceId: bytes.subarray(12, 16),
    originate: bytes.subarray(ORIGINATE, ORIGINATE + 8),
    receivedAtMs: decodeTime(bytes, RECEIVE),
    sentAtMs: decodeTime(bytes, TRANSMIT),
    timed: !isZero(bytes, RECEIVE) && !isZero(bytes, TRANSMIT),
  };
}

/** Eight bytes: seconds of the era, and 2^-32 of them. */
function encodeTime(ms: number): Buffer {
  const seconds = Math.floor(ms / 1_000);
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32BE((seconds + EPOCH_S) % ERA_S, 0);
  bytes.writeUInt32BE(Math.floor((ms - seconds * 1_000) * FRACTIONS_PER_MS), 4);
  return bytes;
}

/**
 * RFC 4330 section 3: with the first bit set a time is of 1968 to 2036, without it of 2036 to 2104. A phone
 * has no clock of its own by which to tell eras apart.
 */
function decodeTime(bytes: Buffer, offset: number): number {
  const seconds = bytes.readUInt32BE(offset);
  const era = seconds >= 2 ** 31 ? 0 : ERA_S;
  return (seconds + era - EPOCH_S) * 1_000 + bytes.readUInt32BE(offset + 4) / FRACTIONS_PER_MS;
}

function isZero(bytes: Buffer, offset: number): boolean {
  return bytes.readBigUInt64BE(offset) === 0n;
}
