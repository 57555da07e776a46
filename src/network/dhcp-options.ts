import { Buffer } from 'node:buffer';

/** Options by code, in the order they were first named. RFC 2132. */
export type DhcpOptions = ReadonlyMap<number, Uint8Array>;

/** Those this phone sends or reads by name. */
export const optionCodes = {
  mask: 1,
  router: 3,
  dns: 6,
  hostName: 12,
  domain: 15,
  broadcast: 28,
  vendorSpecific: 43,
  requestedAddress: 50,
  leaseTime: 51,
  overload: 52,
  messageType: 53,
  server: 54,
  requestList: 55,
  message: 56,
  sizeMax: 57,
  renewalTime: 58,
  rebindingTime: 59,
  vendorClass: 60,
  clientIdentifier: 61,
  provisioningServer: 66,
} as const;

export type OptionsReading =
  | { readonly ok: true; readonly options: DhcpOptions }
  | { readonly ok: false; readonly why: string };

const PAD = 0;
const END = 255;
const PIECE_BYTES_MAX = 255;

/**
 * Reads one or more areas of options as one, in their order: what an option says in several pieces belongs
 * together (RFC 3396 section 7). An area may end without END. Never throws.
 */
export function decodeOptions(areas: readonly Uint8Array[]): OptionsReading {
  const pieces = new Map<number, Uint8Array[]>();
  for (const area of areas) {
    for (let at = 0; at < area.length; ) {
      const code = area[at++] ?? END;
      if (code === END) break;
      if (code === PAD) continue;
      const length = area[at++];
      if (length === undefined || at + length > area.length) {
        return { ok: false, why: `option ${code} runs over its end` };
      }
      const piece = area.subarray(at, at + length);
      at += length;
      const before = pieces.get(code);
      if (before) before.push(piece);
      else pieces.set(code, [piece]);
    }
  }
  return { ok: true, options: new Map([...pieces].map(([code, parts]) => [code, Buffer.concat(parts)])) };
}

/** The bytes of one area, END included; what is longer than 255 bytes goes out in pieces (RFC 3396). */
export function encodeOptions(options: DhcpOptions): Buffer {
  return Buffer.concat([...[...options].flatMap(([code, value]) => piecesOf(code, value)), Buffer.of(END)]);
}

function piecesOf(code: number, value: Uint8Array): readonly Uint8Array[] {
  const count = Math.max(1, Math.ceil(value.length / PIECE_BYTES_MAX));
  return Array.from({ length: count }, (_, index) => {
    const piece = value.subarray(index * PIECE_BYTES_MAX, (index + 1) * PIECE_BYTES_MAX);
    return Buffer.concat([Buffer.of(code, piece.length), piece]);
  });
}

/** An option as text, one character a byte, without the NULs some servers end it with. */
export function textOption(options: DhcpOptions, code: number): string | undefined {
  const value = options.get(code);
  return value === undefined ? undefined : Buffer.from(value).toString('latin1').replace(/\0+$/, '');
}

/** The IPv4 addresses of an option; undefined if it is absent or of another length. */
export function addressOptions(options: DhcpOptions, code: number): readonly string[] | undefined {
  const value = options.get(code);
  if (value === undefined || value.length === 0 || value.length % 4 !== 0) return undefined;
  return Array.from({ length: value.length / 4 }, (_, index) =>
    value.subarray(4 * index, 4 * index + 4).join('.'),
  );
}

/** An option of four bytes as a number. */
export function numberOption(options: DhcpOptions, code: number): number | undefined {
  const value = options.get(code);
  return value?.length === 4 ? Buffer.from(value).readUInt32BE(0) : undefined;
}
