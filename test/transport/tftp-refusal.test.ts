import dgram from 'node:dgram';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { VirtualClock } from '../../src/clock/virtual-clock.ts';
import { RefusalWatch } from '../../src/transport/tftp-refusal.ts';
import { UdpPeer } from './udp-peer.ts';

const host = { address: '127.0.0.1', family: 4 } as const;

let clock: VirtualClock;
let sockets: dgram.Socket[];
let watch: RefusalWatch;
let closedPort: number;

beforeEach(async () => {
  clock = new VirtualClock(0);
  sockets = [];
  watch = new RefusalWatch(clock, () => {
    const socket = dgram.createSocket('udp4');
    sockets.push(socket);
    return socket;
  });
  const peer = await UdpPeer.open();
  closedPort = peer.port;
  await peer.close();
});
afterEach(async () => {
  await clock.runFor(1_000);
  expect(clock.pendingTimers).toBe(0);
});

test('tells all who wait about a closed port, with one question', async () => {
  const told: string[] = [];
  await new Promise<void>((resolve) => {
    watch.ask(host, closedPort, () => told.push('first'));
    watch.ask(host, closedPort, () => told.push('second'));
    watch.ask(host, closedPort, resolve);
  });
  expect([told, sockets.length]).toEqual([['first', 'second'], 1]);
});

test('tells nobody who waits no more', async () => {
  const told: string[] = [];
  await new Promise<void>((resolve) => {
    const stop = watch.ask(host, closedPort, () => told.push('gone'));
    watch.ask(host, closedPort, resolve);
    stop();
  });
  expect(told).toEqual([]);
});

test('asks anew after an answer, and about each port apart', async () => {
  for (let round = 1; round <= 2; round++) {
    await new Promise<void>((resolve) => {
      watch.ask(host, closedPort, resolve);
    });
    expect(sockets).toHaveLength(round);
  }
});

test('an open port is asked once a second, with an ERROR that nobody answers', async () => {
  const server = await UdpPeer.open();
  const told: string[] = [];
  for (let asked = 0; asked < 5; asked++) watch.ask(host, server.port, () => told.push('refused'));
  await server.next();
  await clock.runFor(1_000);
  watch.ask(host, server.port, () => told.push('refused'));
  await server.next();
  const question = { type: 'error', code: 0, message: 'is this port open?' };
  expect([told, server.received, sockets.length]).toEqual([[], [question, question], 2]);
  await server.close();
});
