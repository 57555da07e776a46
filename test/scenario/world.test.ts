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
