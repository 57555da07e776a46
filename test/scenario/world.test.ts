import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { sleep } from '../../src/clock/clock.ts';
import { DAY_MS } from '../../src/clock/durations.ts';
import { JumpClock } from '../../src/clock/jump-clock.ts';
import { SystemClock } from '../../src/clock/system-clock.ts';
import { VirtualClock } from '../../src/clock/virtual-clock.ts';
import { defaultQuirks } from '../../src/provisioning/quirks.ts';
import { openWorld, type RunPlan, VIRTUAL_START_MS } from '../../src/scenario/world.ts';
import { memoryStore } from '../../src/server/file-store.ts';

const open = async (plan: Partial<RunPlan>) => {
  const run = await openWorld({
    time: 'virtual',
    seed: 'world',
    timings: 'none',
    quirks: defaultQuirks,
    server: { kind: 'embedded', store: memoryStore({}) },
    ports: {},
    ...plan,
  });
  onTestFinished(() => run.close());
  return run;
};

test('virtual time starts at a Monday morning, or when it is told to', async () => {
  const { clock } = await open({});
  expect(clock).toBeInstanceOf(VirtualClock);
  expect([clock.now(), new Date(clock.now()).toUTCString()]).toEqual([
    VIRTUAL_START_MS,
    'Mon, 02 Mar 2026 08:00:00 GMT',
  ]);
  expect((await open({ startsAtMs: 12_345 })).clock.now()).toBe(12_345);
});

test('virtual time needs no port, and no server of somebody else', async () => {
  const { ports, server, serverOwner } = await open({});
  expect({ ports, server, serverOwner }).toEqual({
    ports: {},
    server: { protocol: 'http', host: '127.0.0.1', path: '' },
    serverOwner: 'embedded',
  });
  const address = { protocol: 'http', host: '192.0.2.1', path: '' } as const;
  await expect(open({ server: { kind: 'external', address } })).rejects.toThrow(
    'virtual time goes with the embedded tree only',
  );
});

test('in real time the embedded tree is served over three protocols, on ports that are known', async () => {
  const { clock, ports, serverOwner } = await open({ time: 'real' });
  expect(clock).toBeInstanceOf(SystemClock);
  expect(Object.keys(ports)).toEqual(['tftp', 'ftp', 'http']);
  expect(Object.values(ports).every((port) => port > 0)).toBe(true);
  expect(serverOwner).toBe('embedded');
});

test('in jump time too, and time leaps over what the phone does alone', async () => {
  const { clock, ports } = await open({ time: 'jump' });
  expect(clock).toBeInstanceOf(JumpClock);
  expect(Object.keys(ports)).toEqual(['tftp', 'ftp', 'http']);
  const startedAt = clock.now();
  await sleep(clock, DAY_MS);
  expect(clock.now() - startedAt).toBeGreaterThanOrEqual(DAY_MS);
});

/** A world whose server has one file, and whether that can be had. */
async function openServed(plan: Partial<RunPlan>) {
  const store = memoryStore({ 'a.cfg': 'BANNER ACME\n' });
  const run = await open({ time: 'real', server: { kind: 'embedded', store }, ...plan });
  const isUp = () =>
    fetch(`http://127.0.0.1:${run.ports.http}/a.cfg`).then(
      ({ ok }) => ok,
      () => false,
    );
  return { run, isUp };
}

test('a server that is mended while it still goes down comes up again', async () => {
  const { run, isUp } = await openServed({});
  // It is not down before this connection is.
  const phone = connect(run.ports.ftp ?? 0, '127.0.0.1').on('error', () => {});
  await once(phone, 'data');
  const order: string[] = [];
  await Promise.all([
    run.breakServer('down').then(() => order.push('down')),
    run.mendServer().then(() => order.push('up')),
  ]);
  expect(order).toEqual(['down', 'up']);
  expect(await isUp()).toBe(true);
});

test('a server is broken and mended in the order of the words', async () => {
  const { run, isUp } = await openServed({});
  await Promise.all([
    run.breakServer('down'),
    run.mendServer(),
    run.breakServer([{ match: '**', fault: 'missing' }]),
    run.breakServer('down'),
    run.mendServer(),
    run.breakServer('down'),
  ]);
  expect(await isUp()).toBe(false);
  await run.mendServer();
  expect(await isUp()).toBe(true);
});

test('a world that closes while its server comes up leaves none, now or later', async () => {
  const { run, isUp } = await openServed({});
  await run.breakServer('down');
  const up = run.mendServer();
  await run.close();
  await up;
  await run.mendServer();
  expect(await isUp()).toBe(false);
});

test('a server whose port was taken meanwhile cannot come up, and can when it is free', async () => {
  const { run, isUp } = await openServed({});
  await run.breakServer('down');
  const taker = createServer().listen(run.ports.http, '127.0.0.1');
  await once(taker, 'listening');
  await expect(run.mendServer()).rejects.toThrow('EADDRINUSE');
  taker.close();
  await once(taker, 'close');
  await run.mendServer();
  expect(await isUp()).toBe(true);
});

test("somebody else's server is asked at its address, with the ports that were given", async () => {
  const address = { protocol: 'tftp', host: '192.0.2.1', port: 6969, path: 'phones' } as const;
  const run = await open({ time: 'real', server: { kind: 'external', address }, ports: { ftp: 2121 } });
  expect({ server: run.server, owner: run.serverOwner, ports: run.ports }).toEqual({
    server: address,
    owner: 'foreign',
    ports: { ftp: 2121 },
  });
});

test('a phone nobody told an address knows no server', async () => {
  expect((await open({ time: 'real', server: { kind: 'none' } })).server).toBeNull();
  expect((await open({ server: { kind: 'none' } })).server).toBeNull();
});
