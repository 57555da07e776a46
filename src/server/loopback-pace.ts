import type { Protocol } from '../provisioning/words.ts';

/** Block of a phone's TFTP (RFC 1350); each costs a round trip. */
const BLOCK_BYTES = 512;

/** What a file costs before its first byte, in round trips: a new connection, and the request on it. */
const roundTrips: Readonly<Record<Protocol, { readonly connect: number; readonly request: number }>> = {
  tftp: { connect: 0, request: 1 },
  // TCP, banner, USER, PASS, TYPE; EPSV, data connection, RETR.
  ftp: { connect: 5, request: 3 },
  http: { connect: 1, request: 1 },
  // TCP, TLS 1.3.
  https: { connect: 2, request: 1 },
};

/** When what would arrive, in milliseconds since the request. */
export interface Pace {
  readonly connectedMs: number;
  /** The server's first word on the file; TFTP says it with the first block. */
  readonly answeredMs: number;
  /** The first `count` bytes are there. */
  arrivedMs(count: number): number;
  /** A file of so many bytes is there and known to be whole. */
  endedMs(sizeBytes: number): number;
}

/** The pace of one file over one protocol on a link. `bytesPerSecond` may be infinite. */
export function paceOf(
  protocol: Protocol,
  link: { readonly rttMs: number; readonly bytesPerSecond: number; readonly connection: 'new' | 'kept' },
): Pace {
  const { connect, request } = roundTrips[protocol];
  const connectedMs = link.connection === 'kept' ? 0 : connect * link.rttMs;
  const answeredMs = connectedMs + request * link.rttMs;
  const sendingMs = (count: number) => (count * 1000) / link.bytesPerSecond;
  if (protocol !== 'tftp') {
    const arrivedMs = (count: number) => answeredMs + sendingMs(count);
    return { connectedMs, answeredMs, arrivedMs, endedMs: arrivedMs };
  }
  const blocksMs = (blocks: number, count: number) => blocks * link.rttMs + sendingMs(count);
  return {
    connectedMs,
    answeredMs,
    arrivedMs: (count) => blocksMs(Math.max(1, Math.ceil(count / BLOCK_BYTES)), count),
    // The last block is a short one, if need be an empty one.
    endedMs: (sizeBytes) => blocksMs(Math.floor(sizeBytes / BLOCK_BYTES) + 1, sizeBytes),
  };
}
