import type { Protocol } from '../provisioning/words.ts';
import { BLOCK_BYTES } from '../transport/tftp-packet.ts';
import type { Answer } from './answer.ts';
import type { RoundTrips } from './loopback-trips.ts';

/** What a file costs before its first byte, in round trips: a new connection, and the request on it. */
const tripsNeeded: Readonly<Record<Protocol, { readonly connect: number; readonly request: number }>> = {
  tftp: { connect: 0, request: 1 },
  // TCP, banner, USER, PASS, TYPE; EPSV, data connection, RETR.
  ftp: { connect: 5, request: 3 },
  http: { connect: 1, request: 1 },
  // TCP, TLS 1.3.
  https: { connect: 2, request: 1 },
};

export interface Link {
  readonly roundTrips: RoundTrips;
  /** May be infinite. */
  readonly bytesPerSecond: number;
  readonly connection: 'new' | 'kept';
}

/** When what would arrive, in milliseconds since the phone first asked for the file. */
export interface Pace {
  /** The first round trip is over: a new connection is made, or refused. */
  readonly reachedMs: number;
  readonly connectedMs: number;
  /** The phone names the file; from then on it waits for an answer. */
  readonly askedMs: number;
  /** The server's first word on the file; TFTP says it with the first block. */
  readonly answeredMs: number;
  /** The first `count` bytes are there. */
  arrivedMs(count: number): number;
  /** A file of so many bytes is there and known to be whole. */
  endedMs(sizeBytes: number): number;
}

/** The pace of one try at a file, which begins at `fromMs`, and of the answer to it. */
export function paceOf(
  protocol: Protocol,
  link: Link,
  fromMs: number,
  { latencyMs, bytesPerSecond }: Pick<Answer, 'latencyMs' | 'bytesPerSecond'>,
): Pace {
  const { roundTrips, connection } = link;
  const { connect, request } = tripsNeeded[protocol];
  const toConnect = connection === 'kept' ? 0 : connect;
  const reachedMs = fromMs + roundTrips(1);
  const connectedMs = fromMs + roundTrips(toConnect);
  const askedMs = fromMs + roundTrips(toConnect + request - 1);
  const answeredMs = fromMs + roundTrips(toConnect + request) + latencyMs;
  const until = { reachedMs, connectedMs, askedMs, answeredMs };
  const sendingMs = (count: number) => (count * 1000) / Math.min(link.bytesPerSecond, bytesPerSecond);
  if (protocol !== 'tftp') {
    const arrivedMs = (count: number) => answeredMs + sendingMs(count);
    return { ...until, arrivedMs, endedMs: arrivedMs };
  }
  const blocksMs = (blocks: number, count: number) =>
    askedMs + roundTrips(blocks) + latencyMs + sendingMs(count);
  return {
    ...until,
    arrivedMs: (count) => blocksMs(Math.max(1, Math.ceil(count / BLOCK_BYTES)), count),
    // The last block is a short one, if need be an empty one.
    endedMs: (sizeBytes) => blocksMs(Math.floor(sizeBytes / BLOCK_BYTES) + 1, sizeBytes),
  };
}
