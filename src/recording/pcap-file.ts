import type { CaptureNotes } from './pcap-notes.ts';
import { type CapturedPacket, PACKET_BYTES_MAX, PACKETS_MAX } from './pcap-packet.ts';
import { isPcapng, readPcapng } from './pcapng-file.ts';

/** How a classic file was written: its first four bytes, draft-ietf-opsawg-pcap. */
interface Writing {
  readonly endian: 'big' | 'little';
  readonly ticksPerMs: number;
}

const magics: ReadonlyMap<number, Writing> = new Map([
  [0xa1b2c3d4, { endian: 'big', ticksPerMs: 1_000 }],
  [0xd4c3b2a1, { endian: 'little', ticksPerMs: 1_000 }],
  [0xa1b23c4d, { endian: 'big', ticksPerMs: 1_000_000 }],
  [0x4d3cb2a1, { endian: 'little', ticksPerMs: 1_000_000 }],
]);

const FILE_HEADER_BYTES = 24;
const PACKET_HEADER_BYTES = 16;
/** The upper bits of the link type say how long the frame check sequence is. */
const LINK_MASK = 0x0fff_ffff;

/** Whether these bytes begin as a capture does: classic pcap in either byte order, or pcapng. */
export function isCapture(bytes: Buffer): boolean {
  return isPcapng(bytes) || writingOf(bytes) !== undefined;
}

/** The packets of a capture, in the order of the file. Never throws; what cannot be read is noted. */
export function* readPackets(bytes: Buffer, notes: CaptureNotes): Generator<CapturedPacket, void, undefined> {
  let count = 0;
  for (const packet of isPcapng(bytes) ? readPcapng(bytes, notes) : readClassic(bytes, notes)) {
    if (++count > PACKETS_MAX) {
      notes.tell('LIMIT', count, `only the first ${PACKETS_MAX} packets are read`);
      return;
    }
    if (packet.missing > 0) {
      const whole = packet.bytes.length + packet.missing;
      notes.tell(
        'CUT_OFF_PACKETS',
        count,
        `${packet.bytes.length} of ${whole} bytes were captured; expected whole packets, as tcpdump -s 0 keeps them`,
      );
    }
    yield packet;
  }
}

function writingOf(bytes: Buffer): Writing | undefined {
  return bytes.length < FILE_HEADER_BYTES ? undefined : magics.get(bytes.readUInt32BE(0));
}

function* readClassic(bytes: Buffer, notes: CaptureNotes): Generator<CapturedPacket, void, undefined> {
  const writing = writingOf(bytes);
  if (writing === undefined) return;
  const word = (offset: number) =>
    writing.endian === 'big' ? bytes.readUInt32BE(offset) : bytes.readUInt32LE(offset);
  const link = word(20) & LINK_MASK;
  let offset = FILE_HEADER_BYTES;
  for (let number = 1; offset < bytes.length; number++) {
    const begin = offset + PACKET_HEADER_BYTES;
    const length = begin <= bytes.length ? word(offset + 8) : Number.POSITIVE_INFINITY;
    if (begin + length > bytes.length || length > PACKET_BYTES_MAX) {
      notes.tell('CUT_OFF_FILE', number, `the file ends, or is damaged, within packet ${number}`);
      return;
    }
    yield {
      number,
      atMs: word(offset) * 1_000 + word(offset + 4) / writing.ticksPerMs,
      link,
      bytes: bytes.subarray(begin, begin + length),
      missing: Math.max(0, word(offset + 12) - length),
    };
    offset = begin + length;
  }
}
