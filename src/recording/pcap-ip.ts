import { SocketAddress } from 'node:net';

/** What one IP packet carries, or, put together, all fragments of one. */
export interface IpPayload {
  readonly from: string;
  readonly to: string;
  /** 6 is TCP, 17 UDP. */
  readonly protocol: number;
  readonly bytes: Buffer;
  /** How many bytes of it the capture left out. */
  readonly missing: number;
}

/** A part of one. */
export interface IpFragment extends IpPayload {
  /** What all parts have in common. */
  readonly key: string;
  readonly offset: number;
  readonly last: boolean;
}

export type IpReading = IpPayload | IpFragment | 'bad';

const FRAGMENT_HEADER = 44;
const AUTHENTICATION_HEADER = 51;
/** Hop-by-hop, routing, destination options. RFC 8200, 4. */
const passedOver = [0, 43, 60];
const EXTENSIONS_MAX = 8;

/** Reads an IPv4 or IPv6 packet of which `missing` bytes were not captured. Never throws. */
export function readIp(packet: Buffer, missing: number): IpReading {
  const version = packet.length > 0 ? packet.readUInt8(0) >> 4 : 0;
  if (version === 4) return readIpv4(packet, missing);
  return version === 6 ? readIpv6(packet, missing) : 'bad';
}

/** RFC 791, 3.1. */
function readIpv4(packet: Buffer, missing: number): IpReading {
  const headerBytes = packet.length < 20 ? 0 : (packet.readUInt8(0) & 0x0f) * 4;
  if (headerBytes < 20 || packet.length < headerBytes) return 'bad';
  // A card that cuts segments itself leaves the length 0.
  const totalBytes = packet.readUInt16BE(2) || packet.length + missing;
  if (totalBytes < headerBytes) return 'bad';
  const flags = packet.readUInt16BE(6);
  const protocol = packet.readUInt8(9);
  const from = packet.subarray(12, 16).join('.');
  const to = packet.subarray(16, 20).join('.');
  const payload = { from, to, protocol, ...within(packet, headerBytes, totalBytes) };
  const offset = (flags & 0x1fff) * 8;
  const last = (flags & 0x2000) === 0;
  if (offset === 0 && last) return payload;
  return { ...payload, key: `${from} ${to} ${protocol} ${packet.readUInt16BE(4)}`, offset, last };
}

/** RFC 8200, 3 and 4. */
function readIpv6(packet: Buffer, missing: number): IpReading {
  if (packet.length < 40) return 'bad';
  const payloadBytes = packet.readUInt16BE(4);
  const totalBytes = payloadBytes === 0 ? packet.length + missing : 40 + payloadBytes;
  const from = ipv6(packet.subarray(8, 24));
  const to = ipv6(packet.subarray(24, 40));
  let protocol = packet.readUInt8(6);
  let offset = 40;
  let fragment: Pick<IpFragment, 'key' | 'offset' | 'last'> | undefined;
  for (let headers = 0; headers < EXTENSIONS_MAX; headers++) {
    const isFragment = protocol === FRAGMENT_HEADER;
    if (!isFragment && protocol !== AUTHENTICATION_HEADER && !passedOver.includes(protocol)) break;
    if (packet.length < offset + 8) return 'bad';
    const lengthField = packet.readUInt8(offset + 1);
    if (isFragment) {
      const flags = packet.readUInt16BE(offset + 2);
      const key = `${from} ${to} ${packet.readUInt32BE(offset + 4)}`;
      fragment = { key, offset: flags & 0xfff8, last: (flags & 1) === 0 };
    }
    const units = protocol === AUTHENTICATION_HEADER ? (lengthField + 2) * 4 : (lengthField + 1) * 8;
    protocol = packet.readUInt8(offset);
    offset += isFragment ? 8 : units;
  }
  if (offset > Math.min(packet.length, totalBytes)) return 'bad';
  const payload = { from, to, protocol, ...within(packet, offset, totalBytes) };
  if (fragment === undefined || (fragment.offset === 0 && fragment.last)) return payload;
  return { ...payload, ...fragment };
}

/** Behind the packet an Ethernet frame may be padded. */
function within(packet: Buffer, begin: number, end: number): Pick<IpPayload, 'bytes' | 'missing'> {
  return { bytes: packet.subarray(begin, end), missing: Math.max(0, end - packet.length) };
}

function ipv6(bytes: Buffer): string {
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2).toString(16));
  return new SocketAddress({ address: groups.join(':'), family: 'ipv6' }).address;
}
