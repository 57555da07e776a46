import { expect, onTestFinished, test } from 'vitest';
import { factoryFlash } from '../../src/device/flash-contents.ts';
import type { PhoneEvent } from '../../src/events/phone-event.ts';
import { memoryFlash } from '../../src/flash/memory-flash.ts';
import { phoneMaker } from '../../src/phone/phone-maker.ts';
import { defaultQuirks } from '../../src/provisioning/quirks.ts';
import { followPhone, type Story } from '../../src/scenario/follow-phone.ts';
import { openNotifyDesk } from '../../src/scenario/notify-desk.ts';
import { openWorld, type RunPlan } from '../../src/scenario/world.ts';
import { memoryStore } from '../../src/server/file-store.ts';
import { SipProxy } from '../network/sip-proxy.ts';

const PROXY = '127.0.0.5';

/** A phone with its port open, and the proxy of its settings. */
async function desk(time: RunPlan['time'] = 'real') {
  const run = await openWorld({
    time,
    seed: 'desk',
    timings: 'none',
    quirks: { ...defaultQuirks, checkSync: 'silent' },
    server: { kind: 'embedded', store: memoryStore({ '1230SIP.cfg': '[LANGUAGE]\n' }) },
    ports: {},
  });
  const told: PhoneEvent[] = [];
  run.journal.listen(({ event }) => told.push(event));
  const settings = { REMOTE_CHECK_FOR_UPDATE: 'YES', SERVER_IP1_1: PROXY };
  const stored = Object.entries(settings).map(([name, value]) => [name, { value, from: 'file' as const }]);
  const phone = phoneMaker(run.world)({
    model: '1230',
    flash: memoryFlash({
      ...factoryFlash({ mac: '001B4F123001' }),
      user: '1@a.b',
      settings: Object.fromEntries(stored),
    }),
    server: run.server,
    serverOwner: run.serverOwner,
    ports: run.ports,
    ca: [],
    tlsVerify: 'verify',
  });
  const listener = await openNotifyDesk(run, phone, { address: '127.0.0.1', port: 0 });
  const [proxy, stranger] = await Promise.all([SipProxy.open(PROXY), SipProxy.open('127.0.0.6')]);
  onTestFinished(async () => {
    proxy.close();
    stranger.close();
    await listener.close();
    phone.stop();
    await run.close();
  });
  const follow = (story: Partial<Story>) =>
    followPhone(run, phone, {
      start: 'resume',
      steps: [],
      timeoutMs: 60_000,
      signal: new AbortController().signal,
      ...story,
    });
  const factsOf = (type: PhoneEvent['type']) => told.filter((event) => event.type === type);
  /** So many checks are over, and the phone is at rest again. */
  const checked = (count: number) =>
    phone.when(() => factsOf('update.finished').length === count && phone.atRest());
  return { run, phone, proxy, stranger, port: listener.port, follow, factsOf, checked };
}

test('a check-sync of the proxy is answered 200, and a story that waits for it goes on after its check', async () => {
  const { proxy, port, follow, phone, factsOf } = await desk();
  const story = follow({ steps: ['notify'] });
  await phone.when(phone.atRest);
  expect(await proxy.request(port)).toBe(200);
  expect(await story).toBe('at-rest');
  expect(factsOf('update.started')).toEqual([expect.objectContaining({ trigger: 'check-sync' })]);
});

test('in jump time nothing is leapt over until it comes', async () => {
  const { proxy, port, follow, phone, run, checked } = await desk('jump');
  const begunAt = run.clock.now();
  const story = follow({ steps: ['notify', 'notify'], timeoutMs: 3_600_000 });
  await phone.when(phone.atRest);
  expect(await proxy.request(port)).toBe(200);
  await checked(1);
  expect(await proxy.request(port)).toBe(200);
  expect(await story).toBe('at-rest');
  expect(run.clock.now() - begunAt).toBeLessThan(60_000);
});

test('a story that nobody notifies ends at its limit, and says so', async () => {
  const { follow } = await desk();
  expect(await follow({ steps: ['notify'], timeoutMs: 50 })).toBe('not-notified');
});

test('a story that stays up takes one after the other until it is interrupted', async () => {
  const { proxy, port, follow, phone, checked } = await desk();
  const stopping = new AbortController();
  const story = follow({ staysUp: true, signal: stopping.signal });
  await phone.when(phone.atRest);
  for (const count of [1, 2]) {
    expect(await proxy.request(port)).toBe(200);
    await checked(count);
  }
  stopping.abort();
  expect(await story).toBe('interrupted');
});

test('a stranger gets no answer, and the phone without power gives none', async () => {
  const { proxy, stranger, port, phone, factsOf } = await desk();
  proxy.send(port);
  // An OPTIONS is answered by the port itself: what came before it has been looked at then.
  expect(await proxy.request(port, 'OPTIONS')).toBe(200);
  expect(factsOf('notify.received')).toEqual([]);
  phone.send({ type: 'phone.resume' });
  stranger.send(port);
  expect(await stranger.request(port, 'OPTIONS')).toBe(200);
  expect(factsOf('notify.received')).toEqual([
    expect.objectContaining({ from: '127.0.0.6', outcome: 'dropped' }),
  ]);
});

test('what is no NOTIFY is told, and no more than twenty times', async () => {
  const { proxy, port, factsOf } = await desk();
  expect(await proxy.request(port, 'INVITE')).toBe(405);
  for (let count = 0; count < 40; count++) proxy.sendBytes(Buffer.from('no SIP at all'), port);
  expect(await proxy.request(port, 'OPTIONS')).toBe(200);
  const told = factsOf('problem.told');
  expect(told).toHaveLength(20);
  expect(told[0]).toEqual({
    type: 'problem.told',
    severity: 'warning',
    code: 'NOTIFY_REFUSED',
    message: `from ${PROXY} came "INVITE", answered 405: this phone takes NOTIFY and OPTIONS`,
  });
  expect(told[1]).toMatchObject({
    message: `from ${PROXY} came what is no SIP request: no empty line after the header fields`,
  });
});
