import { Buffer } from 'node:buffer';

/**
 * Options of a request or of an agreement (OACK) by lower-case name, in the order of the packet. RFC 2347.
 */
export type TftpOptions = ReadonlyMap<string, string>;

/**
 * A packet as read. `malformed` is what no party of a transfer may send; it is data, since anybody can send
 * anything.
 */
export type TftpPacket =
  | {
      readonly type: 'read' | 'write';
      readonly path: string;
      readonly mode: string;
      readonly options: TftpOptions;
    }
  /** `block` as on the wire: 16 bits, 0 again after 65535. `payload` shares the memory of the packet. */
  | { readonly type: 'data'; readonly block: number; readonly payload: Uint8Array }
  | { readonly type: 'acknowledgement'; readonly block: number }
  | { readonly type: 'error'; readonly code: number; readonly message: string }
  | { readonly type: 'agreement'; readonly options: TftpOptions }
  | { readonly type: 'malformed'; readonly why: string };

/** Numbers of ERROR packets: RFC 1350 appendix, RFC 2347 for the last. */
export const errorCodes = {
  undefined: 0,
  notFound: 1,
  accessDenied: 2,
  diskFull: 3,
  illegalOperation: 4,
  unknownTransfer: 5,
  optionRefused: 8,
} as const;

/** Payload of a block when no `blksize` was agreed. RFC 1350 section 2. */
export const BLOCK_BYTES = 512;
/** Bounds of `blksize`. RFC 2348. */
export const BLOCK_BYTES_MIN = 8;
export const BLOCK_BYTES_MAX = 65464;
/** Bound of `windowsize`. RFC 7440 section 3. */
export const WINDOW_MAX = 65535;
/** Bound of `timeout`, in seconds. RFC 2349. */
export const TIMEOUT_S_MAX = 255;
/** Longest request, opcode and NULs included. RFC 2347. */
const REQUEST_BYTES_MAX = 512;
/** Our own bound on what is read from a foreign packet; there are four options in use. */
const OPTIONS_MAX = 16;

const READ = 1;
const WRITE = 2;
const DATA = 3;
const ACKNOWLEDGEMENT = 4;
const ERROR = 5;
const AGREEMENT = 6;

/** Reads a packet. Never throws. */
export function decodePacket(packet: Buffer): TftpPacket {
  if (packet.length < 2) return malformed(`${packet.length} bytes are no packet`);
  const opcode = packet.readUInt16BE(0);
  switch (opcode) {
    case DATA:
      if (packet.length < 4) return malformed('DATA without a block number');
      return { type: 'data', block: packet.readUInt16BE(2), payload: packet.subarray(4) };
    case ACKNOWLEDGEMENT:
      if (packet.length < 4) return malformed('ACK without a block number');
      return { type: 'acknowledgement', block: packet.readUInt16BE(2) };
    case ERROR:
      if (packet.length < 4) return malformed('ERROR without a code');
      return {
        type: 'error',
        code: packet.readUInt16BE(2),
        message: printable(untilNul(packet.subarray(4))),
      };
    case READ:
    case WRITE:
      return decodeRequest(opcode === READ ? 'read' : 'write', packet);
    case AGREEMENT:
      return decodeAgreement(packet);
    default:
      return malformed(`opcode ${opcode}`);
  }
}

/** A read request in octet mode, or in words why this name cannot be asked for. */
export function encodeReadRequest(path: string, options: TftpOptions): Buffer | string {
  if (path === '') return 'the name is empty';
  if (path.includes('\0')) return 'the name holds a NUL byte, which TFTP cannot carry';
  const packet = Buffer.from(`${String.fromCharCode(0, READ)}${path}\0octet\0${texts(options)}`, 'utf8');
  if (packet.length <= REQUEST_BYTES_MAX) return packet;
  return `the request for this name has ${packet.length} bytes; expected at most ${REQUEST_BYTES_MAX}`;
}

