import { Buffer } from 'node:buffer';
import { type DhcpOptions, decodeOptions, encodeOptions, optionCodes } from './dhcp-options.ts';

/** A DHCP message. Addresses are dotted IPv4. RFC 2131 section 2. */
export interface DhcpPacket {
  readonly direction: 'to-server' | 'to-client';
  readonly xid: number;
  /** Since the client began. */
  readonly secs: number;
  /** Whether the client wants answers by broadcast. */
  readonly broadcast: boolean;
  readonly ciaddr: string;
  readonly yiaddr: string;
  readonly siaddr: string;
  readonly giaddr: string;
  /** Hardware address of the client, 12 upper-case hexadecimal digits. */
  readonly mac: string;
  /** Without those that only say how the packet is laid out. */
  readonly options: DhcpOptions;
}

export type DhcpReading =
  | { readonly ok: true; readonly packet: DhcpPacket }
  | { readonly ok: false; readonly why: string };

export const NO_ADDRESS = '0.0.0.0';

const BOOTREQUEST = 1;
const BOOTREPLY = 2;
const ETHERNET = 1;
const MAC_BYTES = 6;
const BROADCAST_FLAG = 0x8000;
const SNAME = 44;
const FILE = 108;
const COOKIE = 236;
const OPTIONS = 240;
const MAGIC_COOKIE = 0x63825363;
/** A packet of BOOTP (RFC 951) has so many; some relays drop shorter ones. */
const PACKET_BYTES_MIN = 300;
const SECS_MAX = 0xffff;

/** The bytes of a message, padded to the length of BOOTP. */
export function encodeDhcp(packet: DhcpPacket): Buffer {
  const head = Buffer.alloc(OPTIONS);
  head[0] = packet.direction === 'to-server' ? BOOTREQUEST : BOOTREPLY;
  head[1] = ETHERNET;
  head[2] = MAC_BYTES;
  head.writeUInt32BE(packet.xid, 4);
  head.writeUInt16BE(Math.min(packet.secs, SECS_MAX), 8);
  head.writeUInt16BE(packet.broadcast ? BROADCAST_FLAG : 0, 10);
  for (const [index, address] of [packet.ciaddr, packet.yiaddr, packet.siaddr, packet.giaddr].entries()) {
    addressBytes(address).copy(head, 12 + 4 * index);
  }
  head.write(packet.mac, 28, MAC_BYTES, 'hex');
  head.writeUInt32BE(MAGIC_COOKIE, COOKIE);
  const bytes = Buffer.concat([head, encodeOptions(packet.options)]);
  return Buffer.concat([bytes, Buffer.alloc(Math.max(0, PACKET_BYTES_MIN - bytes.length))]);
}

/**
 * Reads a datagram. Option 52 says whether sname and file hold options too (RFC 2132 section 9.3). Never
 * throws.
 */
export function decodeDhcp(bytes: Buffer): DhcpReading {
  if (bytes.length < OPTIONS) return bad(`${bytes.length} bytes; expected at least ${OPTIONS}`);
  if (bytes.readUInt32BE(COOKIE) !== MAGIC_COOKIE) return bad('no magic cookie: BOOTP, or something else');
  const direction = { [BOOTREQUEST]: 'to-server', [BOOTREPLY]: 'to-client' } as const;
  const op = bytes.readUInt8(0);
  if (op !== BOOTREQUEST && op !== BOOTREPLY) return bad(`op ${op}; expected 1 or 2`);
  if (bytes[1] !== ETHERNET || bytes[2] !== MAC_BYTES) return bad('its hardware address is not of Ethernet');
  const options = optionsOf(bytes);
  if (typeof options === 'string') return bad(options);
  return {
    ok: true,
    packet: {
      direction: direction[op],
      xid: bytes.readUInt32BE(4),
      secs: bytes.readUInt16BE(8),
      broadcast: (bytes.readUInt16BE(10) & BROADCAST_FLAG) !== 0,
      ciaddr: bytes.subarray(12, 16).join('.'),
      yiaddr: bytes.subarray(16, 20).join('.'),
      siaddr: bytes.subarray(20, 24).join('.'),
      giaddr: bytes.subarray(24, 28).join('.'),
      mac: bytes.toString('hex', 28, 28 + MAC_BYTES).toUpperCase(),
      options,
    },
  };
}

/** In the order of RFC 3396 section 5: the options field, file, sname. */
function optionsOf(bytes: Buffer): DhcpOptions | string {
  const field = bytes.subarray(OPTIONS);
  const first = decodeOptions([field]);
  if (!first.ok) return first.why;
  const overload = first.options.get(optionCodes.overload)?.[0] ?? 0;
  const areas = [
    field,
    ...(overload & 1 ? [bytes.subarray(FILE, COOKIE)] : []),
    ...(overload & 2 ? [bytes.subarray(SNAME, FILE)] : []),
  ];
  const all = decodeOptions(areas);
  if (!all.ok) return all.why;
  return new Map([...all.options].filter(([code]) => code !== optionCodes.overload));
}

export function addressBytes(address: string): Buffer {
  return Buffer.from(address.split('.').map(Number));
}

function bad(why: string): DhcpReading {
  return { ok: false, why };
}
