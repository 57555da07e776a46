import type { Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { Clock, Timer } from '../../src/clock/clock.ts';
import { seededRandom } from '../../src/clock/random.ts';
import { SystemClock } from '../../src/clock/system-clock.ts';
import { VirtualClock } from '../../src/clock/virtual-clock.ts';
import { memoryStore } from '../../src/server/file-store.ts';
import { startFtpServer } from '../../src/server/ftp-server.ts';
import { startHttpServer } from '../../src/server/http-server.ts';
import type { RunningServer } from '../../src/server/served-request.ts';
import { startTftpServer } from '../../src/server/tftp-server.ts';
import { transportByProtocol } from '../../src/transport/by-protocol.ts';
import { ftpTransport } from '../../src/transport/ftp.ts';
import { httpTransport } from '../../src/transport/http.ts';
import { LateArrivals } from '../../src/transport/late-arrivals.ts';
import { type Link, SlowLink } from '../../src/transport/link.ts';
import type { LinkPlan } from '../../src/transport/link-plan.ts';
import { tftpTransport } from '../../src/transport/tftp.ts';
import { noSignal, receiveAll, tftpRequest } from './file-request.ts';
import { requestFor, serverWith } from './http-phone.ts';
import { answer } from './raw-http-server.ts';

const SIZE_BYTES = 1024;
const MIB = 1024 * 1024;
const store = memoryStore({ '1230SIP.cfg': new Uint8Array(SIZE_BYTES) });
const clock = new SystemClock();

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Real time a hundred times over: what arrives each tenth of a second arrives each millisecond. */
class HastyClock implements Clock {
  now(): number {
    return clock.now() * 100;
  }

  setTimeout(run: () => void, ms: number): Timer {
    return clock.setTimeout(run, ms / 100);
  }

  clearTimeout(timer: Timer): void {
    clock.clearTimeout(timer);
  }

  hold(): () => void {
    return clock.hold();
  }
}

type Plain = 'tftp' | 'ftp' | 'http';

const servers: Readonly<Record<Plain, () => Promise<RunningServer>>> = {
  tftp: () => startTftpServer({ clock, store, listen: '127.0.0.1', port: 0 }),
  ftp: () =>
    startFtpServer({ clock, store, listen: '127.0.0.1', port: 0, users: new Map(), anonymous: 'allowed' }),
  http: () => startHttpServer({ clock, store, listen: '127.0.0.1', port: 0 }),
};

/** Ms that each of a few files takes over real sockets, one after the other. */
async function timesOver(plan: LinkPlan, protocol: Plain, files = 1): Promise<readonly number[]> {
  const server = await servers[protocol]();
  const link = new SlowLink(plan, clock, seededRandom('link'));
  const http = httpTransport({ clock, link, connection: 'check', retryAfter: 'ignore' });
  const transport = transportByProtocol({
    tftp: tftpTransport({ clock, link }),
    ftp: ftpTransport({ clock, link, mode: 'epsv', session: 'check' }),
    http,
    https: http,
  });
  closing.push(
    () => transport.close(),
    () => server.close(),
  );
  const times: number[] = [];
  for (let file = 0; file < files; file++) {
    const beganMs = clock.now();
    const received = await receiveAll(transport.fetch(tftpRequest(server.port, { protocol }), noSignal()));
    times.push(clock.now() - beganMs);
    expect(received).toHaveLength(SIZE_BYTES);
  }
  return times;
}

describe('over sockets each round trip is paid for, and once', () => {
  const cases: [protocol: Plain, first: number, next: number, why: string][] = [
    ['tftp', 3, 3, 'three blocks, the last one empty'],
    ['ftp', 8, 3, 'TCP, banner, USER, PASS, TYPE, EPSV, TCP, RETR; then EPSV, TCP, RETR'],
    ['http', 2, 1, 'TCP, GET; then GET'],
  ];
  test.for(cases)('%s: %i, and %i for the next file: %s', async ([protocol, first, next]) => {
    const rttMs = 100;
    // Were they paid on the way there and on the way back it would be at least this.
    const twice = [first, next].map((trips) => 2 * trips * rttMs);
    let least: readonly number[] = [];
    // Code that is loaded first, and other work on this machine, can only lengthen them.
    for (let tries = 0; tries < 5 && !twice.every((ms, file) => (least[file] ?? ms) < ms); tries++) {
      const times = await timesOver({ rttMs, jitterMs: 0 }, protocol, 2);
      least = times.map((ms, file) => Math.min(ms, least[file] ?? ms));
    }
    for (const [file, trips] of [first, next].entries()) {
      expect(least[file]).toBeGreaterThanOrEqual(trips * rttMs);
      expect(least[file]).toBeLessThan(2 * trips * rttMs);
    }
  });
});

test.for(['tftp', 'ftp', 'http'] as const)('%s: what arrives is limited', async (protocol) => {
  const [ms] = await timesOver({ jitterMs: 0, bytesPerSecond: 4 * SIZE_BYTES }, protocol);
  expect(ms).toBeGreaterThanOrEqual(250);
});

describe('a file that comes faster than the link', () => {
  const limits = { connectMs: 600_000, idleMs: 600_000, totalMs: 6_000_000, sizeBytes: 16 * MIB };
  const impatient = { ...limits, idleMs: 3_000 };

  /** Fetches over HTTP, and the sockets they were fetched over. */
  function phoneOver(plan: LinkPlan, phoneClock: Clock) {
    const link = new SlowLink(plan, phoneClock, seededRandom('link'));
    const sockets: Socket[] = [];
    const taking: Link = {
      take: (socket) => {
        sockets.push(socket);
        return link.take(socket);
      },
      takeUdp: (socket) => link.takeUdp(socket),
    };
    const transport = httpTransport({
      clock: phoneClock,
      link: taking,
      connection: 'check',
      retryAfter: 'ignore',
    });
    closing.push(() => transport.close());
    return { sockets, fetch: transport.fetch };
  }

  test('waits at its server: little more than a megabyte is under way', async () => {
    const server = await serverWith((socket) => socket.write(answer(200, 'x'.repeat(3 * MIB))));
    const { sockets, fetch } = phoneOver({ jitterMs: 0, bytesPerSecond: 64 * 1024 }, new HastyClock());
    let received = 0;
    let mostUnderWay = 0;
    for await (const chunk of fetch(requestFor(server.port, { limits }), noSignal())) {
      received += chunk.length;
      mostUnderWay = Math.max(mostUnderWay, (sockets[0]?.bytesRead ?? 0) - received);
    }
    expect(received).toBe(3 * MIB);
    expect(mostUnderWay).toBeGreaterThan(MIB / 2);
    expect(mostUnderWay).toBeLessThan(1.25 * MIB);
  });

  test('and is given up does not keep the next file waiting for what was under way', async () => {
    const server = await serverWith((socket, n) =>
      socket.write(answer(200, 'x'.repeat(n === 1 ? 3 * MIB : 5))),
    );
    const { sockets, fetch } = phoneOver({ jitterMs: 0, bytesPerSecond: 160 * 1024 }, clock);
    for await (const chunk of fetch(requestFor(server.port, { limits: impatient }), noSignal())) {
      expect(sockets[0]?.bytesRead).toBeGreaterThan(MIB / 2 + chunk.length);
      break;
    }
    const next = await receiveAll(fetch(requestFor(server.port, { limits: impatient }), noSignal()));
    expect(next).toHaveLength(5);
    expect(sockets).toHaveLength(2);
  });
});

test('jitter lengthens each round trip by less than it says, and the same seed as much', () => {
  const draw = (seed: string) => {
    const link = new SlowLink({ rttMs: 40, jitterMs: 5 }, new VirtualClock(0), seededRandom(seed));
    return Array.from({ length: 50 }, () => link.roundTripsMs(1));
  };
  expect(draw('a')).toEqual(draw('a'));
  expect(draw('b')).not.toEqual(draw('a'));
  for (const ms of draw('a')) {
    expect(ms).toBeGreaterThanOrEqual(40);
    expect(ms).toBeLessThan(45);
  }
});

test('two sockets of one phone share what arrives in a second', () => {
  const plan = { rttMs: 10, jitterMs: 0, bytesPerSecond: 1000 };
  const link = new SlowLink(plan, new VirtualClock(0), seededRandom('a'));
  expect([link.arrivalMs(100, 0), link.arrivalMs(100, 0), link.arrivalMs(0, 500)]).toEqual([110, 210, 510]);
});

test('what arrives late keeps its order, also when hearing of it brings more, and ends with its socket', async () => {
  const virtual = new VirtualClock(0);
  const arrivals = new LateArrivals(virtual);
  const heard: string[] = [];
  const hear = (what: string) => () => heard.push(`${what} at ${virtual.now()}`);
  arrivals.add(10, () => {
    hear('first')();
    arrivals.add(30, hear('third'));
  });
  arrivals.add(20, hear('second'));
  await virtual.runFor(100);
  arrivals.add(200, hear('never'));
  arrivals.end();
  await virtual.runFor(1_000);
  expect(heard).toEqual(['first at 10', 'second at 20', 'third at 30']);
});
