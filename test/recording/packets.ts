import { Buffer } from 'node:buffer';

// Builds captures byte by byte: what a network does to packets, a test can spell out.

export interface Bytes {
  readonly atMs?: number;
  readonly bytes: Buffer;
  /** On the wire; the rest was not captured. */
  readonly wireBytes?: number;
}

interface Form {
  readonly link?: number;
  readonly endian?: 'big' | 'little';
  readonly ticks?: 'micro' | 'nano';
}

/** A classic capture file. */
export function pcap(
  packets: readonly Bytes[],
  { link = 101, endian = 'little', ticks = 'micro' }: Form = {},
) {
  const words = (...values: number[]) => Buffer.concat(values.map((value) => u32(value, endian)));
  const magic = ticks === 'micro' ? 0xa1b2c3d4 : 0xa1b23c4d;
  const version = Buffer.concat([u16(2, endian), u16(4, endian)]);
  const header = [words(magic), version, words(0, 0, 262_144, link)];
  const perMs = ticks === 'micro' ? 1_000 : 1_000_000;
  const records = packets.map(({ atMs = 0, bytes, wireBytes = bytes.length }) => {
    const [seconds, rest] = [Math.floor(atMs / 1_000), Math.round((atMs % 1_000) * perMs)];
    return Buffer.concat([words(seconds, rest, bytes.length, wireBytes), bytes]);
  });
  return Buffer.concat([...header, ...records]);
}

interface NewForm extends Pick<Form, 'link' | 'endian'> {
  /** Of if_tsresol; absent: microseconds. */
  readonly resolution?: number;
  readonly offsetS?: number;
  readonly block?: 'enhanced' | 'simple' | 'obsolete';
}

