import type { CaptureNotes } from './pcap-notes.ts';
import { type CapturedPacket, PACKET_BYTES_MAX } from './pcap-packet.ts';

// The newer form of captures, draft-ietf-opsawg-pcapng: blocks, each with its length before and behind.

const SECTION_HEADER = 0x0a0d0d0a;
const INTERFACE = 1;
const OBSOLETE_PACKET = 2;
const SIMPLE_PACKET = 3;
const ENHANCED_PACKET = 6;

const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
const BLOCK_BYTES_MIN = 12;
const OPTION_END = 0;
const OPTION_TIME_RESOLUTION = 9;
const OPTION_TIME_OFFSET = 14;
/** Of one section. Our own bound. */
const INTERFACES_MAX = 1_024;

interface Interface {
  readonly link: number;
  readonly snapshotBytes: number;
  readonly ticksPerMs: number;
  readonly offsetMs: number;
}

type Endian = 'big' | 'little';

export function isPcapng(bytes: Buffer): boolean {
  return bytes.length >= BLOCK_BYTES_MIN && bytes.readUInt32BE(0) === SECTION_HEADER;
}

/** The packets of all sections and interfaces. Never throws. */
export function* readPcapng(bytes: Buffer, notes: CaptureNotes): Generator<CapturedPacket, void, undefined> {
  let endian: Endian = 'little';
  let interfaces: Interface[] = [];
  let number = 0;
  let lastMs = 0;
  let offset = 0;
  while (offset < bytes.length) {
    const type = offset + BLOCK_BYTES_MIN <= bytes.length ? u32(bytes, offset, endian) : undefined;
    if (type === SECTION_HEADER) {
      endian = endianAt(bytes, offset + 8) ?? endian;
      interfaces = [];
    }
    const length = type === undefined ? 0 : u32(bytes, offset + 4, endian);
    if (length < BLOCK_BYTES_MIN || length % 4 !== 0 || offset + length > bytes.length) {
      notes.tell('CUT_OFF_FILE', number + 1, `the file ends, or is damaged, behind packet ${number}`);
      return;
    }
    const body = bytes.subarray(offset + 8, offset + length - 4);
    if (type === INTERFACE && interfaces.length < INTERFACES_MAX) interfaces.push(interfaceOf(body, endian));
    const held = packetIn(type, body, { endian, interfaces, lastMs });
    if (held !== undefined) {
      number += 1;
      lastMs = held.atMs;
      yield { number, ...held };
    }
    offset += length;
  }
}

interface Section {
  readonly endian: Endian;
  readonly interfaces: readonly Interface[];
  /** A simple packet tells no time: it has that of the one before. */
  readonly lastMs: number;
}

function packetIn(
  type: number | undefined,
  body: Buffer,
  { endian, interfaces, lastMs }: Section,
): Omit<CapturedPacket, 'number'> | undefined {
  if (type === SIMPLE_PACKET && body.length >= 4) {
    const from = interfaces[0];
    const wireBytes = u32(body, 0, endian);
    const length = Math.min(wireBytes, from?.snapshotBytes || wireBytes);
    return from && packetOf(body.subarray(4), { length, wireBytes, link: from.link, atMs: lastMs });
  }
  const known = type === ENHANCED_PACKET || type === OBSOLETE_PACKET;
  if (!known || body.length < 20) return undefined;
  const from = interfaces[type === ENHANCED_PACKET ? u32(body, 0, endian) : u16(body, 0, endian)];
  if (from === undefined) return undefined;
  const ticks = u32(body, 4, endian) * 2 ** 32 + u32(body, 8, endian);
  const [length, wireBytes] = [u32(body, 12, endian), u32(body, 16, endian)];
  const atMs = ticks / from.ticksPerMs + from.offsetMs;
  return packetOf(body.subarray(20), { length, wireBytes, link: from.link, atMs });
}

function packetOf(
  data: Buffer,
  {
    length,
    wireBytes,
    link,
    atMs,
  }: {
    readonly length: number;
    readonly wireBytes: number;
    readonly link: number;
    readonly atMs: number;
  },
): Omit<CapturedPacket, 'number'> | undefined {
  if (length > data.length || length > PACKET_BYTES_MAX) return undefined;
  return { atMs, link, bytes: data.subarray(0, length), missing: Math.max(0, wireBytes - length) };
}

function interfaceOf(body: Buffer, endian: Endian): Interface {
  if (body.length < 8) return { link: -1, snapshotBytes: 0, ticksPerMs: 1_000, offsetMs: 0 };
  let ticksPerMs = 1_000;
  let offsetMs = 0;
  for (const { code, value } of optionsIn(body.subarray(8), endian)) {
    if (code === OPTION_TIME_RESOLUTION && value.length === 1) ticksPerMs = resolutionOf(value.readUInt8(0));
    if (code === OPTION_TIME_OFFSET && value.length === 8) {
      const seconds = endian === 'big' ? value.readBigInt64BE(0) : value.readBigInt64LE(0);
      offsetMs = Number(seconds) * 1_000;
    }
  }
  return { link: u16(body, 0, endian), snapshotBytes: u32(body, 4, endian), ticksPerMs, offsetMs };
}

/** The highest bit says whether the rest is a power of two or of ten. */
function resolutionOf(value: number): number {
  const exponent = value & 0x7f;
  return (value & 0x80 ? 2 ** exponent : 10 ** exponent) / 1_000;
}

function* optionsIn(bytes: Buffer, endian: Endian): Generator<{ code: number; value: Buffer }> {
  for (let offset = 0; offset + 4 <= bytes.length; ) {
    const [code, length] = [u16(bytes, offset, endian), u16(bytes, offset + 2, endian)];
    if (code === OPTION_END || offset + 4 + length > bytes.length) return;
    yield { code, value: bytes.subarray(offset + 4, offset + 4 + length) };
    offset += 4 + length + ((4 - (length % 4)) % 4);
  }
}

function endianAt(bytes: Buffer, offset: number): Endian | undefined {
  if (bytes.readUInt32BE(offset) === BYTE_ORDER_MAGIC) return 'big';
  return bytes.readUInt32LE(offset) === BYTE_ORDER_MAGIC ? 'little' : undefined;
}

function u16(bytes: Buffer, offset: number, endian: Endian): number {
  return endian === 'big' ? bytes.readUInt16BE(offset) : bytes.readUInt16LE(offset);
}

function u32(bytes: Buffer, offset: number, endian: Endian): number {
  return endian === 'big' ? bytes.readUInt32BE(offset) : bytes.readUInt32LE(offset);
}
