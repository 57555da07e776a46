import type { Clock } from '../clock/clock.ts';
import type { Protocol } from '../provisioning/words.ts';
import type { FileRequest, Transport } from '../transport/transport.ts';
import type { FileStore, ServedFile } from './file-store.ts';
import { type Pace, paceOf } from './loopback-pace.ts';
import { type LoopbackServer, LoopbackVisit } from './loopback-visit.ts';

export interface LoopbackOptions {
  readonly clock: Clock;
  readonly store: FileStore;
  /** One round trip, in milliseconds; 1 if not given. */
  readonly rttMs?: number;
  /** Bytes per second; no limit where not given. */
  readonly bandwidth?: Readonly<Partial<Record<Protocol, number>>>;
  /** Passwords by user name, for FTP and HTTP; not given: all are let in. FTP's `anonymous` always is. */
  readonly users?: ReadonlyMap<string, string>;
  /** What stands where at what time, and depends on nothing else; `serving` if not given. */
  readonly serverAt?: (request: FileRequest, nowMs: number) => LoopbackServer;
}

/** A chunk is at most so large and takes at most so long, while `CHUNKS_MAX` allows. */
const CHUNK_BYTES = 64 * 1024;
const CHUNK_MS = 1_000;
/** A chunk costs a timer; in virtual time that is all a file costs. */
const CHUNKS_MAX = 64;

/**
 * The door for files with no network behind it: a store, and the time a network would take, by the given
 * clock alone. FTP logs in for each file, an HTTP connection is kept until `close`. Under virtual time
 * nothing waits for the host.
 */
export function loopbackTransport(options: LoopbackOptions): Transport {
  const keptConnections = new Set<string>();
  return {
    fetch: (request, signal) => fetchFile(request, signal, options, keptConnections),
    close: () => keptConnections.clear(),
  };
}

async function* fetchFile(
  request: FileRequest,
  signal: AbortSignal,
  options: LoopbackOptions,
  keptConnections: Set<string>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const visit = new LoopbackVisit(request, signal, options.clock);
  await visit.until(0);
  const pace = paceFor(request, options, keptConnections);
  await visit.reach(options.serverAt?.(request, options.clock.now()) ?? 'serving', pace);
  await visit.until(pace.answeredMs);
  if (!admitted(request, options.users)) throw visit.failure('ACCESS_DENIED', words[request.protocol].denied);
  const file = options.store.find(request.path);
  if (file === undefined) throw visit.failure('NOT_FOUND', words[request.protocol].missing);
  request.onEvent?.({
    type: 'opened',
    ...(request.protocol === 'tftp' ? {} : { sizeBytes: file.sizeBytes }),
  });
  yield* send(visit, file, pace);
}

async function* send(
  visit: LoopbackVisit,
  file: ServedFile,
  pace: Pace,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { sizeBytes } = file;
  const fittingBytes = Math.min(sizeBytes, visit.request.limits.sizeBytes);
  const chunkBytes = chunkSize(sizeBytes, pace.endedMs(sizeBytes) - pace.answeredMs);
  for (let offset = 0; offset < fittingBytes; offset += chunkBytes) {
    const end = Math.min(offset + chunkBytes, fittingBytes);
    await visit.until(pace.arrivedMs(end));
    const chunk = file.read(offset, end - offset);
    if (chunk.length < end - offset) throw visit.failure('TRUNCATED', 'the file changed meanwhile');
    yield chunk;
  }
  if (fittingBytes < sizeBytes) {
    await visit.until(pace.arrivedMs(fittingBytes + 1));
    throw visit.failure('TOO_LARGE', `more than ${fittingBytes} bytes`);
  }
  await visit.until(pace.endedMs(sizeBytes));
}

/** Small enough for memory, and often enough for a progress bar; large enough to set few timers. */
function chunkSize(sizeBytes: number, durationMs: number): number {
  const wanted = Math.max(Math.ceil(sizeBytes / CHUNK_BYTES), Math.ceil(durationMs / CHUNK_MS), 1);
  return Math.max(1, Math.ceil(sizeBytes / Math.min(wanted, CHUNKS_MAX)));
}

function paceFor(
  request: FileRequest,
  { rttMs = 1, bandwidth }: LoopbackOptions,
  keptConnections: Set<string>,
): Pace {
  const { protocol, host, port, localAddress } = request;
  const key = JSON.stringify([protocol, host, port, localAddress]);
  const connection = keptConnections.has(key) ? 'kept' : 'new';
  if (protocol === 'http' || protocol === 'https') keptConnections.add(key);
  return paceOf(protocol, {
    rttMs,
    bytesPerSecond: bandwidth?.[protocol] ?? Number.POSITIVE_INFINITY,
    connection,
  });
}

function admitted(request: FileRequest, users: ReadonlyMap<string, string> | undefined): boolean {
  const { protocol, user, password = '' } = request;
  if (users === undefined || protocol === 'tftp') return true;
  if (user === undefined || user === 'anonymous') return protocol === 'ftp';
  return users.get(user) === password;
}

/** The protocols' own words, as a real server would say them. */
const words: Readonly<Record<Protocol, { readonly missing: string; readonly denied: string }>> = {
  tftp: { missing: 'ERROR 1 "File not found"', denied: 'ERROR 2 "Access violation"' },
  ftp: { missing: 'RETR: 550 No such file.', denied: 'PASS: 530 Login incorrect.' },
  http: { missing: 'HTTP 404', denied: 'HTTP 401' },
  https: { missing: 'HTTP 404', denied: 'HTTP 401' },
};