/** The answer to a request with options: those the server agrees to. RFC 2347. */
export function encodeAgreement(options: TftpOptions): Buffer {
  return Buffer.from(String.fromCharCode(0, AGREEMENT) + texts(options), 'utf8');
}

/**
 * One block; the payload is copied, so that a block number never meets the bytes of another block in a full
 * send queue.
 */
export function encodeData(block: number, payload: Uint8Array): Buffer {
  const packet = Buffer.allocUnsafe(4 + payload.length);
  packet.writeUInt16BE(DATA, 0);
  packet.writeUInt16BE(block, 2);
  packet.set(payload, 4);
  return packet;
}

export function encodeAcknowledgement(block: number): Buffer {
  const packet = Buffer.allocUnsafe(4);
  packet.writeUInt16BE(ACKNOWLEDGEMENT, 0);
  packet.writeUInt16BE(block, 2);
  return packet;
}

export function encodeError(code: number, message: string): Buffer {
  const packet = Buffer.from(`\0\0\0\0${message}\0`, 'utf8');
  packet.writeUInt16BE(ERROR, 0);
  packet.writeUInt16BE(code, 2);
  return packet;
}

/** The block after this one: 0 comes after 65535, as every server in use does it. No RFC says so. */
export function blockAfter(block: number): number {
  return (block + 1) & 0xffff;
}

/** How many blocks `block` is ahead of `from`, 0 to 65535; a large number means that it is behind. */
export function blocksAhead(block: number, from: number): number {
  return (block - from) & 0xffff;
}

function decodeRequest(type: 'read' | 'write', packet: Buffer): TftpPacket {
  const texts = splitAtNuls(packet.subarray(2));
  if (texts === undefined) return malformed('request without its closing NUL');
  const [path, mode, ...rest] = texts;
  if (path === undefined || path.length === 0) return malformed('request without a file name');
  if (mode === undefined) return malformed('request without a mode');
  const options = pairs(rest);
  if (options === undefined) return malformed('request with options that do not come in pairs');
  return { type, path: path.toString('utf8'), mode: mode.toString('latin1').toLowerCase(), options };
}

function decodeAgreement(packet: Buffer): TftpPacket {
  const texts = splitAtNuls(packet.subarray(2));
  const options = texts && pairs(texts);
  return options ? { type: 'agreement', options } : malformed('OACK with options that do not come in pairs');
}

/** Undefined when the last text has no NUL behind it or there are more texts than any request needs. */
function splitAtNuls(bytes: Buffer): readonly Buffer[] | undefined {
  const texts: Buffer[] = [];
  let start = 0;
  while (start < bytes.length) {
    const end = bytes.indexOf(0, start);
    if (end === -1 || texts.length === 2 + 2 * OPTIONS_MAX) return undefined;
    texts.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return texts;
}

/** Undefined when a name has no value, or comes twice: "an option may only be specified once" (RFC 2347). */
function pairs(texts: readonly Buffer[]): TftpOptions | undefined {
  if (texts.length % 2 !== 0) return undefined;
  const options = new Map<string, string>();
  for (let i = 0; i < texts.length; i += 2) {
    options.set(texts[i]?.toString('latin1').toLowerCase() ?? '', texts[i + 1]?.toString('latin1') ?? '');
  }
  return options.size === texts.length / 2 ? options : undefined;
}

function untilNul(bytes: Buffer): Buffer {
  const end = bytes.indexOf(0);
  return end === -1 ? bytes : bytes.subarray(0, end);
}

/** A server's words end on somebody's terminal: at most 200 characters and nothing that steers it. */
function printable(text: Buffer): string {
  return text.toString('utf8').slice(0, 200).replace(/\p{C}/gu, '?');
}

function texts(options: TftpOptions): string {
  let all = '';
  for (const [name, value] of options) all += `${name}\0${value}\0`;
  return all;
}

function malformed(why: string): TftpPacket {
  return { type: 'malformed', why };
}