/** A capture file of the newer form, in one section with one interface. */
export function pcapng(packets: readonly Bytes[], form: NewForm = {}): Buffer {
  const { link = 101, endian = 'little', resolution, offsetS, block: kind = 'enhanced' } = form;
  const [h, w] = [(value: number) => u16(value, endian), (value: number) => u32(value, endian)];
  const block = (type: number, body: Buffer) => {
    const padded = Buffer.concat([body, Buffer.alloc((4 - (body.length % 4)) % 4)]);
    return Buffer.concat([w(type), w(padded.length + 12), padded, w(padded.length + 12)]);
  };
  const option = (code: number, value: Buffer) =>
    Buffer.concat([h(code), h(value.length), value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
  const offset = Buffer.alloc(8);
  if (endian === 'big') offset.writeBigInt64BE(BigInt(offsetS ?? 0));
  else offset.writeBigInt64LE(BigInt(offsetS ?? 0));
  const options = [
    ...(resolution === undefined ? [] : [option(9, Buffer.from([resolution]))]),
    ...(offsetS === undefined ? [] : [option(14, offset)]),
    option(0, Buffer.alloc(0)),
  ];
  const perMs = resolution === undefined ? 1_000 : 10 ** resolution / 1_000;
  const blocks = packets.map(({ atMs = 0, bytes, wireBytes = bytes.length }) => {
    if (kind === 'simple') return block(3, Buffer.concat([w(wireBytes), bytes]));
    const ticks = Math.round((atMs - (offsetS ?? 0) * 1_000) * perMs);
    const which = kind === 'enhanced' ? w(0) : Buffer.concat([h(0), h(0)]);
    const time = [w(Math.floor(ticks / 2 ** 32)), w(ticks % 2 ** 32)];
    const head = Buffer.concat([which, ...time, w(bytes.length), w(wireBytes)]);
    return block(kind === 'enhanced' ? 6 : 2, Buffer.concat([head, bytes]));
  });
  const section = Buffer.concat([w(0x1a2b3c4d), h(1), h(0), Buffer.alloc(8, 0xff)]);
  const description = Buffer.concat([h(link), h(0), w(0), ...options]);
  return Buffer.concat([block(0x0a0d0d0a, section), block(1, description), ...blocks]);
}

export const PHONE = '192.0.2.30';
export const SERVER = '192.0.2.1';
/** Of PHONE. */
export const MAC = '001B4F123001';

const macs = Buffer.from(`02000000000100${MAC.slice(2)}`, 'hex');

export function ethernet(packet: Buffer, ...vlanTypes: number[]): Buffer {
  const tags = vlanTypes.map((type) => Buffer.concat([u16(type), u16(7)]));
  return Buffer.concat([macs, ...tags, u16(etherType(packet)), packet]);
}

export function cooked(packet: Buffer): Buffer {
  const address = Buffer.concat([Buffer.from(MAC, 'hex'), Buffer.alloc(2)]);
  return Buffer.concat([u16(0), u16(1), u16(6), address, u16(etherType(packet)), packet]);
}

export function cookedAgain(packet: Buffer): Buffer {
  const address = Buffer.concat([Buffer.from(MAC, 'hex'), Buffer.alloc(2)]);
  const head = [u16(etherType(packet)), u16(0), u32(1), u16(1), Buffer.from([0, 6]), address];
  return Buffer.concat([...head, packet]);
}

interface Ends {
  readonly from?: string;
  readonly to?: string;
}

interface Fragment {
  readonly id?: number;
  /** In bytes, of eight each. */
  readonly offset?: number;
  readonly more?: boolean;
}

export function ipv4(protocol: number, payload: Buffer, ends: Ends & Fragment = {}): Buffer {
  const { from = PHONE, to = SERVER, id = 1, offset = 0, more = false } = ends;
  const flags = offset / 8 + (more ? 0x2000 : 0);
  const head = [Buffer.from([0x45, 0]), u16(20 + payload.length), u16(id), u16(flags)];
  const tail = [Buffer.from([64, protocol]), u16(0), dotted(from), dotted(to), payload];
  return Buffer.concat([...head, ...tail]);
}

/** With a hop-by-hop header, which has to be passed over; as a fragment with that header too. */
export function ipv6(protocol: number, payload: Buffer, fragment?: Fragment): Buffer {
  const { offset = 0, more = false, id = 1 } = fragment ?? {};
  const parts =
    fragment === undefined ? [] : [Buffer.from([protocol, 0]), u16(offset + Number(more)), u32(id)];
  const hop = Buffer.from([fragment === undefined ? protocol : 44, 0, 1, 4, 0, 0, 0, 0]);
  const inner = Buffer.concat([hop, ...parts, payload]);
  const address = (last: number) =>
    Buffer.from(`20010db8${'00'.repeat(11)}${last.toString(16).padStart(2, '0')}`, 'hex');
  const head = [Buffer.from([0x60, 0, 0, 0]), u16(inner.length), Buffer.from([0, 64])];
  return Buffer.concat([...head, address(0x30), address(1), inner]);
}

export function udp(fromPort: number, toPort: number, payload: Buffer): Buffer {
  return Buffer.concat([u16(fromPort), u16(toPort), u16(8 + payload.length), u16(0), payload]);
}

interface Segment {
  readonly flags?: string;
  readonly sequence: number;
}

/** `flags`: letters of S, A, F, R. */
export function tcp(fromPort: number, toPort: number, payload: string, { flags = 'A', sequence }: Segment) {
  const bits = { F: 1, S: 2, R: 4, A: 16 };
  const flag = [...flags].reduce((all, letter) => all | (bits[letter as keyof typeof bits] ?? 0), 0);
  const numbers = [u16(fromPort), u16(toPort), u32(sequence >>> 0), u32(0)];
  const rest = [Buffer.from([0x50, flag]), u16(65_535), u16(0), u16(0), Buffer.from(payload, 'latin1')];
  return Buffer.concat([...numbers, ...rest]);
}

function etherType(packet: Buffer): number {
  return (packet[0] ?? 0) >> 4 === 6 ? 0x86dd : 0x0800;
}

function dotted(address: string): Buffer {
  return Buffer.from(address.split('.').map(Number));
}

function u16(value: number, endian: 'big' | 'little' = 'big'): Buffer {
  const bytes = Buffer.alloc(2);
  if (endian === 'big') bytes.writeUInt16BE(value);
  else bytes.writeUInt16LE(value);
  return bytes;
}

function u32(value: number, endian: 'big' | 'little' = 'big'): Buffer {
  const bytes = Buffer.alloc(4);
  if (endian === 'big') bytes.writeUInt32BE(value);
  else bytes.writeUInt32LE(value);
  return bytes;
}
