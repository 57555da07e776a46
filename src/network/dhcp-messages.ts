import { Buffer } from 'node:buffer';
import { type DhcpOptions, optionCodes } from './dhcp-options.ts';
import { addressBytes, type DhcpPacket, NO_ADDRESS } from './dhcp-packet.ts';

/** Who asks. */
export interface DhcpIdentity {
  /** 12 upper-case hexadecimal digits. */
  readonly mac: string;
  readonly software: 'SIP' | 'UNIStim';
}

/** What ties messages of one series together. */
export interface DhcpMarks {
  readonly xid: number;
  readonly secs: number;
}

/** What a REQUEST asks for. RFC 2131 table 4. */
export type DhcpWish =
  /** An address that `server` offered. */
  | { readonly state: 'selecting'; readonly address: string; readonly server: string }
  /** The address the phone had; any server may answer, by broadcast. */
  | { readonly state: 'init-reboot'; readonly address: string }
  /** The address the phone has and answers at. */
  | { readonly state: 'renewing' | 'rebinding'; readonly address: string };

/** Documented: M40 p81, M44 p106; sent with a NUL behind it. UNIStim: XiVO's DHCP configuration. */
export const vendorClasses = { SIP: 'Nortel-SIP-Phone-A', UNIStim: 'Nortel-i2004-A' } as const;

/** RFC 2132 section 9.6. */
export const messageTypes = { discover: 1, offer: 2, request: 3, acknowledge: 5, refuse: 6 } as const;

/** Documented: M40 p81. */
const SIZE_MAX_BYTES = 1_190;
const ETHERNET = 1;

/** Documented: M40 p81 (standard and old site-specific options), M44 p105 (new site-specific ones). */
const requested: readonly number[] = [
  ...[1, 3, 6, 15, 28, 43, 58, 59, 66],
  ...[128, 131, 144, 157, 188, 191, 205, 219, 223],
  ...[224, 227, 230, 232, 235, 238, 241, 244, 247, 249, 251, 254],
];

/** Options that may hold an info block: 43 or a site-specific one. Documented: M44 p105. */
export const infoBlockCodes = requested.filter((code) => code === optionCodes.vendorSpecific || code >= 128);

/** Asks who has an address. */
export function discover(identity: DhcpIdentity, marks: DhcpMarks): DhcpPacket {
  return message(identity, marks, { type: messageTypes.discover, more: new Map() });
}

/** Asks for a certain address. */
export function request(identity: DhcpIdentity, marks: DhcpMarks, wish: DhcpWish): DhcpPacket {
  const { requestedAddress, server } = optionCodes;
  const isBound = wish.state === 'renewing' || wish.state === 'rebinding';
  const more = new Map<number, Uint8Array>();
  if (!isBound) more.set(requestedAddress, addressBytes(wish.address));
  if (wish.state === 'selecting') more.set(server, addressBytes(wish.server));
  const packet = message(identity, marks, { type: messageTypes.request, more });
  return isBound ? { ...packet, ciaddr: wish.address, broadcast: false } : packet;
}

function message(
  { mac, software }: DhcpIdentity,
  { xid, secs }: DhcpMarks,
  { type, more }: { readonly type: number; readonly more: DhcpOptions },
): DhcpPacket {
  const sizeMax = Buffer.alloc(2);
  sizeMax.writeUInt16BE(SIZE_MAX_BYTES);
  const options: DhcpOptions = new Map<number, Uint8Array>([
    [optionCodes.messageType, Buffer.of(type)],
    // Assumed: the hardware type goes before the MAC, as RFC 2132 section 9.14 has it.
    [optionCodes.clientIdentifier, Buffer.concat([Buffer.of(ETHERNET), Buffer.from(mac, 'hex')])],
    [optionCodes.hostName, Buffer.from(`T${mac}`, 'latin1')],
    [optionCodes.vendorClass, Buffer.from(`${vendorClasses[software]}\0`, 'latin1')],
    [optionCodes.sizeMax, sizeMax],
    ...more,
    [optionCodes.requestList, Buffer.from(requested)],
  ]);
  return {
    ...{ direction: 'to-server', xid, secs, broadcast: true, mac, options },
    ...{ ciaddr: NO_ADDRESS, yiaddr: NO_ADDRESS, siaddr: NO_ADDRESS, giaddr: NO_ADDRESS },
  };
}
