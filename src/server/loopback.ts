import { type Clock, sleep } from '../clock/clock.ts';
import type { Protocol } from '../provisioning/words.ts';
import { type FileRequest, type Transport, TransportError } from '../transport/transport.ts';
import type { FileStore, ServedFile } from './file-store.ts';

export interface LoopbackOptions {
  readonly clock: Clock;
  readonly store: FileStore;
  /** One round trip, in milliseconds. */
  readonly rttMs?: number;
  /** Bytes a second of a protocol; absent: as fast as round trips allow. */
  readonly bandwidth?: Readonly<Partial<Record<Protocol, number>>>;
  /** When given, a request with credentials must name one of them. */
  readonly users?: ReadonlyMap<string, string>;
}

const RTT_MS = 1;
const TFTP_BLOCK_BYTES = 512;
/** A file is handed over in so many pieces at most: time passes as if block by block, without a timer for each. */
const PIECES_MAX = 64;

/** Round trips before the first byte of data is on its way. */
const openingRoundTrips: Readonly<Record<Protocol, number>> = {
  // The request itself is answered by the first block.
  tftp: 0,
  // Connect and banner, USER, PASS, TYPE, EPSV, data connection, RETR.
  ftp: 7,
  http: 1,
  https: 1,
};

/** Round trips of a new connection that is kept for later files: TCP, and two more for TLS 1.2. */
const connectingRoundTrips: Readonly<Partial<Record<Protocol, number>>> = { http: 1, https: 3 };

/**
 * The door with no network behind it: the same codes and the same limits as the real ones, and time passes by the clock alone,
 * so that it may be a virtual one. A TFTP file costs one round trip a block. Phones share nothing in it.
 */
export function loopbackTransport(options: LoopbackOptions): Transport {
  const connections = new Set<string>();
  return {
    fetch: (request, signal) => deliver(options, connections, request, signal),
    close: () => connections.clear(),
  };
}

async function* deliver(
  options: LoopbackOptions,
  connections: Set<string>,
  request: FileRequest,
  signal: AbortSignal,
): AsyncIterable<Uint8Array> {
  const { clock, store, users } = options;
  const wait = new Waiting(clock, request, signal);
  const rttMs = options.rttMs ?? RTT_MS;
  await wait.until(openingMs(connections, request, rttMs));
  if (!mayRead(users, request))
    throw new TransportError('ACCESS_DENIED', request, 'user or password refused');
  const file = store.find(request.path);
  if (file === undefined) throw new TransportError('NOT_FOUND', request, 'no such file');
  if (request.protocol !== 'tftp') request.onEvent?.({ type: 'opened', sizeBytes: file.sizeBytes });
  const startsMs = wait.elapsedMs();
  const lastsMs = transferMs(request.protocol, file.sizeBytes, rttMs, options.bandwidth);
  for (const { offset, length } of piecesOf(file)) {
    await wait.until(startsMs + (lastsMs * (offset + length)) / Math.max(1, file.sizeBytes));
    if (offset + length > request.limits.sizeBytes) {
      throw new TransportError('TOO_LARGE', request, `more than ${request.limits.sizeBytes} bytes`);
    }
    yield file.read(offset, length);
  }
  await wait.until(startsMs + lastsMs);
}

function openingMs(connections: Set<string>, { protocol, host, port }: FileRequest, rttMs: number): number {
  const server = `${protocol}://${host}:${port}`;
  const connecting = connections.has(server) ? 0 : (connectingRoundTrips[protocol] ?? 0);
  if (connectingRoundTrips[protocol] !== undefined) connections.add(server);
  return (connecting + openingRoundTrips[protocol]) * rttMs;
}

function transferMs(
  protocol: Protocol,
  sizeBytes: number,
  rttMs: number,
  bandwidth: LoopbackOptions['bandwidth'],
): number {
  // A file whose size is a multiple of the block ends with an empty one (RFC 1350, section 6).
  const blocks = Math.floor(sizeBytes / TFTP_BLOCK_BYTES) + 1;
  const roundTripsMs = protocol === 'tftp' ? blocks * rttMs : 0;
  const bytesPerSecond = bandwidth?.[protocol];
  return roundTripsMs + (bytesPerSecond === undefined ? 0 : (sizeBytes / bytesPerSecond) * 1000);
}

function piecesOf({ sizeBytes }: ServedFile): readonly { offset: number; length: number }[] {
  const count = Math.min(PIECES_MAX, Math.ceil(sizeBytes / TFTP_BLOCK_BYTES));
  const size = Math.ceil(sizeBytes / Math.max(1, count));
  return Array.from({ length: count }, (_, index) => ({
    offset: index * size,
    length: Math.min(size, sizeBytes - index * size),
  })).filter(({ length }) => length > 0);
}

function mayRead(users: LoopbackOptions['users'], { user, password }: FileRequest): boolean {
  return users === undefined || user === undefined || users.get(user) === (password ?? '');
}

/** Waits by the clock, within the phone's limits: what would take longer ends at the very moment the limit is reached. */
class Waiting {
  readonly #clock: Clock;
  readonly #request: FileRequest;
  readonly #signal: AbortSignal;
  readonly #startedAt: number;

  constructor(clock: Clock, request: FileRequest, signal: AbortSignal) {
    this.#clock = clock;
    this.#request = request;
    this.#signal = signal;
    this.#startedAt = clock.now();
  }

  elapsedMs(): number {
    return this.#clock.now() - this.#startedAt;
  }

  /** Until so many ms after the request. */
  async until(atMs: number): Promise<void> {
    const { totalMs, idleMs } = this.#request.limits;
    const now = this.elapsedMs();
    const idleAtMs = this.#request.protocol === 'tftp' ? Number.POSITIVE_INFINITY : now + idleMs;
    const limitMs = Math.min(totalMs, idleAtMs);
    await this.#sleep(Math.min(atMs, limitMs) - now);
    if (atMs <= limitMs) return;
    const which =
      limitMs === totalMs ? `not whole after ${totalMs / 1000} s` : `silent for ${idleMs / 1000} s`;
    throw new TransportError('TIMEOUT', this.#request, which);
  }

  async #sleep(ms: number): Promise<void> {
    if (this.#signal.aborted) throw this.#aborted();
    if (ms <= 0) return;
    try {
      await sleep(this.#clock, ms, this.#signal);
    } catch {
      throw this.#aborted();
    }
  }

  #aborted(): TransportError {
    return new TransportError('ABORTED', this.#request, 'ended by the phone');
  }
}
