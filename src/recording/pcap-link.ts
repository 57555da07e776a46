/** What a frame carries: an IP packet, and whose it is when the link says so. */
export interface Frame {
  readonly packet: Buffer;
  /** Of the sender, twelve hex digits in capitals. */
  readonly mac?: string;
}

/** `unknown-link`: nobody here reads that kind of network; `not-ip`: ARP, spanning tree and their like. */
export type FrameReading = Frame | 'unknown-link' | 'not-ip' | 'too-short';

const IPV4 = 0x0800;
const IPV6 = 0x86dd;
/** 802.1Q, 802.1ad, and what was used for it before. */
const vlanTags = [0x8100, 0x88a8, 0x9100];
const VLAN_TAGS_MAX = 4;
/** AF_INET, and AF_INET6 of Linux, NetBSD, FreeBSD and macOS. */
const familiesOfIp = [2, 10, 24, 28, 30];

/** The readers by LINKTYPE_ number (https://www.tcpdump.org/linktypes.html). */
const links: ReadonlyMap<number, (bytes: Buffer) => FrameReading> = new Map([
  [0, (bytes) => loopback(bytes, 'little')],
  [1, ethernet],
  [12, raw],
  [14, raw],
  [101, raw],
  [108, (bytes) => loopback(bytes, 'big')],
  [113, cooked],
  [228, raw],
  [229, raw],
  [276, cookedAgain],
]);

/** Takes the link's header off a frame. Never throws. */
export function readFrame(link: number, bytes: Buffer): FrameReading {
  const read = links.get(link);
  return read === undefined ? 'unknown-link' : read(bytes);
}

function ethernet(bytes: Buffer): FrameReading {
  if (bytes.length < 14) return 'too-short';
  let offset = 12;
  for (let tags = 0; tags < VLAN_TAGS_MAX && vlanTags.includes(bytes.readUInt16BE(offset)); tags++) {
    offset += 4;
    if (bytes.length < offset + 2) return 'too-short';
  }
  const type = bytes.readUInt16BE(offset);
  if (type !== IPV4 && type !== IPV6) return 'not-ip';
  return sentBy(hex(bytes.subarray(6, 12)), bytes.subarray(offset + 2));
}

/** Linux cooked, as tcpdump -i any wrote it until 2020. */
function cooked(bytes: Buffer): FrameReading {
  if (bytes.length < 16) return 'too-short';
  return linux(bytes.subarray(16), bytes.readUInt16BE(14), {
    length: bytes.readUInt16BE(4),
    address: bytes.subarray(6, 14),
  });
}

/** Linux cooked, version 2. */
function cookedAgain(bytes: Buffer): FrameReading {
  if (bytes.length < 20) return 'too-short';
  return linux(bytes.subarray(20), bytes.readUInt16BE(0), {
    length: bytes.readUInt8(11),
    address: bytes.subarray(12, 20),
  });
}

function linux(
  payload: Buffer,
  type: number,
  { length, address }: { readonly length: number; readonly address: Buffer },
): FrameReading {
  let [packet, inner] = [payload, type];
  for (let tags = 0; tags < VLAN_TAGS_MAX && vlanTags.includes(inner); tags++) {
    if (packet.length < 4) return 'too-short';
    inner = packet.readUInt16BE(2);
    packet = packet.subarray(4);
  }
  if (inner !== IPV4 && inner !== IPV6) return 'not-ip';
  return sentBy(length === 6 ? hex(address.subarray(0, 6)) : NO_MAC, packet);
}

function raw(bytes: Buffer): FrameReading {
  return { packet: bytes };
}

/** The address family is in the byte order of the machine that captured; the other order is no family. */
function loopback(bytes: Buffer, endian: 'big' | 'little'): FrameReading {
  if (bytes.length < 4) return 'too-short';
  const [little, big] = [bytes.readUInt32LE(0), bytes.readUInt32BE(0)];
  const known = endian === 'big' ? [big] : [little, big];
  return known.some((family) => familiesOfIp.includes(family)) ? { packet: bytes.subarray(4) } : 'not-ip';
}

/** Of the loopback device. */
const NO_MAC = '000000000000';

function sentBy(mac: string, packet: Buffer): Frame {
  return mac === NO_MAC ? { packet } : { packet, mac };
}

function hex(bytes: Buffer): string {
  return bytes.toString('hex').toUpperCase();
}
