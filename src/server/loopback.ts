import type { Clock } from '../clock/clock.ts';
import type { Random } from '../clock/random.ts';
import type { Protocol } from '../provisioning/words.ts';
import type { FileRequest, Transport } from '../transport/transport.ts';
import { type Answer, answerWith, byDatagram, type LoopbackServer, notAdmitted } from './answer.ts';
import type { FileStore } from './file-store.ts';
import { type Asking, ask } from './loopback-asking.ts';
import { KeptConnections } from './loopback-connections.ts';
import { send } from './loopback-sending.ts';
import { evenTrips, jitteredTrips } from './loopback-trips.ts';
import { LoopbackVisit } from './loopback-visit.ts';
import { faultless, type PhoneFaults } from './phone-faults.ts';

export interface LoopbackOptions {
  readonly clock: Clock;
  readonly store: FileStore;
  /** One round trip, in milliseconds; 1 if not given. */
  readonly rttMs?: number;
  /** Bytes per second; no limit where not given. */
  readonly bandwidth?: Readonly<Partial<Record<Protocol, number>>>;
  /** Each round trip takes up to `ms` longer; none if not given. `random`: the phone's own. */
  readonly jitter?: { readonly ms: number; readonly random: Random };
  /** Bytes a second that the phone can take, whatever the protocol; no limit if not given. */
  readonly bytesPerSecond?: number;
  /** Passwords by user name, for FTP and HTTP; not given: all are let in. FTP's `anonymous` always is. */
  readonly users?: ReadonlyMap<string, string>;
  /** What stands where at what time, and depends on nothing else; `serving` if not given. */
  readonly serverAt?: (request: FileRequest, nowMs: number) => LoopbackServer;
  /** Those of the one phone that has this door; none if not given. */
  readonly faults?: PhoneFaults;
}

/**
 * The door for files with no network behind it: a store, and the time a network would take, by the given
 * clock alone. FTP logs in for each file, an HTTP connection is kept until `close`. Under virtual time
 * nothing waits for the host.
 */
export function loopbackTransport(options: LoopbackOptions): Transport {
  const connections = new KeptConnections();
  return {
    fetch: (request, signal) => fetchFile(request, signal, options, connections),
    close: () => connections.end(),
  };
}

async function* fetchFile(
  request: FileRequest,
  signal: AbortSignal,
  options: LoopbackOptions,
  connections: KeptConnections,
): AsyncGenerator<Uint8Array, void, undefined> {
  const visit = new LoopbackVisit(request, signal, options.clock);
  try {
    await visit.until(0);
    const sending = await ask(askingOf(visit, options, connections));
    const { sizeBytes, modifiedMs, content } = sending.file;
    request.onEvent?.({
      type: 'opened',
      ...(request.protocol !== 'tftp' && { sizeBytes }),
      ...(isHttp(request.protocol) && { modifiedMs }),
      ...(content && { content }),
    });
    yield* send(visit, sending);
    connections.putBack(request);
  } finally {
    visit.end();
  }
}

function askingOf(visit: LoopbackVisit, options: LoopbackOptions, connections: KeptConnections): Asking {
  const { rttMs = 1, jitter, bandwidth, bytesPerSecond = Number.POSITIVE_INFINITY } = options;
  const { request } = visit;
  return {
    visit,
    request: (as) => answerTo(request, as, options),
    takeLink: () => ({
      roundTrips:
        jitter === undefined ? evenTrips(rttMs) : jitteredTrips(rttMs, jitter.ms, jitter.random.next()),
      bytesPerSecond: Math.min(bandwidth?.[request.protocol] ?? Number.POSITIVE_INFINITY, bytesPerSecond),
      connection: connections.take(request),
    }),
    putBack: () => connections.putBack(request),
  };
}

/** Last-Modified: the other protocols have no word for it. */
function isHttp(protocol: Protocol): boolean {
  return protocol === 'http' || protocol === 'https';
}

/** The server's answer to one request; what faults make of it is an answer like any other. */
function answerTo(request: FileRequest, as: 'named' | 'unnamed', options: LoopbackOptions): Answer {
  const { store, users, serverAt, clock, faults = faultless } = options;
  const refusal = admitted(request, as, users) ? undefined : notAdmitted;
  const answer = faults.alter(request, {
    ...answerWith(store.find(request.path), refusal),
    server: serverAt?.(request, clock.now()) ?? 'serving',
  });
  return request.protocol === 'tftp' ? byDatagram(answer) : answer;
}

/** HTTP names its user only when asked to; TFTP knows none. */
function admitted(
  { protocol, user, password = '' }: FileRequest,
  as: 'named' | 'unnamed',
  users: ReadonlyMap<string, string> | undefined,
): boolean {
  if (users === undefined || protocol === 'tftp') return true;
  if (protocol === 'ftp' && (user === undefined || user === 'anonymous')) return true;
  return as === 'named' && user !== undefined && users.get(user) === password;
}
