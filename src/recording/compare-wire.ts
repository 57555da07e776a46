import { JumpClock } from '../clock/jump-clock.ts';
import { limitsOf } from '../provisioning/limits.ts';
import { defaultQuirks, type Quirks } from '../provisioning/quirks.ts';
import type { Protocol } from '../provisioning/words.ts';
import { socketTransport } from '../scenario/socket-transport.ts';
import { type FileRequest, type Transport, TransportError } from '../transport/transport.ts';
import type { Capture } from './capture.ts';
import { seenFtp } from './capture-ftp.ts';
import { seenHttp } from './capture-http.ts';
import { type Asked, askedBy, beginsCheck } from './compare-asked.ts';
import type { Conduct } from './compare-conduct.ts';
import type { Replay } from './compare-recorder.ts';
import { replayFtp } from './compare-replay-ftp.ts';
import { replayHttp } from './compare-replay-http.ts';
import { wireConduct } from './compare-wire-conduct.ts';

/** Switches that connections alone show. */
export const wireSwitches = ['ftpMode', 'ftpSession', 'httpConnection', 'retryAfter'] as const;

const PASSWORD = 'as captured';

/**
 * Fetches what the phone at this address fetched over HTTP and FTP once more, by our own phone's doors, from
 * servers on loopback that answer as the captured ones did.
 */
export async function playWire(capture: Capture, address: string, quirks: Partial<Quirks>): Promise<Conduct> {
  const clock = new JumpClock();
  const asked = askedBy(capture, address).filter(isReplayed);
  const replays = await startReplays(clock, capture, asked);
  try {
    const checks = checksOf(askedBy(capture, address).filter(({ file }) => file !== null));
    for (const check of checks) {
      const transport = socketTransport(clock, { ...defaultQuirks, ...quirks });
      for (const one of check.filter(isReplayed)) {
        await fetchOnce(transport, one, replays);
      }
      transport.close();
    }
    for (const replay of replays.values()) await replay.ended();
    return conductOf([...replays.values()]);
  } finally {
    for (const replay of replays.values()) await replay.close();
  }
}

function isReplayed({ protocol, file }: Asked): boolean {
  return file !== null && (protocol === 'http' || protocol === 'ftp');
}

/** A phone keeps nothing open from one check to the next. */
function checksOf(asked: readonly Asked[]): readonly (readonly Asked[])[] {
  const checks: Asked[][] = [];
  for (const one of asked) {
    const last = checks.at(-1);
    if (last === undefined || beginsCheck(one)) checks.push([one]);
    else last.push(one);
  }
  return checks;
}

async function startReplays(clock: JumpClock, capture: Capture, asked: readonly Asked[]) {
  const replays = new Map<string, Replay>();
  const gets = capture.http.flatMap((connection) => connection.gets);
  for (const { protocol, seen } of asked) {
    const server = seen[0]?.server ?? '';
    const key = keyOf(protocol, server);
    if (replays.has(key)) continue;
    const replay =
      protocol === 'http'
        ? replayHttp(
            clock,
            gets.filter((get) => get.server === server),
          )
        : replayFtp(
            clock,
            capture.ftp.filter((session) => session.server === server),
          );
    replays.set(key, await replay);
  }
  return replays;
}

function keyOf(protocol: Protocol, server: string): string {
  return `${protocol} ${server}`;
}

async function fetchOnce(
  transport: Transport,
  { protocol, seen, attempts }: Asked,
  replays: ReadonlyMap<string, Replay>,
): Promise<void> {
  const [first] = seen;
  const replay = replays.get(keyOf(protocol, first?.server ?? ''));
  if (first === undefined || replay === undefined) throw new Error('A request without its server');
  const user = seen.findLast((one) => one.user !== undefined)?.user;
  const named = user === undefined || user === 'anonymous' ? {} : { user, password: PASSWORD };
  const request: FileRequest = {
    protocol,
    host: '127.0.0.1',
    port: replay.port,
    path: first.file.replace(/^\/+/, ''),
    userAgent: first.userAgent ?? '',
    retriesOf503: attempts - 1,
    limits: limitsOf('FW', protocol),
    ...named,
  };
  try {
    for await (const chunk of transport.fetch(request, new AbortController().signal)) void chunk;
  } catch (error) {
    // It did not arrive then either.
    if (!(error instanceof TransportError)) throw error;
  }
}

function conductOf(replays: readonly Replay[]): Conduct {
  const connections = replays
    .flatMap((replay) => replay.connections())
    .toSorted((a, b) => a.openedAtMs - b.openedAtMs);
  const http = connections.flatMap((connection) => seenHttp(connection) ?? []);
  const ftp = connections.flatMap((connection) => seenFtp(connection, []) ?? []);
  const files = http.flatMap(({ gets }) => gets);
  const asked = askedBy({ files, tries: [] }, '127.0.0.1');
  return wireConduct({ http, ftp, asked });
}
