import { readPackets } from './pcap-file.ts';
import { Fragments } from './pcap-fragments.ts';
import { type IpPayload, readIp } from './pcap-ip.ts';
import { readFrame } from './pcap-link.ts';
import { type CaptureNote, CaptureNotes } from './pcap-notes.ts';
import type { CapturedPacket } from './pcap-packet.ts';
import { type Connection, type Endpoint, TcpConnections } from './pcap-tcp-connections.ts';

/** A UDP datagram, whole. */
export interface Datagram {
  readonly atMs: number;
  readonly packet: number;
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly bytes: Buffer;
  /** Bytes behind these that the capture left out. */
  readonly missing: number;
}

/** What went over the wire: datagrams in order, connections in the order of their opening. */
export interface Traffic {
  readonly packets: number;
  readonly beginsAtMs: number;
  readonly endsAtMs: number;
  readonly datagrams: readonly Datagram[];
  readonly connections: readonly Connection[];
  /** Twelve hex digits by IP address, as the link's senders were. Behind a router it is the router's. */
  readonly macs: ReadonlyMap<string, string>;
  readonly notes: readonly CaptureNote[];
}

const TCP = 6;
const UDP = 17;

/** Reads a capture up to datagrams and connections. Never throws. */
export function readTraffic(bytes: Buffer): Traffic {
  const notes = new CaptureNotes();
  const connections = new TcpConnections(notes);
  const fragments = new Fragments();
  const datagrams: Datagram[] = [];
  const macs = new Map<string, string>();
  let [packets, beginsAtMs, endsAtMs] = [0, 0, 0];
  for (const packet of readPackets(bytes, notes)) {
    packets += 1;
    if (packets === 1) beginsAtMs = packet.atMs;
    endsAtMs = Math.max(endsAtMs, packet.atMs);
    const payload = payloadOf(packet, { notes, fragments, macs });
    if (payload?.protocol === TCP) addSegment(connections, packet, payload, notes);
    if (payload?.protocol === UDP) addDatagram(datagrams, packet, payload, notes);
  }
  if (fragments.lost > 0) {
    notes.tell(
      'LOST_FRAGMENTS',
      packets,
      `${fragments.lost} IP packets came in parts of which some are missing`,
    );
  }
  return {
    packets,
    beginsAtMs,
    endsAtMs,
    datagrams,
    connections: connections.end(),
    macs,
    notes: notes.all,
  };
}

interface Surroundings {
  readonly notes: CaptureNotes;
  readonly fragments: Fragments;
  readonly macs: Map<string, string>;
}

function payloadOf(packet: CapturedPacket, { notes, fragments, macs }: Surroundings): IpPayload | undefined {
  const frame = readFrame(packet.link, packet.bytes);
  if (typeof frame === 'string') {
    const [code, message] = {
      'unknown-link': ['UNKNOWN_LINK', `link type ${packet.link} is none that is read here`] as const,
      'not-ip': ['NOT_IP', 'no IP packet: ARP and its like'] as const,
      'too-short': ['BAD_PACKET', 'too short for its link header'] as const,
    }[frame];
    notes.tell(code, packet.number, message);
    return undefined;
  }
  const ip = readIp(frame.packet, packet.missing);
  if (ip === 'bad') {
    notes.tell('BAD_PACKET', packet.number, 'no whole IP header');
    return undefined;
  }
  if (frame.mac !== undefined && !macs.has(ip.from)) macs.set(ip.from, frame.mac);
  return 'key' in ip ? fragments.add(ip) : ip;
}

/** RFC 9293, 3.1. */
function addSegment(
  connections: TcpConnections,
  { atMs, number }: CapturedPacket,
  { from, to, bytes, missing }: IpPayload,
  notes: CaptureNotes,
): void {
  const headerBytes = bytes.length < 20 ? 0 : (bytes.readUInt8(12) >> 4) * 4;
  if (headerBytes < 20) {
    notes.tell('BAD_PACKET', number, 'no whole TCP header');
    return;
  }
  const flags = bytes.readUInt8(13);
  connections.add({
    atMs,
    packet: number,
    from: { address: from, port: bytes.readUInt16BE(0) },
    to: { address: to, port: bytes.readUInt16BE(2) },
    sequence: bytes.readUInt32BE(4),
    bytes: bytes.subarray(headerBytes),
    missing: Math.max(0, missing - Math.max(0, headerBytes - bytes.length)),
    fin: (flags & 0x01) !== 0,
    syn: (flags & 0x02) !== 0,
    rst: (flags & 0x04) !== 0,
    ack: (flags & 0x10) !== 0,
  });
}

/** RFC 768. */
function addDatagram(
  datagrams: Datagram[],
  { atMs, number }: CapturedPacket,
  { from, to, bytes, missing }: IpPayload,
  notes: CaptureNotes,
): void {
  if (bytes.length < 8) {
    notes.tell('BAD_PACKET', number, 'no whole UDP header');
    return;
  }
  const length = bytes.readUInt16BE(4);
  const end = length < 8 ? bytes.length : Math.min(length, bytes.length);
  datagrams.push({
    atMs,
    packet: number,
    from: { address: from, port: bytes.readUInt16BE(0) },
    to: { address: to, port: bytes.readUInt16BE(2) },
    bytes: bytes.subarray(8, end),
    missing: Math.min(missing, Math.max(0, length - end)),
  });
}
